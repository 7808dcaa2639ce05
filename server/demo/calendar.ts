/** When things happen at a school: on which days, how often by season, and by which hour. Days are the school's own. */
import { isSchoolDay, localTime, schoolYearOf, startOf, weekdayOf } from '#contract/periods.ts'
import { defaultBreaks } from '#contract/settings.ts'
import { daysAfter, isWorkday, workdayAfter } from '#contract/workdays.ts'
import type { Chance } from './random.ts'

const minuteMs = 60_000

/** How much happens in a month against the others: most in late autumn and before Easter, when everybody is tired. */
const season: Readonly<Record<string, number>> = { '08': 0.8, '09': 1.1, '10': 0.95, '11': 1.25, '12': 0.9, '01': 0.85, '02': 1.15, '03': 1.2, '04': 0.85, '05': 0.75, '06': 0.65 }
const weekdays = [1.1, 1, 1, 1.05, 0.85]
/** School days of a year, with the seasons' weights: about what makes a year whole. */
const wholeYear = 187

/** The school days of a time, each with how much of a year's events have happened until its end. */
export interface Days { days: string[]; until: number[]; from: number[] }

/** People dare more and more to report: the end of a time has clearly more reports than its beginning. */
const growth = (nth: number, all: number): number => (all < 2 ? 1 : 0.7 + (0.6 * nth) / (all - 1))

export function daysBetween(from: string, to: string): Days {
  const days: string[] = []
  for (let day = from; day < to; day = daysAfter(day, 1)) if (isSchoolDay(day, defaultBreaks)) days.push(day)
  const [until, starts]: [number[], number[]] = [[], []]
  let sum = 0
  for (const [nth, day] of days.entries()) {
    starts.push(sum)
    sum += ((season[day.slice(5, 7)] ?? 0.8) * (weekdays[weekdayOf(day) - 1] ?? 1) * growth(nth, days.length)) / wholeYear
    until.push(sum)
  }
  return { days, until, from: starts }
}

/** The first and the last of the days of each school year that the time touches. */
export function schoolYearsIn({ days }: Days): { first: number; last: number }[] {
  const years = new Map<number, { first: number; last: number }>()
  for (const [nth, day] of days.entries()) {
    const year = schoolYearOf(day)
    years.set(year, { first: years.get(year)?.first ?? nth, last: nth })
  }
  return [...years.values()]
}
/** How much of a year's events fall on these days, both included. */
export const shareOf = ({ from, until }: Days, first: number, last: number): number => (until[last] ?? 0) - (from[first] ?? 0)

/** One of these days, the busier the likelier. */
export function anyDay({ from, until }: Days, first: number, last: number, chance: Chance): number {
  const wanted = (from[first] ?? 0) + chance.next() * ((until[last] ?? 0) - (from[first] ?? 0))
  let [low, high] = [first, last]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((until[middle] ?? 0) > wanted) high = middle
    else low = middle + 1
  }
  return low
}

/** Lessons before noon and the long break after it have most; the after-school hours have theirs. */
const lessonHours: readonly (readonly [number, number])[] = [[8, 7], [9, 17], [10, 17], [11, 11], [12, 19], [13, 18], [14, 6], [15, 3], [16, 2]]
const afterSchoolHours: readonly (readonly [number, number])[] = [[7, 12], [14, 40], [15, 32], [16, 16]]
/** Minutes after midnight. `around`: where this situation usually is. */
export function anyMinute(chance: Chance, { afterSchool, around }: { afterSchool: boolean; around?: number | undefined }): number {
  if (around === undefined || chance.is(0.3)) return chance.of(afterSchool ? afterSchoolHours : lessonHours) * 60 + chance.whole(0, 59)
  return Math.min(16 * 60 + 50, Math.max(7 * 60 + 30, Math.round(around + chance.normal() * 35)))
}
export const usualMinute = (chance: Chance, afterSchool: boolean): number => chance.of(afterSchool ? afterSchoolHours : lessonHours) * 60 + 30

/** The moment, in milliseconds. No clock is changed on a school day. */
export const momentOf = (day: string, minute: number): number => startOf(day) + minute * minuteMs

/** As a phone writes it: with the offset of the day. */
export function writtenAt(time: number, day: string): string {
  const offset = Math.round((Date.parse(`${day}T00:00:00Z`) - startOf(day)) / 3_600_000)
  return `${new Date(time + offset * 3_600_000).toISOString().slice(0, 19)}+0${offset}:00`
}

/** This moment if somebody is at work then, else some time in the morning of the next working day. */
export function atWork(time: number, chance: Chance): number {
  const { day, hour } = localTime(time)
  if (isWorkday(day) && hour >= 7 && hour < 17) return time
  return momentOf(workdayAfter(day, hour < 7 ? 0 : 1), 7 * 60 + 30 + chance.whole(0, 100))
}
