/** The numbers that were shown last, sealed like everything else: what the leader of a school saw is there without a line, with its date. */
import type { Counted } from '#contract/counting.ts'
import { countedOf } from '#app/domain/numbers.ts'
import { inKnown } from './device.ts'
import { inAccount } from './gateway.ts'
import { openSafe } from './vault.ts'
import { myReports } from './views.ts'

/** The newest answer to a path. */
export const keptNumbers = <T>(account: string | null, path: string): Promise<T | undefined> => inAccount(account, async (database) => {
  const row = await database.meta.get(`numbers/${path}`)
  return row && (await openSafe(database)).unlock<T>(`numbers/${path}`, row.value as ArrayBuffer)
})

/** Null forgets it: it is not theirs to read any more. */
export async function keepNumbers(account: string, path: string, answer: object | null): Promise<void> {
  await inKnown(account, async (database) => {
    const key = `numbers/${path}` as const
    const box = answer && await (await openSafe(database)).lock(key, answer)
    await database.transaction('rw', database.meta, async () => {
      if (box) await database.meta.put({ key, value: box })
      else await database.meta.delete(key)
    })
  })
}

/** More than anybody has written. */
const allOfThem = 100_000
/** All own reports as they are counted, unsent ones included. */
export const ownCounted = async (): Promise<Counted[]> => (await myReports(allOfThem)).map(countedOf)
