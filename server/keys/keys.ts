/**
 * The server's keys, made at the first start and kept in `<dataDir>/keys`, readable by its user only: sealing (HPKE, P-256), signing (ECDSA, P-256) and the master key that wraps the
 * reports' keys. The first of a list is in use; older ones are kept, since a phone may come with a letter from last year.
 */
import { createCipheriv, createDecipheriv, createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, type JsonWebKey, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Receipt } from '#contract/letter.ts'
import type { Keys } from '#contract/session.ts'
import { signedPart } from '#contract/wire.ts'
import { writeWhole } from './writeWhole.ts'

interface KeyPair { kid: string; jwk: JsonWebKey }
interface KeyFile { sealing: KeyPair[]; signing: KeyPair[]; master: string }

export interface PushKeys { publicKey: string; privateKey: string }

export interface Keyring {
  publicKeys(now: Date): Keys
  /** The private sealing key of that id, as a JWK; undefined when it is unknown here. */
  sealingKey(kid: string): JsonWebKey | undefined
  signReceipt(receipt: Omit<Receipt, 'kid' | 'signature'>): Receipt
  /** AES-256-GCM under the master key: `nonce(12) ‖ ciphertext ‖ tag(16)`. `binding` is authenticated, so a row cannot be moved. */
  sealUnderMaster(plain: Buffer, binding: string): Buffer
  openUnderMaster(sealed: Buffer, binding: string): Buffer
  /** Tells these keys from others, and tells nothing about them. */
  mark: Buffer
  /** Shows push services that a notice comes from here (VAPID). Not part of the mark: losing them costs each phone one tap. */
  push: PushKeys
}

/** AES-256-GCM with a fresh nonce. */
export function encrypt(key: Buffer, plain: Buffer, binding: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(binding))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The other way. Throws when a bit was changed or the binding is another. */
export function decrypt(key: Buffer, sealed: Buffer, binding: string | Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(binding)).setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

function newPair(use: string): KeyPair {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { kid: `${use}-${randomBytes(6).toString('hex')}`, jwk: privateKey.export({ format: 'jwk' }) }
}

/** Where the keys of a data folder are. */
export const keyFile = (dataDir: string): string => path.join(dataDir, 'keys', 'keys.json')
export const hasKeys = (dataDir: string): boolean => existsSync(keyFile(dataDir))

const point = (jwk: JsonWebKey) => Buffer.concat([Buffer.of(4), Buffer.from(jwk.x ?? '', 'base64url'), Buffer.from(jwk.y ?? '', 'base64url')]).toString('base64url')

/** In a file of their own: they came after the others, and no report depends on them. */
function openPushKeys(dataDir: string): PushKeys {
  const file = path.join(dataDir, 'keys', 'push.json')
  if (!existsSync(file)) {
    const { jwk } = newPair('push')
    writeWhole(file, JSON.stringify({ publicKey: point(jwk), privateKey: jwk.d ?? '' } satisfies PushKeys))
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Opens the keys, making them at the first start. */
export async function openKeyring(dataDir: string): Promise<Keyring> {
  const file = keyFile(dataDir)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  if (!hasKeys(dataDir)) writeWhole(file, JSON.stringify({ sealing: [newPair('seal')], signing: [newPair('sign')], master: randomBytes(32).toString('base64url') } satisfies KeyFile))
  const keys: KeyFile = JSON.parse(readFileSync(file, 'utf8'))
  const [current] = keys.signing
  if (!current) throw new Error(`There is no signing key in ${file}`)
  const signingKey: KeyObject = createPrivateKey({ key: current.jwk, format: 'jwk' })
  const master = Buffer.from(keys.master, 'base64url')
  const publicOf = ({ kid, jwk }: KeyPair) => ({ kid, publicKey: point(createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'jwk' })) })
  return {
    publicKeys: (now) => ({ sealing: keys.sealing.map(publicOf), signing: keys.signing.map(publicOf), time: now.toISOString() }),
    sealingKey: (kid) => keys.sealing.find((pair) => pair.kid === kid)?.jwk,
    signReceipt(receipt) {
      const signed = { ...receipt, kid: current.kid }
      const signature = sign('sha256', Buffer.from(signedPart(signed)), { key: signingKey, dsaEncoding: 'ieee-p1363' })
      return { ...signed, signature: signature.toString('base64url') }
    },
    sealUnderMaster: (plain, binding) => encrypt(master, plain, binding),
    openUnderMaster: (sealed, binding) => decrypt(master, sealed, binding),
    mark: createHash('sha256').update('meldt/key-mark/v1').update(master).digest(),
    push: openPushKeys(dataDir),
  }
}
