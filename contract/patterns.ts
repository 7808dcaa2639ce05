/** How things stand in each school lately, as counts: where something repeats, and what nobody has done. */
import { Type, type Static } from 'typebox'
import { Instant, Uuid } from './facts.ts'

export const Patterns = Type.Object({
  since: Instant,
  units: Type.Array(Type.Object({ unit: Uuid, name: Type.String(), level2: Type.Integer(), level3: Type.Integer(), overdue: Type.Integer(), unopened: Type.Integer(), isPattern: Type.Boolean() })),
})
export type Patterns = Static<typeof Patterns>
