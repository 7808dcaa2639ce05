/** The hash that a receipt repeats: over the very bytes that were sent. */
import { toBase64url } from './base64url.ts'

export async function letterHash(header: Uint8Array, body: Uint8Array): Promise<string> {
  const bytes = new Uint8Array(header.length + 1 + body.length)
  bytes.set(header)
  bytes.set(body, header.length + 1)
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
