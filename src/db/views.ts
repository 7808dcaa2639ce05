/** Reports as their author sees them: the sum of the letters, how they travelled, and what the school did. */
import type { CaseContent } from '#contract/caseLetter.ts'
import { newCase } from '#contract/caseMachine.ts'
import type { OwnReport } from '#contract/changes.ts'
import type { LetterState, ReportView } from '#app/domain/model.ts'
import { withOwnActs, type OwnAct } from '#app/domain/ownCase.ts'
import { sumOf } from '#app/domain/sum.ts'
import type { AccountDatabase } from './accountDatabase.ts'
import { currentAccount } from './device.ts'
import type { Content } from './facts.ts'
import { inAccount } from './gateway.ts'
import { never, type LetterRow, type SafeRow, type SchoolRow } from './rows.ts'
import { openSafe, type Safe } from './vault.ts'

const iso = (time: number) => new Date(time).toISOString()
const byTime = (one: { at: string; id: string }, other: { at: string; id: string }) => one.id < other.id ? -1 : 1

export function stateOf({ id, kind, at, attempts, nextAttemptAt, lastTriedAt, sendingUntil, refusedBecause, receipt }: LetterRow): LetterState {
  return {
    id, kind, at, attempts,
    ...(nextAttemptAt !== undefined && nextAttemptAt !== never && { nextAttemptAt: iso(nextAttemptAt) }),
    ...(lastTriedAt !== undefined && { lastTriedAt: iso(lastTriedAt) }),
    ...(sendingUntil !== undefined && { sendingUntil: iso(sendingUntil) }),
    ...(refusedBecause !== undefined && { refusedBecause }),
    ...(receipt !== undefined && { receivedAt: receipt.receivedAt }),
  }
}

interface Rows { letters: LetterRow[]; copies: SafeRow[]; own: SchoolRow[] }

async function rowsOf(database: AccountDatabase, ids: string[]): Promise<Rows> {
  const letters = await database.letters.where('report').anyOf(ids).toArray()
  const copies = await database.safe.where('report').anyOf(ids).toArray()
  const own = await database.own.where('report').anyOf(ids).toArray()
  return { letters, copies, own }
}

/** A row that an earlier version of the app kept says nothing of the case. */
const unknown = (): Pick<OwnReport, 'status' | 'due' | 'timeline'> => ({ status: newCase(), due: [], timeline: [] })

/** What the school tells holds every letter up to its number; the others were said here since. */
function unsaidIn(letters: LetterRow[], contents: Map<string, Content | CaseContent>, school: OwnReport): OwnAct[] {
  return letters.filter(({ kind, receipt }) => kind === 'case' && (receipt === undefined || receipt.seq > school.seq)).flatMap(({ id, at, receipt }) => {
    const content = contents.get(id)
    return content !== undefined && 'what' in content ? [{ id, at, content, isSent: receipt !== undefined }] : []
  })
}

async function viewOf(id: string, { letters, copies, own }: Rows, safe: Safe): Promise<ReportView> {
  const [row] = await Promise.all(own.map(({ box }) => safe.unlock<OwnReport>(`own/${id}`, box)))
  const contents = new Map(await Promise.all(copies.sort(byTime).map(async (copy) => [copy.id, await safe.unlock<Content | CaseContent>(`letter/${copy.id}`, copy.box)] as const)))
  const sum = sumOf([...contents.values()].flatMap((content) => ('what' in content ? [] : content.facts ?? {})))
  const sorted = letters.filter(({ kind, replacedBy }) => kind !== 'opened' && replacedBy === undefined).sort(byTime)
  const known = row && { ...unknown(), ...row }
  const savedAt = sorted[0]?.at ?? row?.receivedAt ?? ''
  return { id, savedAt, ...sum, letters: sorted.map(stateOf), ...(known && withOwnActs(known, unsaidIn(sorted, contents, known))) }
}

function byReport<T extends { report: string }>(rows: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.report)
    if (group) group.push(row)
    else groups.set(row.report, [row])
  }
  return groups
}

async function viewsOf(database: AccountDatabase, ids: string[]): Promise<ReportView[]> {
  const rows = await rowsOf(database, ids)
  if (ids.length === 0) return []
  const safe = await openSafe(database)
  const [letters, copies, own] = [byReport(rows.letters), byReport(rows.copies), byReport(rows.own)]
  return Promise.all(ids.map((id) => viewOf(id, { letters: letters.get(id) ?? [], copies: copies.get(id) ?? [], own: own.get(id) ?? [] }, safe)))
}

/** Newest first. Ids are ordered by time, so the primary table is the list. Reports that another phone wrote are there as far as the school tells. */
export const myReports = async (limit: number): Promise<ReportView[]> => inAccount(await currentAccount(), async (database) => {
  const written = await database.letters.orderBy('id').reverse().filter(({ kind }) => kind === 'report').limit(limit).primaryKeys()
  const known = await database.own.orderBy('report').reverse().limit(limit).primaryKeys()
  const ids = [...new Set([...written, ...known])].sort().toReversed().slice(0, limit)
  return viewsOf(database, ids)
})

export const myReport = async (id: string): Promise<ReportView | undefined> => inAccount(await currentAccount(), async (database) => {
  const [view] = await viewsOf(database, [id])
  return view && (view.letters.length > 0 || view.school) ? view : undefined
})
