/** How things stand in each school lately, as counts: where something repeats, and what nobody has done. */
import { Type, type Static } from 'typebox'
import { Instant, Uuid } from './facts.ts'

/** Null: fewer than five, for whoever may not read them one by one (contract/disclosure.ts). */
const Count = Type.Union([Type.Integer(), Type.Null()])
export const Patterns = Type.Object({
  since: Instant,
  units: Type.Array(Type.Object({ unit: Uuid, name: Type.String(), level2: Count, level3: Count, overdue: Count, unopened: Count, isPattern: Type.Boolean() })),
})
export type Patterns = Static<typeof Patterns>
