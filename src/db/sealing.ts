/** Seals what was saved before the phone had the server's key. */
import { currentAccount, knownAccounts, serverKeys } from './device.ts'
import { headerOf, sealed, type Content } from './facts.ts'
import { inAccount } from './gateway.ts'
import { graceMs } from './rows.ts'
import { openSafe } from './vault.ts'

/** How many were sealed. Nobody's letters too, so that a claim finds them ready. */
export async function sealWaiting(): Promise<number> {
  const keys = await serverKeys()
  if (keys === undefined) return 0
  let count = 0
  for (const account of new Set([...await knownAccounts(), await currentAccount(), null])) {
    count += await inAccount(account, async (database) => {
      const open = (await database.letters.where('nextAttemptAt').above(0).toArray()).filter(({ sealed: envelope }) => envelope === undefined)
      if (open.length === 0) return 0
      const safe = await openSafe(database)
      const rows = await Promise.all(open.map(async (letter) => {
        const copy = await database.safe.get(letter.id)
        const content: Content = copy ? await safe.unlock<Content>(`letter/${letter.id}`, copy.box) : { v: 1 }
        return { id: letter.id, envelope: await sealed(headerOf(letter), content, keys) }
      }))
      await database.transaction('rw', database.letters, async () => {
        for (const { id, envelope } of rows) {
          await database.letters.where('id').equals(id).filter((row) => row.sealed === undefined).modify((row) => {
            Object.assign(row, envelope)
            // It was held back for the key alone; the time for Angre still counts.
            row.nextAttemptAt = Math.min(row.nextAttemptAt ?? 0, Math.max(Date.now(), new Date(row.at).getTime() + graceMs))
          })
        }
      })
      return rows.length
    })
  }
  return count
}
