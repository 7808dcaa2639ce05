/** How a school followed up, counted from what its cases say. */
import { describe, expect, it } from 'vitest'
import { defaultClocks, type Clocks } from '#contract/caseClocks.ts'
import { eventsOf } from '#contract/counting.ts'
import type { StatisticsRow } from '../../server/queries/statistics.ts'
import { countCases, followUpOf, isClosedOnTime } from '../../server/statistics/followUp.ts'
import { countedOf } from '../../server/statistics/school.ts'

const clocks: Clocks = { ...defaultClocks, close: [14, 10, 5] }
const came = Date.parse('2026-11-02T09:00:00+01:00')
const after = (hours: number) => new Date(came + hours * 3_600_000)
const row = (id: string, more: Partial<StatisticsRow> = {}): StatisticsRow => ({
  id, unit: 'u', facts: { occurredAt: '2026-11-02T08:30:00+01:00' }, receivedAt: new Date(came), withdrawnAt: null, event: null, contactedAt: null, answeredAt: null, closedAt: null, level: null, found: null, did: null, helped: null, ros: null, ...more,
})
const casesOf = (rows: StatisticsRow[], table: 'cause' | 'measure') => countCases(eventsOf(rows.map(countedOf)), new Map(rows.map((one) => [one.id, one])), table)

describe('causes and measures', () => {
  it('count an event once in each, however often its cases say it', () => {
    const rows = [row('a', { did: ['extra-adult', 'extra-adult'], found: ['staffing'] }), row('b', { event: 'a', did: ['extra-adult', 'practice'], found: ['staffing', 'ros'] })]
    expect(casesOf(rows.slice(0, 1), 'measure')).toEqual([{ code: 'extra-adult', n: 1 }])
    expect(casesOf(rows, 'measure')).toEqual([{ code: 'extra-adult', n: 1 }, { code: 'practice', n: 1 }])
    expect(casesOf(rows, 'cause')).toEqual([{ code: 'ros', n: 1 }, { code: 'staffing', n: 1 }])
  })
  it('count a collective entry by its number, and a case that says nothing nowhere', () => {
    expect(casesOf([row('a', { facts: { occurredAt: '2026-11-02T08:30:00+01:00', count: 4 }, found: ['staffing'] }), row('b')], 'cause')).toEqual([{ code: 'staffing', n: 4 }])
  })
})

describe('times and shares', () => {
  it('are of those that have them; a clock that runs behind takes no time', () => {
    const { contactHours, answerDays, contacted, answered, ros } = followUpOf([row('a', { contactedAt: after(2), answeredAt: after(48), ros: true }), row('b', { contactedAt: after(-5), ros: false }), row('c')], clocks, came)
    expect({ contactHours, answerDays, contacted, answered, ros }).toEqual({ contactHours: 1, answerDays: 2, contacted: { yes: 2, of: 3 }, answered: { yes: 1, of: 3 }, ros: { yes: 1, of: 2 } })
  })
  it('are none of nothing', () => expect(followUpOf([], clocks, came)).toMatchObject({ contactHours: null, answerDays: null, onTime: { yes: 0, of: 0 } }))
  it('judge closing by the level, to the end of the last day, and not before it is over', () => {
    const grave = { level: 3 } as const
    const lastDay = new Date('2026-11-07T23:00:00+01:00')
    expect(isClosedOnTime(row('a', { ...grave, closedAt: lastDay }), clocks, came)).toBe(true)
    expect(isClosedOnTime(row('a', { ...grave, closedAt: new Date('2026-11-08T00:00:01+01:00') }), clocks, came)).toBe(false)
    expect([isClosedOnTime(row('a', grave), clocks, lastDay.getTime()), isClosedOnTime(row('a', grave), clocks, Date.parse('2026-11-08T08:00:00+01:00'))]).toEqual([undefined, false])
  })
})
