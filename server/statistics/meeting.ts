/**
 * The page of a risk-assessment meeting: a quarter of one school in codes, protected like what leaves the school, since a meeting's page is read by many (domain brief 4.5:
 * no health, no free text). Pure. What was decided is followed: the same kind of event before and after.
 */
import { countBy, countEvents, eventsOf, within, type Counted, type CountedEvent } from '#contract/counting.ts'
import { isPublic, publish, smallest, type TableKind } from '#contract/disclosure.ts'
import { closingOfQuarter, daysOfQuarter, quarterBefore, quarterOf, startOf } from '#contract/periods.ts'
import type { RosDecision, RosMeeting, RosResult, TableName } from '#contract/statistics.ts'
import { dayAt, daysAfter } from '#contract/workdays.ts'
import type { DecisionRow, MeetingRow } from '../queries/ros.ts'
import { lotOf } from './lots.ts'
import { withEmpty } from './universe.ts'

const dayMs = 86_400_000
export const quarterWeeks = 13
/** A decision is judged after this many days. */
const patience = 28

const counted = ({ id, facts, receivedAt, withdrawnAt, event }: MeetingRow): Counted => ({ id, facts, receivedAt: receivedAt.getTime(), withdrawn: withdrawnAt !== null, event })

/** The last four quarters that have ended, the newest first. */
export function endedQuarters(now: number): string[] {
  const list = [quarterBefore(quarterOf(dayAt(now)))]
  for (let more = 3; more > 0; more -= 1) list.push(quarterBefore(list.at(-1) ?? ''))
  return list
}

/** Which reports a quarter's page is made from: those that came before it closed. Later ones change nothing on it. */
export const sourceOf = (quarter: string): { from: Date; until: Date } => ({ from: new Date(startOf(daysOfQuarter(quarter).from)), until: new Date(closingOfQuarter(quarter)) })

type Cells = { code: string; n: number }[]
/** The lot hangs on the reports behind the page: the same page each time, and whoever has their ids may read all of it anyway. */
const protect = (cells: Cells, events: readonly CountedEvent[], table: TableName, kind: TableKind) => {
  const total = countEvents(events)
  return isPublic({ n: total }) ? publish(withEmpty(cells, table), { kind, total, lot: lotOf([table, ...events.flatMap(({ reports }) => reports).toSorted()]) }) : []
}

/** How many events each code has, where an event's reports say codes in their cases. */
function countCodes(events: readonly CountedEvent[], rows: ReadonlyMap<string, MeetingRow>, codesOf: (row: MeetingRow) => readonly string[]): Cells {
  const sums = new Map<string, number>()
  for (const { reports, times } of events) {
    const codes = new Set(reports.flatMap((id) => codesOf(rows.get(id) as MeetingRow)))
    for (const code of codes) sums.set(code, (sums.get(code) ?? 0) + times)
  }
  return [...sums].map(([code, n]) => ({ code, n })).toSorted((one, other) => other.n - one.n || (one.code < other.code ? -1 : 1))
}

function measuresOf(events: readonly CountedEvent[], rows: ReadonlyMap<string, MeetingRow>): RosMeeting['measures'] {
  const tried = protect(countCodes(events, rows, ({ measures }) => (measures ?? []).filter(({ state }) => state !== 'dropped').map(({ kind }) => kind)), events, 'measure', 'several')
  const helped = new Map(countCodes(events, rows, ({ measures }) => (measures ?? []).filter(({ state, effect }) => state !== 'dropped' && (effect === 'worked' || effect === 'partly')).map(({ kind }) => kind)).map(({ code, n }) => [code, n]))
  const lot = (code: string) => lotOf(['worked', code, ...events.flatMap(({ reports }) => reports).toSorted()])
  // A part of a number that is shown: neither it nor the rest may be few.
  const worked = (code: string, n: number) => publish([{ code: 'yes', n: helped.get(code) ?? 0 }, { code: 'no', n: n - (helped.get(code) ?? 0) }], { kind: 'parts', total: n, lot: lot(code) })[0]?.n ?? null
  return tried.map(({ code, n }) => ({ kind: code, n, worked: n === null ? null : worked(code, n) }))
}

/** Whether an event is of the kind that a decision is about. */
const isAlike = ({ situation, place }: Pick<RosDecision, 'situation' | 'place'>) => (event: CountedEvent): boolean => event.situation === situation && (place === null || event.place === place)

/** The quarter's events that a decision is about, and their reports. */
export function ledTo(rows: readonly MeetingRow[], decision: Pick<RosDecision, 'situation' | 'place' | 'quarter'>): { events: number; reports: string[] } {
  const alike = within(eventsOf(rows.map(counted)), daysOfQuarter(decision.quarter)).filter(isAlike(decision))
  return { events: countEvents(alike), reports: alike.flatMap(({ reports }) => reports) }
}

/** Events in a week, to a tenth. */
export const perWeek = (n: number, weeks: number): number => Math.round((n / weeks) * 10) / 10
/** Whole days from the meeting until now. */
export const daysSince = (metOn: string, now: number): number => Math.max(0, Math.round((Date.parse(dayAt(now)) - Date.parse(metOn)) / dayMs))
/** What became of a decision: alike events in a week before it and since. Fewer than five say nothing of either. */
export function resultOf({ id, unit, content, doneOn, led }: DecisionRow, since: readonly CountedEvent[], now: number): RosResult {
  const today = dayAt(now)
  const days = daysSince(content.metOn, now)
  const after = countEvents(within(since, { from: daysAfter(content.metOn, 1), to: daysAfter(today, 1) }).filter(isAlike(content)))
  const shown = led === null || led < smallest ? null : led
  return {
    ...content, id, unit, doneOn, led: shown, days, ledPerWeek: shown === null ? null : perWeek(shown, quarterWeeks), sincePerWeek: days < patience || after < smallest ? null : perWeek(after, days / 7),
  }
}

interface Page { unit: string; unitName: string; quarter: string; now: number; mayDecide: boolean; rows: readonly MeetingRow[]; rowsBefore: readonly MeetingRow[]; sinceRows: readonly MeetingRow[]; decisions: readonly DecisionRow[] }
export function meetingPage({ unit, unitName, quarter, now, mayDecide, rows, rowsBefore, sinceRows, decisions }: Page): RosMeeting {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const events = within(eventsOf(rows.map(counted)), daysOfQuarter(quarter))
  const before = within(eventsOf(rowsBefore.map(counted)), daysOfQuarter(quarterBefore(quarter)))
  const [total, totalBefore] = [countEvents(events), countEvents(before)]
  const since = eventsOf(sinceRows.map(counted))
  return {
    asOf: new Date(now).toISOString(), unit, unitName, quarter, quarters: endedQuarters(now), events: isPublic({ n: total }) ? total : null, eventsBefore: isPublic({ n: totalBefore }) ? totalBefore : null,
    situations: protect(countBy(events, 'situation'), events, 'situation', 'parts'), situationsBefore: protect(countBy(before, 'situation'), before, 'situation', 'parts'),
    causes: protect(countCodes(events, byId, ({ underlying }) => underlying ?? []), events, 'cause', 'several'), triggers: protect(countBy(events, 'trigger'), events, 'trigger', 'several'),
    measures: measuresOf(events, byId), results: decisions.map((row) => resultOf(row, since, now)), mayDecide,
  }
}
