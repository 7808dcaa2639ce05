/** What of a report may leave the server, for whom. */
import { healthFields, textFields, type Facts } from '#contract/facts.ts'
import type { CaseSummary, Change, OwnReport } from '#contract/changes.ts'
import type { Grant } from '#contract/session.ts'
import { graveTypes } from '#contract/vocabulary.ts'
import { can, type Relation } from './policy.ts'
import type { ReportRow } from './queries/reports.ts'

const iso = (date: Date | null) => date?.toISOString() ?? null

/** How much of a case somebody may see; undefined when it does not exist for them. */
export function sight(grants: readonly Grant[], relation: Relation): 'whole' | 'masked' | 'own' | undefined {
  if (can(grants, 'case.read', relation)) return 'whole'
  if (relation.isReporter) return 'own'
  return can(grants, 'case.read.masked', relation) ? 'masked' : undefined
}

const hidden: readonly string[] = [...textFields, ...healthFields]
/** A safety representative sees neither texts nor health (arbeidsmiljøloven § 5-1). */
export const masked = (facts: Facts): Facts => Object.fromEntries(Object.entries(facts).filter(([field]) => !hidden.includes(field)))

/** The floor also marks what a doctor has seen: to whoever may not know that, a case is grave by its types alone. */
const graveToMasked = ({ types }: Facts): boolean => types?.some((type) => graveTypes.includes(type)) ?? false

export const caseSummary = (row: ReportRow, isMasked: boolean): CaseSummary => ({
  kind: 'case', report: row.id, seq: row.seq, unit: row.unit, unitName: row.unitName, receivedAt: row.receivedAt.toISOString(), openedAt: iso(row.openedAt), openedBy: row.openedByRole,
  withdrawnAt: iso(row.withdrawnAt), confirmed: row.confirmed, grave: isMasked ? graveToMasked(row.facts) : row.grave, letters: row.letters,
  facts: isMasked ? masked(row.facts) : row.facts,
})

const ownReport = (row: ReportRow): OwnReport => ({
  kind: 'own', report: row.id, seq: row.seq, receivedAt: row.receivedAt.toISOString(), openedAt: iso(row.openedAt), openedBy: row.openedByRole, withdrawnAt: iso(row.withdrawnAt), confirmed: row.confirmed,
})

/** A report as the changes that it is for this reader: one's own, a case, or both. */
export function changesOf(row: ReportRow, reader: { id: string; grants: readonly Grant[] }): Change[] {
  const isReporter = row.reporter === reader.id
  const relation = { isReporter, unit: row.unit }
  const whole = can(reader.grants, 'case.read', relation)
  const asCase = whole || can(reader.grants, 'case.read.masked', relation)
  return [...(isReporter ? [ownReport(row)] : []), ...(asCase ? [caseSummary(row, !whole)] : [])]
}
