/** Lots that nobody who reads a table can draw again (contract/disclosure.ts). */
import { createHash, randomInt } from 'node:crypto'
import type { Lot } from '#contract/disclosure.ts'

const most = 2 ** 32

/** For what is published once: drawn anew, and kept nowhere. */
export const freshLot: Lot = () => randomInt(most) / most

/** For a page that must look the same each time: drawn from words that only those know who may read every number on it, such as the ids of the reports behind it. */
export function lotOf(words: readonly string[]): Lot {
  const seed = createHash('sha256').update(JSON.stringify(words)).digest()
  let nth = 0
  return () => {
    nth += 1
    return createHash('sha256').update(seed).update(String(nth)).digest().readUInt32BE(0) / most
  }
}
