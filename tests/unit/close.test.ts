/** What leaves when a month or a quarter closes: cases that were once told of too few. */
import { describe, expect, it } from 'vitest'
import { defaultClocks } from '#contract/caseClocks.ts'
import type { TownRow } from '../../server/queries/statistics.ts'
import { eventsOfMonth, publishMonth, publishQuarter } from '../../server/statistics/close.ts'

const month = '2026-09'
const at = (day: string, hour = 10) => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+02:00`)
let nth = 0
const row = (more: Partial<TownRow> = {}): TownRow => ({
  id: `r${String(nth += 1).padStart(4, '0')}`, unit: 'X', facts: { occurredAt: at('2026-09-07').toISOString(), types: ['FYS-SLAG'] }, receivedAt: at('2026-09-07', 12), withdrawnAt: null, event: null,
  contactedAt: null, answeredAt: null, closedAt: null, level: null, found: null, did: null, helped: null, ros: null, handedOn: false, apart: false, countedBefore: false, ...more,
})
const rows = (n: number, more: Partial<TownRow> = {}) => Array.from({ length: n }, () => row(more))
const everywhere = (n: number, more: Partial<TownRow> = {}) => ['X', 'Y', 'Z'].flatMap((unit) => rows(n, Object.assign({}, more, { unit })))
const shown = (list: readonly TownRow[], together: string[][] = []) => publishMonth(month, eventsOfMonth(list, month).events, together)
const quarterOf = (list: readonly TownRow[], units = ['X', 'Y', 'Z']) => {
  const { events } = eventsOfMonth(list, month)
  return publishQuarter('2026-1', events, { months: [publishMonth(month, events, [])], byId: new Map(list.map((one) => [one.id, one])), clocks: defaultClocks, units, posts: new Map(), together: [] })
}

describe('a month', () => {
  it('does not tell a leader of what is about her: she reads what is confidential at her school', () => {
    expect(shown([...rows(30), ...rows(5, { apart: true }), row({ apart: true, handedOn: true })]).events).toBeNull()
    expect(shown([...rows(5), ...rows(4, { apart: true }), row({ unit: 'Y' })]).events).toBeNull()
  })
  it('does not call two who tell of many a crowd', () => {
    expect(shown([row({ facts: { occurredAt: at('2026-09-07').toISOString(), count: 20 } }), row({ unit: 'Y', facts: { occurredAt: at('2026-09-07').toISOString(), count: 9 } })])).toMatchObject({ events: null, reports: null })
  })
  it('does not tell whoever looks after two schools of the third', () => {
    const list = [...rows(10), ...rows(10, { unit: 'Y' }), ...rows(3, { unit: 'Z' })]
    expect([shown(list).events, shown(list, [['X', 'Y']]).events]).toEqual([23, null])
  })
})

describe('what a month counts', () => {
  it('is what had happened by its end, whenever it was told; the rest waits', () => {
    const late = row({ facts: { occurredAt: at('2026-05-02').toISOString() } })
    const next = row({ facts: { occurredAt: at('2026-10-02').toISOString() }, receivedAt: at('2026-10-03') })
    const { events, ids } = eventsOfMonth([...rows(2), late, next], month)
    expect([events.length, ids.includes(late.id), ids.includes(next.id)]).toEqual([3, true, false])
  })
  it('is nothing twice: another telling of what was counted is remembered, not counted', () => {
    const again = row({ countedBefore: true })
    const { events, ids } = eventsOfMonth([row(), again], month)
    expect([events.length, ids.includes(again.id)]).toEqual([1, true])
  })
  it('is the other telling when the first was withdrawn before anybody counted it', () => {
    const first = row({ withdrawnAt: at('2026-09-08') })
    const second = row({ event: first.id })
    const { events, ids } = eventsOfMonth([first, second], month)
    expect([events.map(({ reports }) => reports), ids]).toEqual([[[second.id]], [second.id]])
  })
})

describe('a quarter', () => {
  it('has all shares of the same whole, so that their difference tells of nobody', () => {
    const closed = { contactedAt: at('2026-09-08'), answeredAt: at('2026-09-09') }
    const list = [...everywhere(12, { ...closed, ros: true }), ...everywhere(8, { ros: false }), ...everywhere(1, { ros: null })]
    const { followUp } = quarterOf(list).town
    expect([followUp.contacted, followUp.ros, followUp.onTime.of]).toEqual([{ yes: 36, of: 63 }, { yes: 36, of: 63 }, 63])
  })
  it('tells where a measure helped only when the rest is not of a few', () => {
    const list = [...everywhere(12, { did: ['extra-adult', 'relief'], helped: ['extra-adult', 'relief'] }), ...everywhere(6, { did: ['extra-adult'] }), ...everywhere(1, { did: ['relief'] })]
    const worked = (code: string) => quarterOf(list).town.tables.find(({ table }) => table === 'worked')?.cells.find((cell) => cell.code === code)?.n
    // A large one may be hidden by lot, now and then; one of a few always is.
    const [large, small] = [new Set(Array.from({ length: 60 }, () => worked('extra-adult'))), new Set(Array.from({ length: 60 }, () => worked('relief')))]
    expect([large.has(36), [...large].every((n) => n === 36 || n === null), [...small]]).toEqual([true, true, [null]])
  })
  it('marks a school that has half as many again as its size would have, shown or not, and no school of an even town', () => {
    const much = (list: TownRow[]) => quarterOf(list).schools.cells.filter((cell) => cell.much).map(({ code }) => code)
    expect(much([...rows(60), ...rows(8, { unit: 'Y' }), ...rows(7, { unit: 'Z' })])).toEqual(['X'])
    expect(much(everywhere(30))).toEqual([])
  })
})
