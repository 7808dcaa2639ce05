/** How letters travel together. */
import { limits } from '#contract/wire.ts'
import type { Due } from '#app/db/letters.ts'

/** Bytes on the wire: all is ASCII. */
const sizeOf = ({ letter }: Due): number => JSON.stringify(letter).length + 1
const frame = 16

/** Whom the server once broke down over travels with a quarter as many each time, and at last alone. */
const companyOf = ({ suspect }: Due): number => Math.max(1, Math.floor(limits.lettersPerBatch / 4 ** suspect))

/** In the given order, at most 200 letters and 1 MiB each. A letter that is too large alone still travels, alone. */
export function batchesOf(due: Due[]): Due[][] {
  const batches: Due[][] = []
  let batch: Due[] = []
  let bytes = frame
  for (const letter of due) {
    const size = sizeOf(letter)
    if (batch.length > 0 && (batch.length >= companyOf(letter) || bytes + size > limits.bytesPerBatch)) {
      batches.push(batch)
      batch = []
      bytes = frame
    }
    batch.push(letter)
    bytes += size
  }
  return batch.length > 0 ? [...batches, batch] : batches
}

export const halves = (batch: Due[]): [Due[], Due[]] => [batch.slice(0, Math.ceil(batch.length / 2)), batch.slice(Math.ceil(batch.length / 2))]
