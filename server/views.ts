/** A report as the changes that it is for a reader: one's own, a case, or both. */
import type { Clocks } from '#contract/caseClocks.ts'
import type { Change } from '#contract/changes.ts'
import type { Grant } from '#contract/session.ts'
import type { Sql } from './database/database.ts'
import { caseSummary, ownReport, sight, toldReporter } from './caseViews.ts'
import { relationTo } from './cases.ts'
import type { Keyring } from './keys/keys.ts'
import { eventsOf, type EventRow } from './queries/cases.ts'
import { wrappedKeys, type ReportRow } from './queries/reports.ts'

export const relationOf = (row: ReportRow, account: string) => relationTo({ ...row, escalated: row.escalatedAt !== null }, account)

/** The words that are meant for the authors of these reports, read at once. */
async function wordsFor(sql: Sql, own: readonly ReportRow[]): Promise<(report: string) => { events: EventRow[]; wrapped: Buffer | undefined }> {
  const spoken = own.filter(({ acts }) => acts > 0).map(({ id }) => id)
  if (spoken.length === 0) return () => ({ events: [], wrapped: undefined })
  const keys = await wrappedKeys(sql, spoken)
  const groups = new Map<string, EventRow[]>(spoken.map((id) => [id, []]))
  for (const event of await eventsOf(sql, spoken, toldReporter)) groups.get(event.report)?.push(event)
  return (report) => ({ events: groups.get(report) ?? [], wrapped: keys.get(report) })
}

/** These reports in their order, as what they are for this reader. */
export async function changesOf(sql: Sql, rows: readonly ReportRow[], { reader, keyring, clocks }: { reader: { id: string; grants: readonly Grant[] }; keyring: Keyring; clocks: Clocks }): Promise<{ seq: number; changes: Change[] }[]> {
  const words = await wordsFor(sql, rows.filter(({ reporter }) => reporter === reader.id))
  return Promise.all(rows.map(async (row) => {
    const relation = relationOf(row, reader.id)
    const changes: Change[] = []
    if (relation.isReporter) {
      const { events, wrapped } = words(row.id)
      changes.push(await ownReport(row, events, wrapped && keyring.openUnderMaster(wrapped, row.id), reader.id, clocks))
    }
    const seen = sight(reader.grants, relation)
    if (seen !== undefined && seen !== 'own') changes.push(caseSummary(row, seen, relation, reader.grants, clocks))
    return { seq: row.seq, changes }
  }))
}
