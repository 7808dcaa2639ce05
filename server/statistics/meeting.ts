/**
 * The page of a risk-assessment meeting: a quarter of one school in codes, protected like what leaves the school, since a meeting's page is read by many (domain brief 4.5:
 * no health, no free text). It is made once, when it is first looked at after its quarter closed, and stays. Pure. What was decided is followed: the same kind of event before and after.
 */
import { countEvents, eventsOf, unsaid, within, type Counted, type CountedEvent } from '#contract/counting.ts'
import { isPublic, publish, smallest, type Cell, type TableKind } from '#contract/disclosure.ts'
import { closingOfQuarter, daysOfQuarter, quarterBefore, quarterOf, schoolWeeks, startOf } from '#contract/periods.ts'
import type { Breaks } from '#contract/settings.ts'
import type { RosDecision, RosMeeting, RosResult, TableName } from '#contract/statistics.ts'
import { dayAt, daysAfter } from '#contract/workdays.ts'
import type { DecisionRow, MeetingRow } from '../queries/ros.ts'
import { freshLot as lot } from './lots.ts'
import { withEmpty } from './universe.ts'

const dayMs = 86_400_000
/** What came after a decision is looked at in blocks of so many days. */
const block = 28
const quartersBack = 4

/** What stays of a page. */
export type SchoolPage = Pick<RosMeeting, 'events' | 'situations' | 'causes' | 'triggers' | 'measures'>

const counted = ({ id, facts, receivedAt, withdrawnAt, event }: MeetingRow): Counted => ({ id, facts, receivedAt: receivedAt.getTime(), withdrawn: withdrawnAt !== null, event })

/** The last four quarters that have closed, the newest first. */
export function closedQuarters(now: number): string[] {
  let quarter = quarterBefore(quarterOf(dayAt(now)))
  if (closingOfQuarter(quarter) > now) quarter = quarterBefore(quarter)
  const list = [quarter]
  while (list.length < quartersBack) list.push(quarterBefore(list.at(-1) ?? ''))
  return list
}

/** Which reports a quarter's page is made from: those that came before it closed. */
export const sourceOf = (quarter: string): { from: Date; until: Date } => ({ from: new Date(startOf(daysOfQuarter(quarter).from)), until: new Date(closingOfQuarter(quarter)) })

const totalOf = (events: readonly CountedEvent[]): Cell => ({ code: 'all', n: countEvents(events), weight: events.length })
/** How many events each code has, and how many tellings. The most frequent first. */
function cellsOf(events: readonly CountedEvent[], codesOf: (event: CountedEvent) => readonly string[]): (Cell & { weight: number })[] {
  const cells = new Map<string, Cell & { weight: number }>()
  for (const event of events) {
    for (const code of new Set(codesOf(event))) {
      const { n, weight } = cells.get(code) ?? { n: 0, weight: 0 }
      cells.set(code, { code, n: n + event.times, weight: weight + 1 })
    }
  }
  return [...cells.values()].toSorted((one, other) => other.n - one.n || (one.code < other.code ? -1 : 1))
}
const protect = (events: readonly CountedEvent[], table: TableName, kind: TableKind, codesOf: (event: CountedEvent) => readonly string[]): RosMeeting['situations'] =>
  (isPublic(totalOf(events)) ? publish(withEmpty(cellsOf(events, codesOf), table), { kind, total: countEvents(events), lot }) : [])

/** A part of a number that is shown, where neither it nor the rest is of a few; else null. */
function partOf(whole: readonly CountedEvent[], part: readonly CountedEvent[]): number | null {
  const rest = { n: countEvents(whole) - countEvents(part), weight: whole.length - part.length }
  return publish([{ ...totalOf(part), code: 'part' }, { ...rest, code: 'rest' }], { kind: 'parts', total: countEvents(whole), lot })[0]?.n ?? null
}

type Kinds = (row: MeetingRow) => readonly string[]
const tried: Kinds = ({ measures }) => (measures ?? []).filter(({ state }) => state !== 'dropped').map(({ kind }) => kind)
const helped: Kinds = ({ measures }) => (measures ?? []).filter(({ state, effect }) => state !== 'dropped' && (effect === 'worked' || effect === 'partly')).map(({ kind }) => kind)

/** A quarter of a school, as it will stand. `rows`: what its leaders and its safety representatives may all read. */
export function schoolPage(rows: readonly MeetingRow[], quarter: string): SchoolPage {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const events = within(eventsOf(rows.map(counted)), daysOfQuarter(quarter))
  const said = (kinds: Kinds) => ({ reports }: CountedEvent) => reports.flatMap((id) => { const row = byId.get(id); return row ? kinds(row) : [] })
  return {
    events: isPublic(totalOf(events)) ? countEvents(events) : null,
    situations: protect(events, 'situation', 'parts', ({ situation }) => [situation]), causes: protect(events, 'cause', 'several', said(({ underlying }) => underlying ?? [])),
    triggers: protect(events, 'trigger', 'several', ({ triggers }) => (triggers.length === 0 ? [unsaid] : triggers)),
    measures: protect(events, 'measure', 'several', said(tried)).map(({ code, n }) => {
      const used = events.filter((event) => said(tried)(event).includes(code))
      return { kind: code, n, worked: n === null ? null : partOf(used, used.filter((event) => said(helped)(event).includes(code))) }
    }),
  }
}

/** Whether an event is of the kind that a decision is about. */
const isAlike = ({ situation, place }: Pick<RosDecision, 'situation' | 'place'>) => (event: CountedEvent): boolean => event.situation === situation && (place === null || event.place === place)

/** The reports of the quarter's events that a decision is about, and how many events, where the page may tell: the situation's row, or a part of it. */
export function ledTo(page: SchoolPage, rows: readonly MeetingRow[], decision: Pick<RosDecision, 'situation' | 'place' | 'quarter'>): { led: number | null; reports: string[] } {
  const events = within(eventsOf(rows.map(counted)), daysOfQuarter(decision.quarter))
  const whole = events.filter(isAlike({ ...decision, place: null }))
  const alike = whole.filter(isAlike(decision))
  const row = page.situations.find(({ code }) => code === decision.situation)?.n ?? null
  return { led: row === null ? null : decision.place === null ? row : partOf(whole, alike), reports: alike.flatMap(({ reports }) => reports) }
}

/** Events in a week, to a tenth. */
export const perWeek = (n: number, weeks: number): number => Math.round((n / weeks) * 10) / 10
/** Whole days from the meeting until now. */
export const daysSince = (metOn: string, now: number): number => Math.max(0, Math.round((Date.parse(dayAt(now)) - Date.parse(metOn)) / dayMs))

/**
 * Alike events in a week since the meeting: at least, and at most. Whole blocks are looked at, and fewer than five new tellings wait until there are five: so two pages that are a
 * month apart do not tell of a few. Undefined while no block is whole, or no school day was in any.
 */
function sinceThen(alike: readonly CountedEvent[], metOn: string, days: number, breaks: Breaks): { least: number; most: number | null } | undefined {
  const blocks = Math.floor(days / block)
  const weeks = schoolWeeks({ from: daysAfter(metOn, 1), to: daysAfter(metOn, 1 + blocks * block) }, breaks)
  if (weeks === 0) return undefined
  let [told, waiting, waitingTellings] = [0, 0, 0]
  for (let nth = 0; nth < blocks; nth += 1) {
    const events = within(alike, { from: daysAfter(metOn, 1 + nth * block), to: daysAfter(metOn, 1 + (nth + 1) * block) })
    waiting += countEvents(events)
    waitingTellings += events.length
    if (waitingTellings >= smallest) [told, waiting, waitingTellings] = [told + waiting, 0, 0]
  }
  return { least: perWeek(told, weeks), most: waiting < smallest ? perWeek(told + smallest - 1, weeks) : null }
}

/** What became of a decision: alike events in a school week before it and since. */
export function resultOf({ id, unit, content, doneOn, led }: DecisionRow, since: readonly CountedEvent[], now: number, breaks: Breaks): RosResult {
  const days = daysSince(content.metOn, now)
  const after = sinceThen(since.filter(isAlike(content)), content.metOn, days, breaks)
  return { ...content, id, unit, doneOn, led, days, ledPerWeek: led === null ? null : perWeek(led, schoolWeeks(daysOfQuarter(content.quarter), breaks)), sinceLeast: after?.least ?? null, sinceMost: after?.most ?? null }
}

interface Page { unit: string; unitName: string; quarter: string; now: number; mayDecide: boolean; page: SchoolPage; before: SchoolPage; sinceRows: readonly MeetingRow[]; decisions: readonly DecisionRow[]; breaks: Breaks }
/** The whole page: what stays, beside the same months a year before, and what became of decisions. */
export function meetingPage({ unit, unitName, quarter, now, mayDecide, page, before, sinceRows, decisions, breaks }: Page): RosMeeting {
  const since = eventsOf(sinceRows.map(counted))
  return {
    asOf: new Date(now).toISOString(), unit, unitName, quarter, quarters: closedQuarters(now), ...page, eventsBefore: before.events, situationsBefore: before.situations,
    results: decisions.map((row) => resultOf(row, since, now, breaks)), mayDecide,
  }
}
