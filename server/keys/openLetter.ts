/** Opens a sealed letter, exactly as contract/letter.ts tells it. Every way it can fail is a code; none of them throws past this file. */
import { createHash, type webcrypto } from 'node:crypto'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { Compile } from 'typebox/compile'
import { CaseContent } from '#contract/caseLetter.ts'
import { LetterHeader, NoteContent, ReportContent, type SealedLetter } from '#contract/letter.ts'
import type { ProblemCode } from '#contract/problem.ts'
import { TrainingContent } from '#contract/training.ts'
import { letterInfo, limits } from '#contract/wire.ts'
import { wellFormed } from '../text.ts'
import { decrypt, type Keyring } from './keys.ts'

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const isHeader = Compile(LetterHeader)
const contents = { report: Compile(ReportContent), supplement: Compile(ReportContent), withdrawal: Compile(NoteContent), opened: Compile(NoteContent), training: Compile(TrainingContent), case: Compile(CaseContent) }
type Content = ReportContent | NoteContent | TrainingContent | CaseContent
const inflate = promisify(inflateRaw)
const info = new TextEncoder().encode(letterInfo).buffer

export interface Envelope { header: LetterHeader; headerBytes: Buffer; bodyBytes: Buffer; hash: string; to: SealedLetter['to'] }
export interface OpenLetter extends Envelope { contentKey: Buffer; content: Content }
export type Opened = { ok: true; letter: OpenLetter } | { ok: false; code: ProblemCode }

/** What stands on the envelope, or undefined when it is not an envelope at all. */
export function readEnvelope(sealed: SealedLetter): Envelope | undefined {
  const headerBytes = Buffer.from(sealed.header, 'base64url')
  const bodyBytes = Buffer.from(sealed.body, 'base64url')
  const header = parse(headerBytes)
  if (!isHeader.Check(header) || (header.kind === 'report' && header.report !== header.id)) return undefined
  const hash = createHash('sha256').update(headerBytes).update(Buffer.of(0)).update(bodyBytes).digest('base64url')
  return { header: header as LetterHeader, headerBytes, bodyBytes, hash, to: sealed.to }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'), (key, value: unknown) => {
      if (key === '__proto__') throw new SyntaxError('__proto__ is no field')
      return value
    })
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** Importing a key costs as much as opening a letter, so each is imported once. */
const imported = new WeakMap<object, Promise<webcrypto.CryptoKey>>()
function recipientKeyOf(jwk: object): Promise<webcrypto.CryptoKey> {
  const known = imported.get(jwk)
  if (known) return known
  const key = suite.kem.importKey('jwk', jwk as webcrypto.JsonWebKey, false)
  imported.set(jwk, key)
  return key
}

async function contentKeyOf({ to, headerBytes }: Envelope, keyring: Keyring): Promise<{ key: Buffer } | { code: ProblemCode }> {
  const known = to.find(({ kid }) => keyring.sealingKey(kid))
  const jwk = known && keyring.sealingKey(known.kid)
  if (!known || !jwk) return { code: 'unknown-key' }
  try {
    const recipientKey = await recipientKeyOf(jwk)
    const enc = new Uint8Array(Buffer.from(known.enc, 'base64url')).buffer
    const recipient = await suite.createRecipientContext({ recipientKey, enc, info })
    const key = await recipient.open(new Uint8Array(Buffer.from(known.key, 'base64url')).buffer, new Uint8Array(headerBytes).buffer)
    return key.byteLength === 32 ? { key: Buffer.from(key) } : { code: 'invalid-envelope' }
  } catch {
    // A point that is not on the curve, a flipped bit, a header from another letter: all of them mean that this envelope was not made as it says.
    return { code: 'invalid-envelope' }
  }
}

async function plainOf({ headerBytes, bodyBytes }: Envelope, key: Buffer): Promise<Buffer | undefined> {
  try {
    return await inflate(decrypt(key, bodyBytes, headerBytes), { maxOutputLength: limits.inflatedBytes })
  } catch {
    // Tampered, cut short or a bomb: nothing of it is used.
    return undefined
  }
}

/** Opens and checks a letter. `invalid-content` means that the envelope is honest but its content is not understood. */
export async function openLetter(envelope: Envelope, keyring: Keyring): Promise<Opened> {
  const unwrapped = await contentKeyOf(envelope, keyring)
  if ('code' in unwrapped) return { ok: false, code: unwrapped.code }
  const plain = await plainOf(envelope, unwrapped.key)
  if (!plain) return { ok: false, code: 'invalid-envelope' }
  const content = parse(plain)
  if (!contents[envelope.header.kind].Check(content)) return { ok: false, code: 'invalid-content' }
  return { ok: true, letter: { ...envelope, contentKey: unwrapped.key, content: wellFormed(content) as Content } }
}

/** A kept letter's content again, for a reader who may. */
export async function reopen(row: { header: Buffer; body: Buffer; contentKey: Buffer }): Promise<Content> {
  const plain = await inflate(decrypt(row.contentKey, row.body, row.header), { maxOutputLength: limits.inflatedBytes })
  return wellFormed(JSON.parse(plain.toString('utf8'))) as Content
}
