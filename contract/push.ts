/** Telling a phone that there is something (Web Push). What is told is always the same sentence. */
import { Type, type Static } from 'typebox'

export const Push = Type.Object({
  /** The server's public key (VAPID), as the browser wants it. */
  key: Type.String(),
  /** Whether the municipality lets phones ring. */
  isOn: Type.Boolean(),
}, { additionalProperties: false })
export type Push = Static<typeof Push>

const bytes = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '^[A-Za-z0-9_-]+={0,2}$' })
export const PushEndpoint = Type.Object({ endpoint: Type.String({ minLength: 8, maxLength: 2_000 }) }, { additionalProperties: false })
export const PushSubscription = Type.Object({
  endpoint: PushEndpoint.properties.endpoint,
  keys: Type.Object({ p256dh: bytes(120), auth: bytes(40) }, { additionalProperties: false }),
  locale: Type.Union([Type.Literal('nb'), Type.Literal('nn'), Type.Literal('en')]),
}, { additionalProperties: false })
export type PushSubscription = Static<typeof PushSubscription>
