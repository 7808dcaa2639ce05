/** What a risk meeting's page holds, and what became of what it decided. */
import { describe, expect, it } from 'vitest'
import { eventsOf } from '#contract/counting.ts'
import { daysOfQuarter, schoolWeeks } from '#contract/periods.ts'
import { defaultBreaks } from '#contract/settings.ts'
import { daysAfter } from '#contract/workdays.ts'
import type { DecisionRow, MeetingRow } from '../../server/queries/ros.ts'
import { closedQuarters, ledTo, resultOf, schoolPage } from '../../server/statistics/meeting.ts'

const quarter = '2025-1'
let nth = 0
const row = (day: string, more: Partial<MeetingRow['facts']> = {}, measures: MeetingRow['measures'] = null): MeetingRow => ({
  id: `r${String(nth += 1).padStart(4, '0')}`, facts: { occurredAt: `${day}T10:00:00+02:00`, situation: 'transition', ...more }, receivedAt: new Date(`${day}T12:00:00+02:00`), withdrawnAt: null, event: null, underlying: null, measures,
})
const times = <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make)
const decided = (more: Partial<DecisionRow> = {}): DecisionRow => ({
  id: 'd', unit: 'u', doneOn: null, led: 24, isWithdrawn: false, createdAt: new Date(), ...more,
  content: { quarter, metOn: '2026-01-12', situation: 'transition', place: null, likelihood: 3, consequence: 3, cause: null, measure: 'extra-adult', owner: 'leader', due: '2026-02-01', ...more.content },
})
const resultAt = (day: string, rows: MeetingRow[], row_ = decided()) => resultOf(row_, eventsOf(rows.map(({ id, facts, receivedAt }) => ({ id, facts, receivedAt: receivedAt.getTime(), withdrawn: false, event: null }))), Date.parse(`${day}T12:00:00+01:00`), defaultBreaks)

describe('the page', () => {
  it('tells where a measure helped only when neither that nor the rest is of a few', () => {
    const measure = (effect: 'worked' | null) => [{ id: 'm', kind: 'extra-adult' as const, state: 'done' as const, effect }]
    const list = (worked: number, not: number) => [...times(worked, () => row('2025-09-10', {}, measure('worked'))), ...times(not, () => row('2025-09-11', {}, measure(null)))]
    // The row itself may be hidden by lot, now and then.
    const shown = (rows: MeetingRow[]) => new Set(Array.from({ length: 60 }, () => schoolPage(rows, quarter).measures.find(({ kind }) => kind === 'extra-adult')?.worked))
    expect([shown(list(12, 8)).has(12), [...shown(list(18, 2))]]).toEqual([true, [null]])
  })
  it('does not call a collective entry a crowd', () => expect(schoolPage([row('2025-09-10', { count: 30 }), row('2025-09-11')], quarter).events).toBeNull())
  it('is of the last quarters that have closed, ten days after their end', () => {
    expect(closedQuarters(Date.parse('2025-11-05T12:00:00+01:00'))[0]).toBe('2024-4')
    expect(closedQuarters(Date.parse('2025-11-12T12:00:00+01:00'))).toEqual(['2025-1', '2024-4', '2024-3', '2024-2'])
  })
})

describe('what led to a decision', () => {
  const rows = [...times(30, () => row('2025-09-10', { place: 'corridor' })), ...times(3, () => row('2025-09-10', { place: 'gym' })), ...times(40, () => row('2025-09-10', { situation: 'lesson' })), row('2025-09-10', { situation: 'meal' })]
  const page = { events: 74, situations: [{ code: 'transition', n: 33 }, { code: 'lesson', n: null }], causes: [], triggers: [], measures: [] }
  const led = (decision: Partial<DecisionRow['content']>) => ledTo(page, rows, { quarter, situation: 'transition', place: null, ...decision })
  it('is what the page shows, never what it hides', () => expect([led({}).led, led({ situation: 'lesson' }).led, led({ situation: 'lesson' }).reports.length]).toEqual([33, null, 40]))
  it('is not told for one place when the other places would be told by it', () => expect([led({ place: 'corridor' }).led, led({ place: 'gym' }).led]).toEqual([null, null]))
})

describe('what became of it', () => {
  it('is reckoned in school weeks: holidays do not make anything fall', () => {
    expect(schoolWeeks({ from: '2026-06-20', to: '2026-08-17' }, defaultBreaks)).toBe(0)
    expect(schoolWeeks(daysOfQuarter('2025-4'), defaultBreaks)).toBeLessThan(8)
    // Easter is everybody's; the weeks of autumn and winter are the municipality's own.
    expect(schoolWeeks({ from: '2026-03-30', to: '2026-04-13' }, defaultBreaks)).toBe(0.8)
    const [bergen, elsewhere] = [schoolWeeks({ from: '2026-02-16', to: '2026-03-02' }, defaultBreaks), schoolWeeks({ from: '2026-02-16', to: '2026-03-02' }, { autumn: 40, winter: 6 })]
    expect([bergen, elsewhere]).toEqual([1, 2])
    const summer = decided({ content: { metOn: '2026-06-15' } as DecisionRow['content'] })
    expect(resultAt('2026-08-15', times(6, () => row('2026-06-17')), summer)).toMatchObject({ sinceLeast: 7.5, ledPerWeek: 2.4 })
  })
  it('says nothing before four weeks have passed', () => expect(resultAt('2026-02-08', times(9, () => row('2026-01-20')))).toMatchObject({ sinceLeast: null, sinceMost: null }))
  it('has few at most, however few: what helped is seen to have helped', () => expect(resultAt('2026-06-01', [row('2026-02-03')])).toMatchObject({ ledPerWeek: 2.4, sinceLeast: 0, sinceMost: 0.2 }))
  it('waits with fewer than five new ones, so that two pages do not tell of them', () => {
    const before = times(6, () => row('2026-01-20'))
    const [one, other] = [resultAt('2026-03-10', before), resultAt('2026-03-10', [...before, ...times(4, () => row('2026-02-20'))])]
    expect(other).toEqual(one)
    expect(resultAt('2026-03-10', [...before, ...times(5, () => row('2026-02-20'))]).sinceLeast).toBeGreaterThan(one.sinceLeast ?? 0)
  })
  it('does not follow from day to day, but month by month', () => {
    const rows = times(40, () => row('2026-02-12'))
    expect(resultAt(daysAfter('2026-02-12', 3), rows)).toMatchObject({ sinceLeast: 0 })
  })
})
