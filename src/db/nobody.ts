/** What was logged on this phone before anybody signed in. It belongs to the first person who signs in and says that it is theirs. */
import type { Draft } from '#app/domain/model.ts'
import { newId } from '#app/domain/ids.ts'
import type { AccountDatabase } from './accountDatabase.ts'
import { currentAccount } from './device.ts'
import type { Content } from './facts.ts'
import { inAccount } from './gateway.ts'
import type { Claim, DraftRow, LetterRow, SafeRow } from './rows.ts'
import { openSafe } from './vault.ts'

interface Taken { letters: LetterRow[]; copies: { row: SafeRow; content: Content }[]; drafts: { row: DraftRow; draft: Draft }[] }

const claimIn = async ({ meta }: AccountDatabase) => (await meta.get('claim'))?.value as Claim | undefined
const isMeant = ({ drafts }: Claim) => ({ id, at }: DraftRow) => drafts.some((one) => one.id === id && one.at === at)

/** Reports and drafts that are nobody's yet. What a claim has begun to move is somebody's already. */
export const unclaimedCount = (): Promise<number> => inAccount(null, async (database) => {
  const claim = await claimIn(database)
  const letters = await database.letters.filter(({ id, kind }) => kind === 'report' && claim?.letters.includes(id) !== true).count()
  return letters + await database.drafts.filter((row) => claim === undefined || !isMeant(claim)(row)).count()
})

async function read(claim: Claim): Promise<Taken> {
  return inAccount(null, async (database) => {
    const letters = await database.letters.where('id').anyOf(claim.letters).toArray()
    const copies = await database.safe.where('id').anyOf(claim.letters).toArray()
    const drafts = (await database.drafts.where('id').anyOf(claim.drafts.map(({ id }) => id)).toArray()).filter(isMeant(claim))
    const safe = await openSafe(database)
    return {
      letters,
      copies: await Promise.all(copies.map(async (row) => ({ row, content: await safe.unlock<Content>(`letter/${row.id}`, row.box) }))),
      drafts: await Promise.all(drafts.map(async (row) => ({ row, draft: await safe.unlock<Draft>(`draft/${row.id}`, row.box) }))),
    }
  })
}

/** The letters stay sealed as they are; only the readable copies change key. Once: rows and mark are one transaction. */
const keep = ({ id, account }: Claim, taken: Taken): Promise<void> => inAccount(account, async (database) => {
  const safe = await openSafe(database)
  const copies = await Promise.all(taken.copies.map(async ({ row, content }) => ({ ...row, box: await safe.lock(`letter/${row.id}`, content) })))
  const drafts = await Promise.all(taken.drafts.map(async ({ row, draft }) => ({ ...row, box: await safe.lock(`draft/${row.id}`, draft) })))
  await database.transaction('rw', database.letters, database.safe, database.drafts, database.meta, async () => {
    if ((await database.meta.get('claimed'))?.value === id) return
    // What was begun at nobody's may have been gone on with, or saved, in this person's name.
    const known = new Set(await database.letters.where('id').anyOf([...taken.letters, ...drafts].map((row) => row.id)).primaryKeys())
    const newer = new Set(await database.drafts.where('id').anyOf(drafts.map((row) => row.id)).filter(({ id: draft, at }) => drafts.some((one) => one.id === draft && one.at < at)).primaryKeys())
    const isNew = (row: { id: string }) => !known.has(row.id)
    await database.letters.bulkAdd(taken.letters.filter(isNew))
    await database.safe.bulkAdd(copies.filter(isNew))
    await database.drafts.bulkPut(drafts.filter((row) => isNew(row) && !newer.has(row.id)))
    await database.meta.put({ key: 'claimed', value: id })
  })
})

const forget = (claim: Claim): Promise<void> => inAccount(null, (database) =>
  database.transaction('rw', database.letters, database.safe, database.drafts, database.meta, async () => {
    await database.letters.bulkDelete(claim.letters)
    await database.safe.bulkDelete(claim.letters)
    await database.drafts.where('id').anyOf(claim.drafts.map(({ id }) => id)).filter(isMeant(claim)).delete()
    if ((await claimIn(database))?.id === claim.id) await database.meta.delete('claim')
  }))

/** Ends a claim that was cut in the middle, for the one who made it, whoever uses the phone now. What came over before the cut is not brought again. */
export async function finishClaim(): Promise<void> {
  const claim = await inAccount(null, claimIn)
  if (claim === undefined) return
  const isThere = await inAccount(claim.account, async ({ meta }) => (await meta.get('claimed'))?.value === claim.id)
  if (!isThere) await keep(claim, await read(claim))
  await forget(claim)
}

/** First it is written down what is claimed and by whom, then it is added there, then deleted here: a kill in between is finished at the next start. */
export async function claimForCurrentAccount(): Promise<number> {
  const account = await currentAccount()
  if (account === null) return 0
  await finishClaim()
  const count = await inAccount(null, (database) => database.transaction('rw', database.letters, database.drafts, database.meta, async () => {
    const letters = await database.letters.toArray()
    const drafts = await database.drafts.toArray()
    // Another tab was quicker; its claim is finished below.
    if (letters.length + drafts.length === 0 || await claimIn(database) !== undefined) return 0
    const claim: Claim = { id: newId(), account, letters: letters.map(({ id }) => id), drafts: drafts.map(({ id, at }) => ({ id, at })) }
    await database.meta.put({ key: 'claim', value: claim })
    return letters.filter(({ kind }) => kind === 'report').length + drafts.length
  }))
  await finishClaim()
  return count
}
