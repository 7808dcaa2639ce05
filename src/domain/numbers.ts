/** The raw material of what screens say about numbers: rows that nothing is missing from, what there is most of, and one's own reports as they are counted. Pure. */
import { countBy, countEvents, countReports, eventsOf, within, type Counted } from '#contract/counting.ts'
import { daysOfMonth, localTime, monthAfter, monthOf, schoolYearOf, weekOf, type Span } from '#contract/periods.ts'
import { daysAfter } from '#contract/workdays.ts'
import type { ReportView } from './model.ts'

/** A number of null is hidden. */
export interface NumberCell { code: string; n: number | null }
/** With fewer than this there are numbers, but nothing to read from them. */
export const enoughForTrend = 5

export function monthsIn({ from, to }: Span): string[] {
  const months: string[] = []
  for (let month = monthOf(from); daysOfMonth(month).from < to; month = monthAfter(month)) months.push(month)
  return months
}
export function weeksIn({ from, to }: Span): string[] {
  const weeks = new Set<string>()
  for (let day = from; day < to; day = daysAfter(day, 7)) weeks.add(weekOf(day))
  return [...weeks.add(weekOf(daysAfter(to, -1)))]
}
export const yearOn = (month: string): string => `${Number(month.slice(0, 4)) + 1}${month.slice(4)}`

/** A number for each code, zero where there is no row. */
export const filled = (codes: readonly string[], cells: readonly NumberCell[]): NumberCell[] => {
  const known = new Map(cells.map(({ code, n }) => [code, n]))
  return codes.map((code) => ({ code, n: known.has(code) ? known.get(code) ?? null : 0 }))
}
/** Fewer than this is not "most" of anything. */
const enoughForMost = 3
/** What there is most of; undefined when that is few, or two alike. What nobody said is not an answer. */
export function mostOf(cells: readonly NumberCell[], unsaid: string): { code: string; n: number } | undefined {
  const [first, second] = cells.flatMap(({ code, n }) => (n === null || n === 0 || code === unsaid ? [] : [{ code, n }])).toSorted((one, other) => other.n - one.n)
  return first && first.n >= enoughForMost && first.n !== second?.n ? first : undefined
}

/**
 * What there is most of in a table where numbers may be hidden. `isSure`: no hidden one can be larger. `whole`: what the rows of a table of parts add up to; without it a hidden
 * row may be of any size.
 */
export function mostShown(cells: readonly NumberCell[], unsaid: string, whole?: number): { most: { code: string; n: number } | undefined; isSure: boolean } {
  const most = mostOf(cells, unsaid)
  const hidden = cells.some(({ n }) => n === null)
  const left = whole === undefined ? Number.POSITIVE_INFINITY : whole - cells.reduce((sum, { n }) => sum + (n ?? 0), 0)
  return { most, isSure: !hidden || (most !== undefined && left < most.n) }
}
/** The rows that share the highest number, when they are few enough to be named. */
export function topOf(cells: readonly NumberCell[], few = 3): { codes: string[]; n: number } | undefined {
  const n = Math.max(0, ...cells.map((cell) => cell.n ?? 0))
  const codes = cells.filter((cell) => cell.n === n).map(({ code }) => code)
  return n < enoughForMost || codes.length > few ? undefined : { codes, n }
}
/** A share in whole percent; none and all only when it is none and all. */
export function percentOf(yes: number, of: number): number {
  const rounded = Math.round((100 * yes) / of)
  return yes > 0 && rounded === 0 ? 1 : yes < of && rounded === 100 ? 99 : rounded
}
/** How many have an answer to what the table asks; `total` is all of them. */
export const saidOf = (cells: readonly NumberCell[], unsaid: string, total: number): number => total - (cells.find(({ code }) => code === unsaid)?.n ?? 0)

/** Weekdays and hours from the first to the last with anything in them; Monday to Friday always. */
export function heatOf(cells: readonly NumberCell[]): { days: number[]; hours: number[]; at: (day: number, hour: number) => number } {
  const known = new Map(cells.map(({ code, n }) => [code, n ?? 0]))
  const places = cells.map(({ code }) => code.split('-').map(Number))
  const [first, last] = [Math.min(...places.map(([, hour = 0]) => hour)), Math.max(...places.map(([, hour = 0]) => hour))]
  const lastDay = Math.max(5, ...places.map(([day = 1]) => day))
  return {
    days: Array.from({ length: lastDay }, (_, nth) => nth + 1), hours: cells.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, nth) => first + nth),
    at: (day, hour) => known.get(`${day}-${hour}`) ?? 0,
  }
}

/** One's own report, sent or not. What a leader has linked is not told to whoever reported. */
export function countedOf({ id, savedAt, facts, letters, school }: ReportView): Counted {
  const report = letters.find(({ kind }) => kind === 'report')
  const withdrawn = letters.some(({ kind }) => kind === 'withdrawal') || (school?.withdrawnAt ?? null) !== null
  const receivedAt = report?.receivedAt ?? school?.receivedAt ?? null
  return { id, facts: { ...facts, occurredAt: facts.occurredAt ?? savedAt }, receivedAt: receivedAt === null ? null : Date.parse(receivedAt), withdrawn, event: null }
}

/** `waiting`: of the events in the months, how many wait to be sent. */
export interface OwnNumbers { year: number; reports: number; waiting: number; months: NumberCell[]; types: NumberCell[]; tiles: NumberCell[]; total: number }
/** One's own: the school year so far, and the last twelve months one by one. */
export function ownNumbers(reports: readonly Counted[], now: number): OwnNumbers {
  const today = localTime(now).day
  const tomorrow = daysAfter(today, 1)
  const events = eventsOf(reports)
  const aYear = { from: daysOfMonth(monthAfter(monthOf(`${Number(today.slice(0, 4)) - 1}${today.slice(4, 7)}-01`))).from, to: tomorrow }
  const lately = within(events, aYear)
  const thisYear = within(events, { from: `${schoolYearOf(today)}-08-01`, to: tomorrow })
  return {
    year: countEvents(thisYear), reports: countReports(thisYear), waiting: countEvents(lately.filter(({ receivedAt }) => receivedAt === null)), total: countEvents(lately),
    months: filled(monthsIn(aYear), countBy(lately, 'month')), types: countBy(lately, 'type'), tiles: countBy(lately, 'tile'),
  }
}

/** Null when there is none of them. */
const sumOf = (list: readonly (number | null)[]): number | null => (list.every((n) => n === null) ? null : list.reduce<number>((sum, n) => sum + (n ?? 0), 0))

interface ClosedMonth { month: string; events: number | null; columns: readonly NumberCell[] }
export interface ClosedYear { year: number; from: string; to: string; isWhole: boolean; isAtLeast: boolean; violence: number | null; threats: number | null; undivided: number }
/** Closed months as calendar years in Bergen's columns. A column is null when no month shows it; `undivided`: the events of hidden columns, where the month shows how many it has. `isAtLeast`: a whole month is hidden, so the sum is the least it can be. */
export function closedYears(months: readonly ClosedMonth[]): ClosedYear[] {
  const byYear = new Map<number, ClosedMonth[]>()
  for (const one of months) byYear.set(Number(one.month.slice(0, 4)), [...byYear.get(Number(one.month.slice(0, 4))) ?? [], one])
  return [...byYear].toSorted(([one], [other]) => one - other).map(([year, list]) => {
    const sorted = list.map(({ month }) => month).toSorted()
    const shown = (column: string) => sumOf(list.map(({ columns }) => columns.find(({ code }) => code === column)?.n ?? null))
    const undivided = list.reduce((all, { events, columns }) => all + (events !== null && columns.some(({ n }) => n === null) ? events - (sumOf(columns.map(({ n }) => n)) ?? 0) : 0), 0)
    return {
      year, from: sorted[0] ?? '', to: sorted.at(-1) ?? '', isWhole: list.length === monthsIn({ from: `${year}-01-01`, to: `${year + 1}-01-01` }).length, isAtLeast: list.some(({ events }) => events === null),
      violence: shown('violence'), threats: shown('threats'), undivided,
    }
  })
}

interface WithTables { tables: readonly { table: string; cells: readonly NumberCell[] }[] }
export const cellsOf = ({ tables }: WithTables, table: string): readonly NumberCell[] => tables.find((one) => one.table === table)?.cells ?? []
const byNumbers = new Intl.Collator('nb', { numeric: true })
/** By their codes, and last what nobody said. */
export const inOrder = (cells: readonly NumberCell[], unsaid: string): NumberCell[] =>
  cells.toSorted((one, other) => Number(one.code === unsaid) - Number(other.code === unsaid) || byNumbers.compare(one.code, other.code))
