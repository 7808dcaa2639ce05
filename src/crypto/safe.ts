/**
 * The safe: what a person may read again on this phone. One data key, wrapped once per door. The only door so far is the device itself; PIN and
 * passkey become further rows. The safe is a copy: losing its key never loses a report.
 */
export interface Door { door: 'device'; key: CryptoKey; wrapped: ArrayBuffer }

const dataAlgorithm = { name: 'AES-GCM', length: 256 }
const nonceLength = 12

/** A new data key behind a door whose own key can never leave the browser. */
export async function newDoor(): Promise<Door> {
  const key = await crypto.subtle.generateKey({ name: 'AES-KW', length: 256 }, false, ['wrapKey', 'unwrapKey'])
  const dataKey = await crypto.subtle.generateKey(dataAlgorithm, true, ['encrypt', 'decrypt'])
  return { door: 'device', key, wrapped: await crypto.subtle.wrapKey('raw', dataKey, key, 'AES-KW') }
}

export const openDoor = ({ key, wrapped }: Door): Promise<CryptoKey> =>
  crypto.subtle.unwrapKey('raw', wrapped, key, 'AES-KW', dataAlgorithm, false, ['encrypt', 'decrypt'])

/** `place` is bound to the box: a box that was moved to another row does not open. */
export async function lock(dataKey: CryptoKey, place: string, value: unknown): Promise<ArrayBuffer> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceLength))
  const additionalData = new TextEncoder().encode(place)
  const secret = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, dataKey, new TextEncoder().encode(JSON.stringify(value)))
  const box = new Uint8Array(nonceLength + secret.byteLength)
  box.set(iv)
  box.set(new Uint8Array(secret), nonceLength)
  return box.buffer
}

export async function unlock<T>(dataKey: CryptoKey, place: string, box: ArrayBuffer): Promise<T> {
  const additionalData = new TextEncoder().encode(place)
  const iv = new Uint8Array(box, 0, nonceLength)
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, dataKey, new Uint8Array(box, nonceLength))
  return JSON.parse(new TextDecoder().decode(plain)) as T
}
