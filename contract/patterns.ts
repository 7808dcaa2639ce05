/** How things stand in each school lately, as counts: where something repeats, and what nobody has done. */
import { Type, type Static } from 'typebox'
import { Instant, Uuid } from './facts.ts'

/** At least this many within the days, in one school (domain brief 4.4). */
export const patternRule = { days: 14, level2: 5, level3: 2 } as const
export const Patterns = Type.Object({
  since: Instant,
  units: Type.Array(Type.Object({ unit: Uuid, name: Type.String(), level2: Type.Integer(), level3: Type.Integer(), overdue: Type.Integer(), unopened: Type.Integer(), isPattern: Type.Boolean() })),
})
export type Patterns = Static<typeof Patterns>
