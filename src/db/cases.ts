/** The school's side on a leader's or verneombud's phone: copies of what the server tells, sealed like everything else. */
import type { Case, CaseSummary } from '#contract/changes.ts'
import { newId } from '#app/domain/ids.ts'
import { byUrgency } from '#app/domain/urgency.ts'
import { toOffsetIso } from '#app/domain/when.ts'
import { currentAccount, serverKeys } from './device.ts'
import { newLetter } from './facts.ts'
import { inAccount } from './gateway.ts'
import { openSafe } from './vault.ts'

/** Unread first, then severity, then age. */
export const caseList = async (): Promise<CaseSummary[]> => inAccount(await currentAccount(), async (database) => {
  const rows = await database.cases.toArray()
  if (rows.length === 0) return []
  const safe = await openSafe(database)
  const cases = await Promise.all(rows.map(({ report, box }) => safe.unlock<CaseSummary>(`case/${report}`, box)))
  return cases.sort(byUrgency)
})

export const caseById = async (id: string): Promise<{ summary: CaseSummary; detail?: Case } | undefined> => inAccount(await currentAccount(), async (database) => {
  const row = await database.cases.get(id)
  // What was opened is theirs to read only as long as the list has it.
  if (!row) return undefined
  const opened = await database.details.get(id)
  const safe = await openSafe(database)
  const detail = opened && await safe.unlock<Case>(`detail/${id}`, opened.box)
  return { summary: await safe.unlock<CaseSummary>(`case/${id}`, row.box), ...(detail && { detail }) }
})

/** A person looked: that is a letter too, and one is enough. */
export async function noteOpened(report: string): Promise<void> {
  const account = await currentAccount()
  if (account === null) return
  const now = new Date()
  const header = { v: 1, id: newId(now.getTime()), report, kind: 'opened', account, at: toOffsetIso(now) } as const
  const letter = await newLetter(header, { v: 1 }, await serverKeys(), now.getTime())
  await inAccount(account, (database) => database.transaction('rw', database.letters, async () => {
    const before = await database.letters.where('report').equals(report).filter(({ kind }) => kind === 'opened').count()
    if (before === 0) await database.letters.add(letter)
  }))
}
