/** The numbers that were shown last, sealed like everything else: what the leader of a school saw is there without a line, with its date. */
import { inKnown } from './device.ts'
import { inAccount } from './gateway.ts'
import { openSafe } from './vault.ts'

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
