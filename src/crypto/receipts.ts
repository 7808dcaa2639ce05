/** A receipt is believed only when one of the server's keys signed it and it speaks of the bytes that we keep. */
import type { Receipt } from '#contract/letter.ts'
import type { Keys } from '#contract/session.ts'
import { signedPart } from '#contract/wire.ts'
import { fromBase64url } from './base64url.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }

export async function isGenuine(receipt: Receipt, letter: { id: string; hash: string }, keys: Keys): Promise<boolean> {
  if (receipt.id !== letter.id || receipt.hash !== letter.hash) return false
  const signer = keys.signing.find(({ kid }) => kid === receipt.kid)
  if (signer === undefined) return false
  try {
    const key = await crypto.subtle.importKey('raw', fromBase64url(signer.publicKey), algorithm, false, ['verify'])
    const { signature, ...rest } = receipt
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, fromBase64url(signature), new TextEncoder().encode(signedPart(rest)))
  } catch (cause) {
    // A signature or key that cannot even be read proves nothing.
    console.warn('A receipt could not be checked', cause)
    return false
  }
}
