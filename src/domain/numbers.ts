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
/** What there is most of; undefined when that is none, or two alike. What nobody said is not an answer. */
export function mostOf(cells: readonly NumberCell[], unsaid: string): { code: string; n: number } | undefined {
  const [first, second] = cells.flatMap(({ code, n }) => (n === null || n === 0 || code === unsaid ? [] : [{ code, n }])).toSorted((one, other) => other.n - one.n)
  return first && first.n !== second?.n ? first : undefined
}

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

interface ClosedMonth { month: string; columns: readonly NumberCell[] }
export interface ClosedYear { year: number; from: string; to: string; isWhole: boolean; isAtLeast: boolean; violence: number | null; threats: number | null }
/** Closed months as calendar years in Bergen's columns. `isAtLeast`: a month of it is hidden, so the sum is the least it can be; null when all of them are. */
export function closedYears(months: readonly ClosedMonth[]): ClosedYear[] {
  const byYear = new Map<number, ClosedMonth[]>()
  for (const one of months) byYear.set(Number(one.month.slice(0, 4)), [...byYear.get(Number(one.month.slice(0, 4))) ?? [], one])
  return [...byYear].toSorted(([one], [other]) => one - other).map(([year, list]) => {
    const sorted = list.map(({ month }) => month).toSorted()
    const shown = (column: string) => list.map(({ columns }) => columns.find(({ code }) => code === column)?.n)
    const sum = (column: string) => (shown(column).every((n) => typeof n !== 'number') ? null : shown(column).reduce<number>((all, n) => all + (n ?? 0), 0))
    const isAtLeast = [...shown('violence'), ...shown('threats')].includes(null) || list.some(({ columns }) => columns.length === 0)
    return { year, from: sorted[0] ?? '', to: sorted.at(-1) ?? '', isWhole: list.length === monthsIn({ from: `${year}-01-01`, to: `${year + 1}-01-01` }).length, isAtLeast, violence: sum('violence'), threats: sum('threats') }
  })
}

interface WithTables { tables: readonly { table: string; cells: readonly NumberCell[] }[] }
export const cellsOf = ({ tables }: WithTables, table: string): readonly NumberCell[] => tables.find((one) => one.table === table)?.cells ?? []
const byNumbers = new Intl.Collator('nb', { numeric: true })
/** By their codes, and last what nobody said. */
export const inOrder = (cells: readonly NumberCell[], unsaid: string): NumberCell[] =>
  cells.toSorted((one, other) => Number(one.code === unsaid) - Number(other.code === unsaid) || byNumbers.compare(one.code, other.code))
