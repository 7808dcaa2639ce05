/** What was logged on this phone before anybody signed in. It belongs to the first person who signs in and says that it is theirs. */
import type { Draft } from '#app/domain/model.ts'
import { currentAccount } from './device.ts'
import type { Content } from './facts.ts'
import { inAccount } from './gateway.ts'
import { openSafe } from './vault.ts'

/** Reports and drafts. */
export const unclaimedCount = (): Promise<number> => inAccount(null, async ({ letters, drafts }) => {
  const reports = await letters.filter(({ kind }) => kind === 'report').count()
  return reports + await drafts.count()
})

/**
 * Added there first, deleted here after: a kill in between repeats the step, and the ids make that harmless. The letters stay sealed as they
 * are; only the readable copies change key.
 */
export async function claimForCurrentAccount(): Promise<number> {
  const account = await currentAccount()
  if (account === null) return 0
  const taken = await inAccount(null, async (database) => {
    const letters = await database.letters.toArray()
    const copies = await database.safe.toArray()
    const drafts = await database.drafts.toArray()
    if (letters.length + drafts.length === 0) return undefined
    const safe = await openSafe(database)
    return {
      letters,
      copies: await Promise.all(copies.map(async (row) => ({ row, content: await safe.unlock<Content>(`letter/${row.id}`, row.box) }))),
      drafts: await Promise.all(drafts.map(async (row) => ({ row, draft: await safe.unlock<Draft>(`draft/${row.id}`, row.box) }))),
    }
  })
  if (taken === undefined) return 0
  await inAccount(account, async (database) => {
    const safe = await openSafe(database)
    const copies = await Promise.all(taken.copies.map(async ({ row, content }) => ({ ...row, box: await safe.lock(`letter/${row.id}`, content) })))
    const drafts = await Promise.all(taken.drafts.map(async ({ row, draft }) => ({ ...row, box: await safe.lock(`draft/${row.id}`, draft) })))
    await database.transaction('rw', database.letters, database.safe, database.drafts, async () => {
      // A letter that came over before the kill may have been sent since: it must not be put back.
      const known = new Set(await database.letters.where('id').anyOf(taken.letters.map(({ id }) => id)).primaryKeys())
      const isNew = ({ id }: { id: string }) => !known.has(id)
      await database.letters.bulkAdd(taken.letters.filter(isNew))
      await database.safe.bulkAdd(copies.filter(isNew))
      await database.drafts.bulkPut(drafts.filter(isNew))
    })
  })
  await inAccount(null, (database) => database.transaction('rw', database.letters, database.safe, database.drafts, async () => {
    await database.letters.bulkDelete(taken.letters.map(({ id }) => id))
    await database.safe.bulkDelete(taken.copies.map(({ row }) => row.id))
    await database.drafts.bulkDelete(taken.drafts.map(({ row }) => row.id))
  }))
  return taken.letters.filter(({ kind }) => kind === 'report').length + taken.drafts.length
}
