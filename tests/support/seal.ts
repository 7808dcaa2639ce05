/** Seals letters as contract/letter.ts tells it, written apart from the phone's own code. */
import { createCipheriv, randomBytes, randomUUID } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import type { SealedLetter } from '#contract/letter.ts'
import type { LetterKind } from '#contract/vocabulary.ts'
import type { Keyring } from '../../server/keys/keys.ts'

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const buffer = (bytes: Uint8Array) => new Uint8Array(bytes).buffer

export interface LetterToSeal { id?: string; report?: string; kind?: LetterKind; account?: string | null; at?: string; facts?: unknown; content?: unknown; rawContent?: string }

/** A sealed letter and its id. Without more it is a report about nothing. */
export async function seal(keyring: Pick<Keyring, 'publicKeys'>, { id = randomUUID(), report = id, kind = 'report', account = null, at = '2026-11-23T10:15:00+01:00', facts = {}, content, rawContent }: LetterToSeal = {}): Promise<SealedLetter & { id: string }> {
  const header = Buffer.from(JSON.stringify({ v: 1, id, report, kind, account, at }))
  const plain = rawContent ?? JSON.stringify(content ?? (kind === 'report' || kind === 'supplement' ? { v: 1, facts } : { v: 1 }))
  const cek = randomBytes(32)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', cek, nonce).setAAD(header)
  const body = Buffer.concat([nonce, cipher.update(deflateRawSync(plain)), cipher.final(), cipher.getAuthTag()])
  const [key] = keyring.publicKeys(new Date()).sealing
  if (!key) throw new Error('The server has no sealing key')
  const recipientPublicKey = await suite.kem.deserializePublicKey(buffer(Buffer.from(key.publicKey, 'base64url')))
  const sender = await suite.createSenderContext({ recipientPublicKey, info: buffer(Buffer.from('meldt/letter/v1')) })
  const wrapped = Buffer.from(await sender.seal(buffer(cek), buffer(header)))
  return { id, header: header.toString('base64url'), to: [{ kid: key.kid, enc: Buffer.from(sender.enc).toString('base64url'), key: wrapped.toString('base64url') }], body: body.toString('base64url') }
}

/** As it goes over the wire. */
export const wire = ({ header, to, body }: SealedLetter): SealedLetter => ({ header, to, body })

/** The same letter with one bit of one part turned. */
export function flip(letter: SealedLetter, part: 'header' | 'body' | 'key' | 'enc', place: number): SealedLetter {
  const turn = (text: string) => {
    const bytes = Buffer.from(text, 'base64url')
    const at = place % bytes.length
    bytes[at] = (bytes[at] ?? 0) ^ 1
    return bytes.toString('base64url')
  }
  if (part === 'header' || part === 'body') return { ...wire(letter), [part]: turn(letter[part]) }
  return { ...wire(letter), to: letter.to.map((entry) => ({ ...entry, [part]: turn(entry[part]) })) }
}
