/** Who works where, and who gives roles: for the municipality's administrators. A person is known by issuer and subject, never by an e-mail address or a national number (security paper 2.5). */
import { Type, type Static } from 'typebox'
import { importFaults, importLimits } from './adminCodes.ts'
import { Day, Instant, Uuid, maybe, oneOf } from './facts.ts'
import { Unit } from './session.ts'
import { roles } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const Subject = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\s@]+$' })
const Name = Type.String({ minLength: 1, maxLength: 120 })

export const RoleGrant = Type.Object({ id: Uuid, role: oneOf(roles), unit: maybe(Uuid), from: Instant, to: maybe(Instant), isActive: Type.Boolean() })
export type RoleGrant = Static<typeof RoleGrant>
export const AdminPerson = Type.Object({ id: Uuid, subject: Type.String(), name: Type.String(), hasSignedIn: Type.Boolean(), grants: Type.Array(RoleGrant) })
export type AdminPerson = Static<typeof AdminPerson>
export const People = Type.Object({ units: Type.Array(Unit), people: Type.Array(AdminPerson) })
export type People = Static<typeof People>

/** A role for somebody who is known here, or for a subject that has not signed in yet. `from` and `to` are days; `to` is the last one. */
export const NewGrant = Type.Object({
  person: Type.Union([Type.Object({ id: Uuid }, closed), Type.Object({ subject: Subject, name: Name }, closed)]), role: oneOf(roles), unit: maybe(Uuid), from: Day, to: Day,
}, closed)
export type NewGrant = Static<typeof NewGrant>
export const UnitName = Type.Object({ name: Name }, closed)

/** `text` is a table with the columns unit, subject, name, role, from, to. Without `commit` nothing is changed: the answer says what would be. */
export const ImportRequest = Type.Object({ text: Type.String({ maxLength: importLimits.bytes }), commit: Type.Boolean() }, closed)
export const ImportAnswer = Type.Object({
  committed: Type.Boolean(), rows: Type.Integer(), units: Type.Integer(), people: Type.Integer(), grants: Type.Integer(),
  bad: Type.Array(Type.Object({ row: Type.Integer(), fault: oneOf(importFaults), value: Type.String() })),
})
export type ImportAnswer = Static<typeof ImportAnswer>
export const SetupRequest = Type.Object({ code: Type.String({ minLength: 8, maxLength: 200 }) }, closed)
