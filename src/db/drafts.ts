/** What somebody has begun to write: ciphertext from the first letter typed, with id numbers gone. */
import type { Draft } from '#app/domain/model.ts'
import { scrubFacts } from '#app/domain/guard.ts'
import type { AccountDatabase } from './accountDatabase.ts'
import { currentAccount } from './device.ts'
import { inAccount } from './gateway.ts'
import type { DraftRow } from './rows.ts'
import { openSafe } from './vault.ts'

/** Rows are read first and opened afterwards: a live query follows only what is read before the first wait for WebCrypto. */
async function opened(database: AccountDatabase, rows: DraftRow[]): Promise<Draft[]> {
  if (rows.length === 0) return []
  const safe = await openSafe(database)
  return Promise.all(rows.map(({ id, box }) => safe.unlock<Draft>(`draft/${id}`, box)))
}

const newest = (drafts: Draft[]) => drafts.sort((one, other) => other.at.localeCompare(one.at))
/** A form says whose draft it holds: another tab may have gone over to somebody else. */
type Owner = string | null
const inRowsOf = async <T>(owner: Owner | undefined, work: (database: AccountDatabase) => Promise<T>): Promise<T> =>
  inAccount(owner === undefined ? await currentAccount() : owner, work)

export async function lockDraft(database: AccountDatabase, draft: Draft): Promise<DraftRow> {
  const safe = await openSafe(database)
  const { id, report, at } = draft
  return { id, report, at, kept: draft.kept ? 1 : 0, box: await safe.lock(`draft/${id}`, draft) }
}

/** The open form: the newest report draft that was not put aside. */
export const openDraft = (owner?: Owner): Promise<Draft | undefined> => inRowsOf(owner, async (database) => {
  const rows = await database.drafts.where('kept').equals(0).toArray()
  return newest((await opened(database, rows)).filter(({ kind }) => kind === 'report'))[0]
})

export const draftById = (id: string, owner?: Owner): Promise<Draft | undefined> => inRowsOf(owner, async (database) => {
  const row = await database.drafts.get(id)
  return row && (await opened(database, [row]))[0]
})

export const supplementDraft = (report: string, owner?: Owner): Promise<Draft | undefined> => inRowsOf(owner, async (database) => {
  const rows = await database.drafts.where('report').equals(report).toArray()
  return newest((await opened(database, rows)).filter(({ kind }) => kind === 'supplement'))[0]
})

/** Shown as Kladd. Newest first. */
export const keptDrafts = (): Promise<Draft[]> => inRowsOf(undefined, async (database) =>
  newest(await opened(database, await database.drafts.where('kept').equals(1).toArray())))

/** Writes a draft through. A late write after the save changes nothing: what was saved stays saved. */
export const keepDraft = (draft: Draft, owner?: Owner): Promise<void> => inRowsOf(owner, async (database) => {
  const row = await lockDraft(database, { ...draft, facts: scrubFacts(draft.facts) })
  await database.transaction('rw', database.drafts, database.letters, async () => {
    if (await database.letters.where('id').equals(row.id).count() > 0) return
    await database.drafts.put(row)
  })
})

/** Gives back what was deleted, so that Angre can keep it again. */
export const deleteDraft = (id: string, owner?: Owner): Promise<Draft | undefined> => inRowsOf(owner, async (database) => {
  const row = await database.drafts.get(id)
  const [draft] = row ? await opened(database, [row]) : []
  await database.transaction('rw', database.drafts, () => database.drafts.delete(id))
  return draft
})
