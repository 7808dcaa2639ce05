/**
 * What may be known about an incident. Every field may be missing: a report is the sum of its letters, and a supplement is the same shape
 * with what is new. Sources: domain brief 1.3 and 1.4.
 */
import { Type, type Static, type TLiteral, type TUnion } from 'typebox'
import * as v from './vocabulary.ts'

type Literals<T extends readonly (string | number)[]> = TUnion<{ -readonly [K in keyof T]: TLiteral<T[K] & (string | number)> }>
/** One of the listed codes, with its exact type. */
export const oneOf = <const T extends readonly (string | number)[]>(values: T) => Type.Union(values.map((value) => Type.Literal(value))) as unknown as Literals<T>
/** The value, or null where there is none. */
export const maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const listOf = <const T extends readonly (string | number)[]>(values: T) => Type.Array(oneOf(values), { maxItems: values.length, uniqueItems: true })
/** JSON Schema counts `maxLength` in code points, so an emoji is one on both sides. */
const text = Type.String({ maxLength: v.textLimit })

/** ISO 8601 with offset, as `2026-11-23T10:15:00+01:00`. The year is held to 1970–2099. */
export const Instant = Type.String({ pattern: '^(19[7-9]|20[0-9])\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,3})?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)$' })
/** A calendar day of this century, as `2026-11-23`. That it exists is not said. */
export const Day = Type.String({ pattern: '^20\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })
export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' })

export const Facts = Type.Partial(Type.Object({
  occurredAt: Instant,
  unit: Uuid,
  tiles: listOf(v.tiles),
  types: listOf(v.incidentTypes),
  severity: Type.Union([oneOf(v.severities), Type.Null()]),
  /** Similar small events of one day in one report: n events, one report. */
  count: Type.Integer({ minimum: 1, maximum: 50 }),
  onBehalf: Type.Boolean(),
  place: oneOf(v.places),
  situation: oneOf(v.situations),
  actor: oneOf(v.actors),
  actorCount: oneOf(v.actorCounts),
  grade: oneOf(v.grades),
  adaptedOffer: oneOf(v.answers),
  repeated: oneOf(v.answers),
  exposed: listOf(v.exposed),
  staffRole: oneOf(v.staffRoles),
  loneWork: Type.Boolean(),
  newEmployee: Type.Boolean(),
  injury: oneOf(v.injuries),
  sickLeave: oneOf(v.answers),
  reaction: oneOf(v.reactions),
  triggers: listOf(v.triggers),
  intervention: oneOf(v.answers),
  weapon: oneOf(v.answers),
  otherPupils: oneOf(v.answers),
  damage: oneOf(v.answers),
  digitalEvidence: oneOf(v.answers),
  witnesses: Type.Integer({ minimum: 0, maximum: 99 }),
  contactToday: Type.Boolean(),
  /** It is about the reporter's own leader, or how they handled something: it goes to the municipality instead (domain brief 4.1). */
  aboutLeader: Type.Boolean(),
  wishes: listOf(v.wishes),
  before: text,
  description: text,
  deescalation: text,
  done: text,
  proposal: text,
  cause: text,
}), { additionalProperties: false })
export type Facts = Static<typeof Facts>

export { textFields } from './vocabulary.ts'
