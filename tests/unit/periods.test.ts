/** The calendar of statistics: the school's own clock, also in the nights when it is changed, and months that close for good. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closingOf, closingOfQuarter, daysOfMonth, daysOfQuarter, localTime, monthAfter, monthOf, monthsOfQuarter, quarterAfter, quarterBefore, quarterOf, schoolYearOf, spanOf, startOf, weekOf, weekdayOf } from '#contract/periods.ts'
import { dayAt, daysAfter } from '#contract/workdays.ts'

const at = (iso: string) => localTime(Date.parse(iso))
const moments = fc.integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2035-01-01T00:00:00Z') })
const days = moments.map((time) => dayAt(time))

describe('the clock on the school’s wall', () => {
  it('has no hour from two to three in the night when summer begins', () => {
    expect([at('2026-03-29T00:59:59Z'), at('2026-03-29T01:00:00Z')].map(({ hour }) => hour)).toEqual([1, 3])
  })
  it('has that hour twice in the night when summer ends', () => {
    expect([at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z'), at('2026-10-25T02:30:00Z')].map(({ hour }) => hour)).toEqual([2, 2, 3])
  })
  it('says which day it is, though it is another elsewhere', () => {
    expect([at('2026-11-22T23:30:00Z'), at('2026-06-30T22:30:00Z')]).toEqual([{ day: '2026-11-23', hour: 0, weekday: 1 }, { day: '2026-07-01', hour: 0, weekday: 3 }])
  })
  it('agrees with the language’s own for any moment', () => {
    const spoken = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short', timeStyle: 'short' })
    fc.assert(fc.property(moments, (time) => {
      const { day, hour } = localTime(time)
      expect(`${day} ${String(hour).padStart(2, '0')}`).toBe(spoken.format(time).slice(0, 13))
    }), { numRuns: 500 })
  })
  it('begins each day at midnight', () => {
    fc.assert(fc.property(days, (day) => { expect([localTime(startOf(day)), dayAt(startOf(day) - 1)]).toMatchObject([{ day, hour: 0 }, daysAfter(day, -1)]) }), { numRuns: 300 })
  })
})

describe('weeks', () => {
  it('are those of ISO 8601 where a year ends', () => {
    expect(['2020-12-31', '2021-01-01', '2021-01-03', '2021-01-04', '2024-12-30', '2026-12-31', '2027-01-01', '2027-01-04'].map(weekOf)).toEqual(['2020-W53', '2020-W53', '2020-W53', '2021-W01', '2025-W01', '2026-W53', '2026-W53', '2027-W01'])
  })
  it('have seven days from Monday on', () => {
    fc.assert(fc.property(days, (day) => {
      const monday = daysAfter(day, 1 - weekdayOf(day))
      expect(new Set(Array.from({ length: 7 }, (_, nth) => weekOf(daysAfter(monday, nth))))).toEqual(new Set([weekOf(day)]))
      expect(weekOf(daysAfter(monday, 7))).not.toBe(weekOf(day))
    }), { numRuns: 300 })
  })
})

describe('months and quarters', () => {
  it('share out every day: each lies in the days of its own month and its own quarter', () => {
    fc.assert(fc.property(days, (day) => {
      const [month, quarter] = [daysOfMonth(monthOf(day)), daysOfQuarter(quarterOf(day))]
      expect([month.from <= day, day < month.to, quarter.from <= day, day < quarter.to]).toEqual([true, true, true, true])
      expect(monthsOfQuarter(quarterOf(day))).toContain(monthOf(day))
    }), { numRuns: 500 })
  })
  it('follow each other without a gap; July lies in June', () => {
    let month = '2020-08'
    for (let nth = 0; nth < 60; nth += 1) {
      expect(daysOfMonth(month).to).toBe(daysOfMonth(monthAfter(month)).from)
      month = monthAfter(month)
    }
    expect([monthOf('2026-07-31'), monthAfter('2026-06'), daysOfMonth('2026-06')]).toEqual(['2026-06', '2026-08', { from: '2026-06-01', to: '2026-08-01' }])
  })
  it('are those of the school year', () => {
    expect(['2026-08-01', '2026-11-01', '2027-01-31', '2027-02-01', '2027-07-31'].map(quarterOf)).toEqual(['2026-1', '2026-2', '2026-2', '2026-3', '2026-4'])
    expect([quarterAfter('2026-4'), quarterBefore('2026-1'), schoolYearOf('2027-07-31'), schoolYearOf('2027-08-01')]).toEqual(['2027-1', '2025-4', 2026, 2027])
    expect([monthsOfQuarter('2026-2'), monthsOfQuarter('2026-4')]).toEqual([['2026-11', '2026-12', '2027-01'], ['2027-05', '2027-06']])
  })
  it('close ten days after their end, at midnight at the school', () => {
    expect(new Date(closingOf('2026-10')).toISOString()).toBe('2026-11-10T23:00:00.000Z')
    expect(new Date(closingOf('2026-06')).toISOString()).toBe('2026-08-10T22:00:00.000Z')
    expect(closingOfQuarter('2026-1')).toBe(closingOf('2026-10'))
  })
})

describe('what a school looks at', () => {
  it('is beside the same part of the year before', () => {
    const now = Date.parse('2026-11-23T10:00:00Z')
    expect(spanOf('year', now)).toEqual({ span: { from: '2026-08-01', to: '2026-11-24' }, before: { from: '2025-08-01', to: '2025-11-24' } })
    expect(spanOf('last-year', now)).toEqual({ span: { from: '2025-08-01', to: '2026-08-01' }, before: { from: '2024-08-01', to: '2025-08-01' } })
    expect(spanOf('year', Date.parse('2028-02-28T10:00:00Z')).before.to).toBe('2027-03-01')
  })
})
