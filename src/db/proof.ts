/** "I reported it": receipts that anybody can check with the server's public keys, and the sealed letters themselves. */
import type { Receipt, SealedLetter } from '#contract/letter.ts'
import type { Keys } from '#contract/session.ts'
import { currentAccount, serverKeys } from './device.ts'
import { inAccount } from './gateway.ts'
import type { LetterRow } from './rows.ts'

export interface Proof { report: string; receipts: Receipt[]; hashes: { letter: string; hash: string }[]; keys: Keys['signing'] }

const lettersOf = async (report: string): Promise<LetterRow[]> =>
  inAccount(await currentAccount(), (database) => database.letters.where('report').equals(report).sortBy('id'))

export async function exportProof(report: string): Promise<Proof> {
  const letters = await lettersOf(report)
  const keys = await serverKeys()
  return {
    report,
    receipts: letters.flatMap(({ receipt }) => receipt ?? []),
    hashes: letters.flatMap(({ id, hash }) => hash === undefined ? [] : [{ letter: id, hash }]),
    keys: keys?.signing ?? [],
  }
}

/** Sealed: safe to hand over. */
export const exportLetters = async (report: string): Promise<{ letters: SealedLetter[] }> =>
  ({ letters: (await lettersOf(report)).flatMap(({ sealed }) => sealed ?? []) })
