/** Saving a report: sealed first, then one strict transaction for the letter, the copy in the safe and the draft's end. */
import type { Facts } from '#contract/facts.ts'
import { scrubFacts } from '#app/domain/guard.ts'
import { newId } from '#app/domain/ids.ts'
import type { Draft } from '#app/domain/model.ts'
import { newIn, sumOf, withoutEmpty } from '#app/domain/sum.ts'
import { toOffsetIso } from '#app/domain/when.ts'
import type { AccountDatabase } from './accountDatabase.ts'
import { currentAccount, serverKeys } from './device.ts'
import { newLetter, type Content } from './facts.ts'
import { inAccount } from './gateway.ts'
import { graceMs, type LetterRow, type SafeRow } from './rows.ts'
import { openSafe } from './vault.ts'

export { myReport, myReports } from './views.ts'
export { exportLetters, exportProof } from './proof.ts'
export { retryRefused } from './refused.ts'

/** Either of a letter and its copy alone would be a lie; so they are only ever written by this. */
async function keep(database: AccountDatabase, letter: LetterRow, content: Content, draft?: string): Promise<'kept' | 'known'> {
  const safe = await openSafe(database)
  const copy: SafeRow = { id: letter.id, report: letter.report, at: letter.at, box: await safe.lock(`letter/${letter.id}`, content) }
  return database.transaction('rw', database.letters, database.safe, database.drafts, async () => {
    if (await database.letters.where('id').equals(letter.id).count() > 0) {
      if (draft !== undefined) await database.drafts.delete(draft)
      return 'known'
    }
    await database.letters.add(letter)
    await database.safe.add(copy)
    if (draft !== undefined) await database.drafts.delete(draft)
    return 'kept'
  })
}

/** All that the letters of a report say so far, as this phone knows it. */
async function factsOf(database: AccountDatabase, report: string): Promise<Facts> {
  const copies = await database.safe.where('report').equals(report).sortBy('id')
  const safe = await openSafe(database)
  return sumOf(await Promise.all(copies.map(async ({ id, box }) => (await safe.unlock<Content>(`letter/${id}`, box)).facts ?? {}))).facts
}

async function keepSupplement(account: string | null, report: string, id: string, facts: Facts, draft?: string): Promise<void> {
  const now = new Date()
  const header = { v: 1, id, report, kind: 'supplement', account, at: toOffsetIso(now) } as const
  const content: Content = { v: 1, facts }
  const letter = await newLetter(header, content, await serverKeys(), now.getTime())
  await inAccount(account, (database) => keep(database, letter, content, draft))
}

/** Resolves after the commit, and only then is it saved. Tapped twice, it is still one report. `owner` is whose draft it is, whoever uses the phone by now. */
export async function saveReport(draft: Draft, owner?: string | null): Promise<void> {
  const account = owner === undefined ? await currentAccount() : owner
  const now = new Date()
  const at = toOffsetIso(now)
  const said = withoutEmpty(scrubFacts(draft.facts))
  const content: Content = { v: 1, facts: { ...said, occurredAt: said.occurredAt ?? at } }
  const header = { v: 1, id: draft.id, report: draft.id, kind: 'report', account, at } as const
  const letter = await newLetter(header, content, await serverKeys(), now.getTime() + graceMs)
  const outcome = await inAccount(account, (database) => keep(database, letter, content, draft.id))
  if (outcome === 'kept') return
  // It was saved before, here or in another tab. What differs from that is an addition, never an overwriting.
  const added = newIn(said, await inAccount(account, (database) => factsOf(database, draft.id)))
  if (Object.keys(added).length > 0) await keepSupplement(account, draft.id, newId(), added)
}

/** Details and corrections. Only what is new travels; nothing new ends the draft and sends nothing. */
export async function saveSupplement(draft: Draft, owner?: string | null): Promise<void> {
  const account = owner === undefined ? await currentAccount() : owner
  const said = scrubFacts(draft.facts)
  const facts = newIn(said, await inAccount(account, (database) => factsOf(database, draft.report)))
  if (Object.keys(facts).length > 0) return keepSupplement(account, draft.report, draft.id, facts, draft.id)
  await inAccount(account, (database) => database.transaction('rw', database.drafts, () => database.drafts.delete(draft.id)))
}

/** No trace if nobody was asked yet; else the school is told that it was withdrawn. A second tap, or another tab, finds nothing left to do. */
export async function undoReport(report: string): Promise<'deleted' | 'withdrawn'> {
  const account = await currentAccount()
  const now = new Date()
  const content: Content = { v: 1 }
  const header = { v: 1, id: newId(now.getTime()), report, kind: 'withdrawal', account, at: toOffsetIso(now) } as const
  const withdrawal = await newLetter(header, content, await serverKeys(), now.getTime())
  return inAccount(account, (database) => {
    const { letters, safe, drafts, own } = database
    return database.transaction('rw', letters, safe, drafts, own, async () => {
      const all = await letters.where('report').equals(report).toArray()
      const untouched = all.every(({ attempts, receipt, earlierReceipts }) => attempts === 0 && receipt === undefined && earlierReceipts === undefined)
      // What another phone wrote has no letter here; it is known by what the school tells.
      if (all.length === 0 && await own.where('report').equals(report).count() === 0) return 'deleted'
      if (all.length > 0 && untouched) {
        await letters.where('report').equals(report).delete()
        await safe.where('report').equals(report).delete()
        await drafts.where('report').equals(report).delete()
        return 'deleted'
      }
      if (!all.some(({ kind }) => kind === 'withdrawal')) await letters.add(withdrawal)
      return 'withdrawn'
    })
  })
}
