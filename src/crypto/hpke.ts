/** HPKE base mode to the server's public key. Loaded only where something is saved: the entrance and the service worker do not carry it. */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { letterInfo } from '#contract/wire.ts'

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

export async function sealKey(publicKey: Uint8Array<ArrayBuffer>, contentKey: Uint8Array<ArrayBuffer>, aad: Uint8Array<ArrayBuffer>): Promise<{ enc: ArrayBuffer; key: ArrayBuffer }> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey.buffer)
  const sender = await suite.createSenderContext({ recipientPublicKey, info: new TextEncoder().encode(letterInfo).buffer })
  return { enc: sender.enc, key: await sender.seal(contentKey.buffer, aad.buffer) }
}
