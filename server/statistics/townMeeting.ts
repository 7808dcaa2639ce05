/**
 * The page of the municipality's own meeting (its working-environment committee): a closed quarter of all schools as it was published, and what earlier meetings decided. Pure: it reads
 * no report, so it tells nothing that the municipality's page does not.
 */
import { daysOfQuarter, schoolWeeks } from '#contract/periods.ts'
import type { Breaks } from '#contract/settings.ts'
import type { QuarterNumbers, RosDecision, RosMeeting, RosResult, TableName } from '#contract/statistics.ts'
import type { DecisionRow } from '../queries/ros.ts'
import { daysSince, perWeek } from './meeting.ts'

type Cells = RosMeeting['situations']
const cellsOf = (numbers: QuarterNumbers | undefined, name: TableName): Cells => numbers?.tables.find(({ table }) => table === name)?.cells ?? []
const numberOf = (numbers: QuarterNumbers | undefined, situation: string): number | null => cellsOf(numbers, 'situation').find(({ code }) => code === situation)?.n ?? null

/** What the quarter that was looked at says of the situation; null when hidden. */
export const ledToTown = (quarter: QuarterNumbers | undefined, { situation }: Pick<RosDecision, 'situation'>): number | null => numberOf(quarter, situation)

/** What became of a decision, in the quarters that began after the meeting and have closed: their mean school week. One that is hidden says nothing, and so does the mean. */
function resultOf({ id, content, doneOn, led }: DecisionRow, quarters: readonly QuarterNumbers[], now: number, breaks: Breaks): RosResult {
  const since = quarters.filter(({ quarter }) => daysOfQuarter(quarter).from > content.metOn)
  const numbers = since.map((quarter) => numberOf(quarter, content.situation))
  const sum = numbers.length === 0 || numbers.includes(null) ? null : numbers.reduce<number>((all, n) => all + (n ?? 0), 0)
  const rate = sum === null ? null : perWeek(sum, since.reduce((weeks, { quarter }) => weeks + schoolWeeks(daysOfQuarter(quarter), breaks), 0))
  return { ...content, id, unit: null, doneOn, led, days: daysSince(content.metOn, now), ledPerWeek: led === null ? null : perWeek(led, schoolWeeks(daysOfQuarter(content.quarter), breaks)), sinceLeast: rate, sinceMost: rate }
}

/** `quarters`: all that were published, the newest first. `quarter` may be none of them. */
interface Page { quarter: string; before: string; now: number; mayDecide: boolean; quarters: readonly QuarterNumbers[]; decisions: readonly DecisionRow[]; breaks: Breaks }
export function townMeetingPage({ quarter, before: beforeName, now, mayDecide, quarters, decisions, breaks }: Page): RosMeeting {
  const named = (name: string) => quarters.find((one) => one.quarter === name)
  const [here, before] = [named(quarter), named(beforeName)]
  const worked = new Map(cellsOf(here, 'worked').map(({ code, n }) => [code, n]))
  return {
    asOf: new Date(now).toISOString(), unit: null, unitName: null, quarter, quarters: quarters.slice(0, 4).map((one) => one.quarter), events: here?.events ?? null, eventsBefore: before?.events ?? null,
    situations: cellsOf(here, 'situation'), situationsBefore: cellsOf(before, 'situation'), causes: cellsOf(here, 'cause'), triggers: cellsOf(here, 'trigger'),
    measures: cellsOf(here, 'measure').map(({ code, n }) => ({ kind: code, n, worked: worked.get(code) ?? null })), results: decisions.map((row) => resultOf(row, quarters, now, breaks)), mayDecide,
  }
}
