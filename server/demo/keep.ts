/** Seals what was never sent as if it had been: header, body under a key of its own, that key under the report's. */
import { createHash, randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { LetterHeader } from '#contract/letter.ts'
import { encrypt } from '../keys/keys.ts'
import { bytes, type LetterRow } from './rows.ts'

/** A row of the table of letters. `key` is that of the report or entry that it belongs to. */
export function keptLetter(key: Buffer, { id, report, kind, account, at }: Omit<LetterHeader, 'v' | 'account'> & { account: string }, content: object, tenant: string): LetterRow {
  const header = JSON.stringify({ v: 1, id, report, kind, account, at } satisfies LetterHeader)
  const contentKey = randomBytes(32)
  const body = encrypt(contentKey, deflateRawSync(JSON.stringify(content)), header)
  const hash = createHash('sha256').update(header).update(Buffer.of(0)).update(body).digest()
  const isTraining = kind === 'training'
  return {
    id, report: isTraining ? null : report, training: isTraining ? report : null, tenant, author: account, kind, header: bytes(Buffer.from(header)), body: bytes(body), cek: bytes(encrypt(key, contentKey, id)), hash: bytes(hash),
    sent: at, received: at,
  }
}
