/**
 * The calendar of statistics. A school year begins in August; its quarters are Aug–Oct, Nov–Jan, Feb–Apr and May–Jul. June and July are one month: schools are closed in July.
 * A month closes ten days after its end and is never opened again: what is reported later counts in the first month that is still open, as in a ledger. So no number that
 * left the municipality's page once can be told from a later one (security paper 4.6: closed periods). Days are the school's own (workdays.ts). No TypeBox.
 */
import type { Breaks } from './settings.ts'
import { dayAt, daysAfter, endOf, isWorkday, remembered, schoolZone } from './workdays.ts'

const hourMs = 3_600_000
const inZone = new Intl.DateTimeFormat('en-GB', { timeZone: schoolZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' })
const known = new Map<number, LocalTime>()
/** `day` as YYYY-MM-DD, `hour` 0–23, `weekday` 1 (Monday) – 7. */
export interface LocalTime { day: string; hour: number; weekday: number }
/** What the clock on the school's wall says. Right in the nights of daylight saving: Oslo is whole hours from UTC, so an hour is looked up once. */
export function localTime(time: number): LocalTime {
  const nth = Math.floor(time / hourMs)
  const before = known.get(nth)
  if (before) return before
  if (known.size > 50_000) known.clear()
  const parts = new Map(inZone.formatToParts(nth * hourMs).map(({ type, value }) => [type, value]))
  const day = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  const local = { day, hour: Number(parts.get('hour')), weekday: weekdayOf(day) }
  known.set(nth, local)
  return local
}
/** 1 is Monday. */
export const weekdayOf = (day: string): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7 + 1

/** The ISO week of a day, as `2026-W34` (ISO 8601): schools count by it. */
export const weekOf = remembered((day: string): string => {
  const thursday = daysAfter(day, 4 - weekdayOf(day))
  const first = `${thursday.slice(0, 4)}-01-01`
  const nth = Math.floor((Date.parse(`${thursday}T12:00:00Z`) - Date.parse(`${first}T12:00:00Z`)) / (7 * 24 * hourMs)) + 1
  return `${thursday.slice(0, 4)}-W${String(nth).padStart(2, '0')}`
})

/** The month that a day counts in, as `2026-08`; July counts in `2026-06`. */
export const monthOf = (day: string): string => (day.slice(5, 7) === '07' ? `${day.slice(0, 4)}-06` : day.slice(0, 7))
export function monthAfter(month: string): string {
  const [year, nth] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  if (nth === 12) return `${year + 1}-01`
  return `${year}-${String(nth === 6 ? 8 : nth + 1).padStart(2, '0')}`
}
const twoDigits = (n: number) => String(n).padStart(2, '0')
/** The calendar days of a month: the first of it, and the first of the next. */
export const daysOfMonth = (month: string): { from: string; to: string } => ({ from: `${month}-01`, to: `${monthAfter(month)}-01` })

/** The school year that a day lies in, by the year in which it began. */
export const schoolYearOf = (day: string): number => Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) < 8 ? 1 : 0)
/** `2026-1` is August to October 2026, `2026-2` November 2026 to January 2027, and so on. */
export function quarterOf(day: string): string {
  const month = Number(day.slice(5, 7))
  return `${schoolYearOf(day)}-${Math.floor(((month + 4) % 12) / 3) + 1}`
}
export function quarterAfter(quarter: string): string {
  const [year, nth] = [Number(quarter.slice(0, 4)), Number(quarter.slice(5))]
  return nth === 4 ? `${year + 1}-1` : `${year}-${nth + 1}`
}
export function quarterBefore(quarter: string): string {
  const [year, nth] = [Number(quarter.slice(0, 4)), Number(quarter.slice(5))]
  return nth === 1 ? `${year - 1}-4` : `${year}-${nth - 1}`
}
/** The same months of the school year before: what they are compared with, since schools are closed in July. */
export const quarterYearBefore = (quarter: string): string => `${Number(quarter.slice(0, 4)) - 1}${quarter.slice(4)}`
export function daysOfQuarter(quarter: string): { from: string; to: string } {
  const firstOf = (name: string) => {
    const [year, nth] = [Number(name.slice(0, 4)), Number(name.slice(5))]
    const month = 8 + (nth - 1) * 3
    return `${month > 12 ? year + 1 : year}-${twoDigits(month > 12 ? month - 12 : month)}-01`
  }
  return { from: firstOf(quarter), to: firstOf(quarterAfter(quarter)) }
}
/** Its months: three, or two for May to July. */
export function monthsOfQuarter(quarter: string): string[] {
  const { from, to } = daysOfQuarter(quarter)
  const months: string[] = []
  for (let month = monthOf(from); `${month}-01` < to; month = monthAfter(month)) months.push(month)
  return months
}

const isEasterWeek = (day: string): boolean => day.slice(5, 7) >= '03' && day.slice(5, 7) <= '04' && !isWorkday(daysAfter(day, 4 - weekdayOf(day)))
/** A working day outside the holidays that all schools of the country have. Easter week is known by its Thursday. */
const isOpen = remembered((day: string): boolean => {
  const date = day.slice(5)
  return isWorkday(day) && !(date >= '06-20' && date < '08-17') && date <= '12-20' && date >= '01-04' && !isEasterWeek(day)
})
/** Whether schools are open on a day: near enough for a rate. `autumn` and `winter` are the ISO weeks of the municipality's own holidays. */
export const isSchoolDay = (day: string, { autumn, winter }: Breaks): boolean => isOpen(day) && ![autumn, winter].includes(Number(weekOf(day).slice(6)))
/** School weeks from a day to before another: five school days each. */
export function schoolWeeks({ from, to }: { from: string; to: string }, breaks: Breaks): number {
  let days = 0
  for (let day = from; day < to; day = daysAfter(day, 1)) if (isSchoolDay(day, breaks)) days += 1
  return days / 5
}

/** Midnight at the school when a day begins, in milliseconds. */
export const startOf = (day: string): number => endOf(daysAfter(day, -1))
export const closingDays = 10
/** When a month is counted for good, in milliseconds. */
export const closingOf = (month: string): number => endOf(daysAfter(daysOfMonth(month).to, closingDays - 1))
export const closingOfQuarter = (quarter: string): number => closingOf(monthsOfQuarter(quarter).at(-1) ?? '')

/** What a school may look at: exact numbers, so any period will do; these are the ones that people ask for. `now` is milliseconds. Days; `to` is the first day after. */
export const schoolPeriods = ['quarter', 'year', 'last-year'] as const
export type SchoolPeriod = (typeof schoolPeriods)[number]
export interface Span { from: string; to: string }
/** The span, and the same part of the school year before. */
export function spanOf(period: SchoolPeriod, now: number): { span: Span; before: Span } {
  const tomorrow = daysAfter(dayAt(now), 1)
  const year = schoolYearOf(dayAt(now))
  const yearBack = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4) === '-02-29' ? '-03-01' : day.slice(4)}`
  const span = period === 'last-year' ? { from: `${year - 1}-08-01`, to: `${year}-08-01` } : { from: period === 'year' ? `${year}-08-01` : daysAfter(tomorrow, -91), to: tomorrow }
  return { span, before: { from: yearBack(span.from), to: yearBack(span.to) } }
}
