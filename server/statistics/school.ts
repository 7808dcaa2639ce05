/** One school in numbers: exact, of the reports that the asker may read, beside the same part of the school year before. Pure. */
import type { Clocks } from '#contract/caseClocks.ts'
import { countBy, countEvents, countReports, eventsOf, lateOf, repeatedSituations, tableCodes, within, type Counted, type CountedEvent, type TableCode } from '#contract/counting.ts'
import { spanOf, type SchoolPeriod } from '#contract/periods.ts'
import { caseTables, type CaseTable, type Numbers, type SchoolNumbers } from '#contract/statistics.ts'
import type { StatisticsRow } from '../queries/statistics.ts'
import { countCases, followUpOf } from './followUp.ts'

/** A report as it is counted. */
export const countedOf = ({ id, facts, receivedAt, withdrawnAt, event }: StatisticsRow): Counted => ({ id, facts, receivedAt: receivedAt.getTime(), withdrawn: withdrawnAt !== null, event })

type Part = { tables: readonly TableCode[]; cases: readonly CaseTable[] }
const whole: Part = { tables: tableCodes, cases: caseTables }
/** What the year before is looked at for. */
const besides: Part = { tables: ['month'], cases: [] }

interface Ground { byId: ReadonlyMap<string, StatisticsRow>; clocks: Clocks; now: number }
function numbersOf(events: readonly CountedEvent[], { tables, cases }: Part, { byId, clocks, now }: Ground): Numbers {
  const rows = events.flatMap(({ reports }) => reports.flatMap((id) => byId.get(id) ?? []))
  return {
    events: countEvents(events), reports: countReports(events), late: lateOf(events),
    tables: [...tables.map((table) => ({ table, cells: countBy(events, table) })), ...cases.map((table) => ({ table, cells: countCases(events, byId, table) }))],
    followUp: followUpOf(rows, clocks, now),
  }
}

export interface SchoolQuestion { unit: string; unitName: string; period: SchoolPeriod; now: number; clocks: Clocks }
export function schoolNumbers(rows: readonly StatisticsRow[], { unit, unitName, period, now, clocks }: SchoolQuestion): SchoolNumbers {
  const { span, before } = spanOf(period, now)
  const all = eventsOf(rows.map(countedOf))
  const events = within(all, span)
  const ground = { byId: new Map(rows.map((row) => [row.id, row])), clocks, now }
  return {
    asOf: new Date(now).toISOString(), unit, unitName, period, span, spanBefore: before, now: numbersOf(events, whole, ground), before: numbersOf(within(all, before), besides, ground),
    repeated: repeatedSituations(events),
  }
}
