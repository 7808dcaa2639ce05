/**
 * Everything that a phone sends is a letter: append-only, with its own id, sealed to the server's public key (sync paper, section 2).
 *
 * Envelope v1. The header is sent as the very bytes that were authenticated (AAD). `body` is `nonce(12) ‖ AES-256-GCM(cek, deflate-raw(JSON content), aad = header)`.
 * Each entry of `to` carries the content key under HPKE base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, info "meldt/letter/v1", aad = header.
 * All binary values are base64url without padding. `hash` of a letter = base64url(SHA-256(header bytes ‖ 0x00 ‖ body bytes)).
 */
import { Type, type Static } from 'typebox'
import { Facts, Instant, Uuid, oneOf } from './facts.ts'
import { letterKinds } from './vocabulary.ts'
import { limits } from './wire.ts'

const base64url = (maxLength: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+$', minLength: 1, maxLength })

export const LetterHeader = Type.Object({
  v: Type.Literal(1),
  id: Uuid,
  /** The report that this letter belongs to. For kind `report` it is the letter's own id; for kind `training` the entry (contract/training.ts). */
  report: Uuid,
  kind: oneOf(letterKinds),
  /** Null on a phone where nobody had signed in; such a letter needs a session to be delivered. */
  account: Type.Union([Uuid, Type.Null()]),
  /** The phone's clock when it was sealed. */
  at: Instant,
}, { additionalProperties: false })
export type LetterHeader = Static<typeof LetterHeader>

export const SealedLetter = Type.Object({
  header: base64url(2_000),
  to: Type.Array(Type.Object({ kid: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }), enc: base64url(200), key: base64url(200) }, { additionalProperties: false }), { minItems: 1, maxItems: 2 }),
  body: base64url(limits.bytesPerLetter),
}, { additionalProperties: false })
export type SealedLetter = Static<typeof SealedLetter>

/** What is inside a letter, by kind. */
export const ReportContent = Type.Object({ v: Type.Literal(1), facts: Facts }, { additionalProperties: false })
export type ReportContent = Static<typeof ReportContent>
export const NoteContent = Type.Object({ v: Type.Literal(1) }, { additionalProperties: false })
export type NoteContent = Static<typeof NoteContent>

/** Proof that the server keeps a letter. Signed with ECDSA P-256/SHA-256 over `signedPart(receipt)`; raw r‖s signature. */
export const Receipt = Type.Object({
  id: Uuid, hash: Type.String(), receivedAt: Instant, seq: Type.Integer(), kid: Type.String(), signature: Type.String(),
})
export type Receipt = Static<typeof Receipt>

export const Letters = Type.Object({ letters: Type.Array(SealedLetter, { minItems: 1, maxItems: limits.lettersPerBatch }) }, { additionalProperties: false })

/**
 * The server's answer to one letter. `received`: new and durable. `known`: same id, same hash, the same receipt again. `conflict`: same id, other
 * content; nothing was overwritten. `gone`: erased, a tombstone. `refused`: will never be taken as it is. `later`: try again (code says why).
 */
export const DeliveryAnswer = Type.Union([
  Type.Object({ status: Type.Union([Type.Literal('received'), Type.Literal('known')]), id: Uuid, receipt: Receipt }),
  Type.Object({ status: Type.Union([Type.Literal('conflict'), Type.Literal('gone'), Type.Literal('refused'), Type.Literal('later')]), id: Type.String(), code: Type.String() }),
])
export type DeliveryAnswer = Static<typeof DeliveryAnswer>
export const Deliveries = Type.Object({ answers: Type.Array(DeliveryAnswer) })
export type Deliveries = Static<typeof Deliveries>

export const Ids = Type.Object({ ids: Type.Array(Uuid, { minItems: 1, maxItems: limits.idsPerQuestion }) }, { additionalProperties: false })
export const Have = Type.Object({ here: Type.Array(Uuid), gone: Type.Array(Uuid) })
export type Have = Static<typeof Have>
