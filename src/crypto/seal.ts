/** Seals a letter: whoever holds the phone cannot read it, the server can (contract/letter.ts tells the envelope). */
import type { LetterHeader, NoteContent, ReportContent, SealedLetter } from '#contract/letter.ts'
import type { Keys } from '#contract/session.ts'
import type { TrainingContent } from '#contract/training.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { deflate } from './deflate.ts'
import { letterHash } from './hash.ts'

export interface Sealed { letter: SealedLetter; hash: string }

export async function sealLetter(header: LetterHeader, content: ReportContent | NoteContent | TrainingContent, keys: Keys): Promise<Sealed> {
  const [recipient] = keys.sealing
  if (recipient === undefined) throw new TypeError('There is no key to seal to')
  const { sealKey } = await import('./hpke.ts')
  const aad = new TextEncoder().encode(JSON.stringify(header))
  const contentKey = crypto.getRandomValues(new Uint8Array(32))
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const [packed, aes, wrapped] = await Promise.all([
    deflate(new TextEncoder().encode(JSON.stringify(content))),
    crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['encrypt']),
    sealKey(fromBase64url(recipient.publicKey), contentKey, aad),
  ])
  const secret = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, aes, packed))
  const body = new Uint8Array(nonce.length + secret.length)
  body.set(nonce)
  body.set(secret, nonce.length)
  return {
    letter: {
      header: toBase64url(aad),
      to: [{ kid: recipient.kid, enc: toBase64url(new Uint8Array(wrapped.enc)), key: toBase64url(new Uint8Array(wrapped.key)) }],
      body: toBase64url(body),
    },
    hash: await letterHash(aad, body),
  }
}
