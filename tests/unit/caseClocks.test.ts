// @vitest-environment node
/** Working days against the calendar that hangs on the wall, the nights when the clock is turned, and what a case waits for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultClocks, dueOf, type Clocks } from '#contract/caseClocks.ts'
import { fold, newCase, step, type Act } from '#contract/caseMachine.ts'
import type { CaseStatus } from '#contract/caseStatus.ts'
import { dayAt, daysAfter, endOf, isWorkday, workdayAfter } from '#contract/workdays.ts'
import { act, anyGround, anyHistory, calm, cases, grave, preparation, vera } from './support/caseActs.ts'

/** The public holidays of Norway as printed, Sundays too. */
const holidays = `
2024-01-01 2024-03-28 2024-03-29 2024-03-31 2024-04-01 2024-05-01 2024-05-09 2024-05-17 2024-05-19 2024-05-20 2024-12-25 2024-12-26
2025-01-01 2025-04-17 2025-04-18 2025-04-20 2025-04-21 2025-05-01 2025-05-17 2025-05-29 2025-06-08 2025-06-09 2025-12-25 2025-12-26
2026-01-01 2026-04-02 2026-04-03 2026-04-05 2026-04-06 2026-05-01 2026-05-14 2026-05-17 2026-05-24 2026-05-25 2026-12-25 2026-12-26
2027-01-01 2027-03-25 2027-03-26 2027-03-28 2027-03-29 2027-05-01 2027-05-06 2027-05-16 2027-05-17 2027-12-25 2027-12-26
2028-01-01 2028-04-13 2028-04-14 2028-04-16 2028-04-17 2028-05-01 2028-05-17 2028-05-25 2028-06-04 2028-06-05 2028-12-25 2028-12-26
2029-01-01 2029-03-29 2029-03-30 2029-04-01 2029-04-02 2029-05-01 2029-05-10 2029-05-17 2029-05-20 2029-05-21 2029-12-25 2029-12-26
2030-01-01 2030-04-18 2030-04-19 2030-04-21 2030-04-22 2030-05-01 2030-05-17 2030-05-30 2030-06-09 2030-06-10 2030-12-25 2030-12-26
`.trim().split(/\s+/)
const allDays = Array.from({ length: 2557 }, (_, nth) => new Date(Date.UTC(2024, 0, 1 + nth)).toISOString().slice(0, 10))

describe('working days', () => {
  it('are all days from 2024 to 2030 but weekends and what the calendar shows in red', () => {
    expect(allDays.at(-1)).toBe('2030-12-31')
    const free = new Set(holidays)
    const wrong = allDays.filter((day) => isWorkday(day) !== (!free.has(day) && ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())))
    expect(wrong).toEqual([])
  })

  it('are counted past Easter, the days in May and Christmas', () => {
    const counted: [string, number, string][] = [
      ['2026-04-01', 1, '2026-04-07'], ['2026-04-01', 0, '2026-04-01'], ['2026-04-02', 0, '2026-04-07'], ['2026-05-13', 1, '2026-05-15'], ['2026-04-30', 1, '2026-05-04'],
      ['2027-05-14', 1, '2027-05-18'], ['2026-12-24', 1, '2026-12-28'], ['2026-12-31', 1, '2027-01-04'], ['2026-11-27', 1, '2026-11-30'], ['2026-11-28', 0, '2026-11-30'], ['2026-11-28', 1, '2026-11-30'],
      ['2026-11-23', 5, '2026-11-30'], ['2028-02-28', 2, '2028-03-01'],
    ]
    for (const [from, n, until] of counted) expect(workdayAfter(from, n), `${from} + ${n}`).toBe(until)
  })

  it('come always later with more of them, and always on a working day', () => {
    fc.assert(fc.property(fc.constantFrom(...allDays.filter((day) => day < '2030-09')), fc.integer({ min: 0, max: 60 }), (day, n) => {
      const at = workdayAfter(day, n)
      expect(isWorkday(at)).toBe(true)
      expect(at >= day).toBe(true)
      expect(allDays.filter((one) => one > day && one <= at && isWorkday(one)).length).toBe(n === 0 && !isWorkday(day) ? 1 : n)
      expect(workdayAfter(day, n + 1) > at || !isWorkday(day)).toBe(true)
    }))
  })
})

describe('a day at the school', () => {
  it('begins and ends at its own midnight, winter and summer, whatever the clock of the machine is set to', () => {
    expect(['2026-11-23T22:59:59.999Z', '2026-11-23T23:00:00Z', '2026-07-01T21:59:59.999Z', '2026-07-01T22:00:00Z'].map((at) => dayAt(Date.parse(at)))).toEqual(['2026-11-23', '2026-11-24', '2026-07-01', '2026-07-02'])
    expect(['2026-11-23', '2026-07-01', '2026-12-31'].map((day) => new Date(endOf(day)).toISOString())).toEqual(['2026-11-23T23:00:00.000Z', '2026-07-01T22:00:00.000Z', '2026-12-31T23:00:00.000Z'])
  })

  it('is 23 and 25 hours long when the clock is turned', () => {
    const hours = (day: string) => (endOf(day) - endOf(daysAfter(day, -1))) / 3_600_000
    for (const [spring, autumn] of [['2024-03-31', '2024-10-27'], ['2025-03-30', '2025-10-26'], ['2026-03-29', '2026-10-25'], ['2027-03-28', '2027-10-31'], ['2028-03-26', '2028-10-29'], ['2029-03-25', '2029-10-28'], ['2030-03-31', '2030-10-27']] as const) {
      expect([hours(spring), hours(autumn), hours(daysAfter(spring, 1)), hours(daysAfter(autumn, -1))], spring).toEqual([23, 25, 24, 24])
    }
  })

  it('ends where the next one begins, for every day there is', () => {
    for (const day of allDays) expect([dayAt(endOf(day) - 1), dayAt(endOf(day))]).toEqual([day, daysAfter(day, 1)])
  })
})

/** Monday 23 November 2026, 11:15 at the school. */
const receivedAt = '2026-11-23T10:15:00.000Z'
const waits = (status: CaseStatus, ground = calm, at = receivedAt, clocks: Clocks = defaultClocks) => dueOf(status, { ...ground, receivedAt: at }, clocks).map((due) => `${due.what} ${dayAt(Date.parse(due.at) - 1)}`)
const from = (...acts: Act[]) => fold(acts, calm)

describe('what a case waits for', () => {
  it('is everything when it is new, the soonest first, by how grave it is', () => {
    expect(waits(newCase())).toEqual(['open 2026-11-24', 'contact 2026-11-26', 'measures 2026-11-30', 'answer 2026-11-30', 'close 2026-12-07'])
    expect(waits(newCase(), grave)).toEqual(['contact 2026-11-23', 'open 2026-11-24', 'measures 2026-11-30', 'answer 2026-11-30', 'close 2026-12-23'])
    expect(waits(newCase(), { ...calm, severity: null })).toEqual(['open 2026-11-24', 'contact 2026-11-24', 'measures 2026-11-30', 'answer 2026-11-30', 'close 2026-12-23'])
    expect(waits(newCase(), grave, '2026-11-23T23:30:00.000Z')[0]).toBe('contact 2026-11-24')
    expect(waits(newCase(), grave, '2026-04-02T08:00:00.000Z')).toContain('contact 2026-04-07')
  })

  it('grows shorter with what is done', () => {
    expect(waits(from(act('opened')))).toEqual(['contact 2026-11-26', 'measures 2026-11-30', 'answer 2026-11-30', 'close 2026-12-07'])
    expect(waits(from(act('contact', { way: 'tried' })))).toContain('contact 2026-11-26')
    expect(waits(from(...preparation()))).toEqual(['answer 2026-11-30', 'close 2026-12-07'])
    expect(waits(from(act('contact'), act('answer'), act('no-measure')))).toEqual(['close 2026-12-07'])
  })

  it('is a measure again when the only one was dropped', () => {
    expect(waits(from(...preparation(), act('measure-state', { state: 'dropped' })))).toContain('measures 2026-11-30')
  })

  it('is a second person when it is closed by one, also if it is not held for grave any more, and then the effect', () => {
    const { verify } = cases()
    expect([waits(verify, grave), waits(verify, calm)]).toEqual([['sign 2026-11-30'], ['sign 2026-11-30']])
    const signed = step(verify, act('sign', {}, { part: 'guardian', author: vera }), grave).status
    const after = (effect?: 'worked') => waits(step(signed, act('measure-state', { state: 'done', ...(effect && { effect }) }), grave).status, grave)
    expect([waits(signed, grave), after(), after('worked')]).toEqual([[], ['effect 2027-01-04'], []])
  })

  it('is a new answer, from then, when it is opened again', () => {
    const closed = from(...preparation(), act('close'))
    const opened = step(closed, act('reopen', {}, { part: 'reporter', at: '2026-12-02T08:00:00.000Z' }), calm).status
    expect([waits(closed), waits(opened)]).toEqual([[], ['answer 2026-12-09', 'close 2026-12-16']])
    expect(waits(step(opened, act('answer', {}, { at: '2026-12-02T09:30:00+01:00' }), calm).status)).toEqual(['close 2026-12-16'])
  })

  it('is nothing when it is withdrawn', () => {
    expect(waits(from(act('withdrawal')))).toEqual([])
  })

  it('always ends with a day at the school, in order, and closes with the case', () => {
    const days = (most: number) => fc.integer({ min: 0, max: most })
    const clocks: fc.Arbitrary<Clocks> = fc.record({
      open: days(20), contact: fc.tuple(days(20), days(20), days(20)), measures: days(60), answer: days(90), close: fc.tuple(days(365), days(365), days(365)), sign: days(60), effect: days(365), escalate: days(60),
    })
    fc.assert(fc.property(anyHistory, anyGround, clocks, fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }), (acts, ground, norm, at) => {
      const status = fold(acts, ground)
      const dues = dueOf(status, { ...ground, receivedAt: at.toISOString() }, norm)
      for (const due of dues) expect(Date.parse(due.at)).toBe(endOf(dayAt(Date.parse(due.at) - 1)))
      expect(dues.map((due) => due.at)).toEqual(dues.map((due) => due.at).toSorted())
      const isOpen = status.state !== 'closed' && status.state !== 'verify' && status.withdrawnAt === null
      expect(dues.some(({ what }) => what === 'close')).toBe(isOpen)
      if (!isOpen) expect(dues.every(({ what }) => what === 'sign' || what === 'effect')).toBe(true)
    }))
  })
})
