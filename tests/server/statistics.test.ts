/** Numbers over real PostgreSQL: a school's are what the asker may read, the municipality's are counted once when a period closes. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closingOf, daysOfMonth, monthAfter, monthOf, quarterOf, spanOf, startOf } from '#contract/periods.ts'
import type { SchoolNumbers, Series, TownNumbers } from '#contract/statistics.ts'
import { dayAt, daysAfter } from '#contract/workdays.ts'
import { closePeriods, monthsToClose } from '../../server/statistics/closePeriods.ts'
import { openCaseWorld, type CaseWorld, type Person } from '../support/caseWorld.ts'
import { signedIn } from '../support/deliver.ts'

const solbakken = '0d000000-0000-4000-8000-000000000001'
const fjordsyn = '0d000000-0000-4000-8000-000000000002'
const [hourMs, dayMs] = [3_600_000, 86_400_000]
let world: CaseWorld

const ask = (by: Person, url: string) => world.routes.ask(signedIn(world.idOf(by)), 'GET', url)
const school = async (by: Person, unit = solbakken, period = 'year') => (await ask(by, `/statistics/school?unit=${unit}&period=${period}`)).body as SchoolNumbers
const cells = ({ tables }: { tables: SchoolNumbers['now']['tables'] }, name: string) => Object.fromEntries(tables.find(({ table }) => table === name)?.cells.map(({ code, n }) => [code, n]) ?? [])

/** A report of something that happened then, and came some hours later. */
async function happened(by: Person, at: number, facts: object = {}, lateMs = hourMs): Promise<string> {
  const id = await world.report(by, { tiles: ['hit'], severity: 2, occurredAt: new Date(at).toISOString(), ...facts })
  await world.database.asServer((sql) => sql.query('update report set received_at = $2 where id = $1', [id, new Date(at + lateMs)]))
  return id
}

describe('a school’s numbers', () => {
  beforeAll(async () => {
    world = await openCaseWorld()
    const now = Date.now()
    const [first] = [await happened('kari', now - 3 * dayMs, { types: ['FYS-SLAG', 'TRU-VERB'], place: 'corridor', situation: 'transition', count: 3 })]
    const second = await happened('ola', now - 3 * dayMs, { types: ['FYS-SPARK'] })
    await world.act('rita', second, { what: 'link', to: first ?? '' })
    const withdrawn = await happened('kari', now - 2 * dayMs)
    await world.letter('kari', withdrawn, 'withdrawal')
    await happened('kari', now - 2 * dayMs, { tiles: ['other'], types: ['NEST'] })
    await happened('kari', now - dayMs, { aboutLeader: true, place: 'office' })
    const quiet = await happened('kari', now - dayMs, { place: 'toilet' })
    await world.act('rita', quiet, { what: 'confidential', on: true })
    const handled = await happened('kari', now - dayMs, { situation: 'meal' })
    await world.act('rita', handled, { what: 'contact', on: new Date(now - 20 * hourMs).toISOString(), way: 'talk' })
    await world.act('rita', handled, { what: 'causes', immediate: ['limit'], underlying: ['staffing'] })
    await world.act('rita', handled, { what: 'measure', kind: 'extra-adult', owner: 'Rektor', due: '2026-12-01', shared: true, text: 'Ekstra voksen' })
    await happened('nina', now - dayMs)
  })
  afterAll(() => world.end())

  it('count events and reports apart: collective ones each, linked ones once, withdrawn ones never', async () => {
    const { now } = await school('rita', solbakken, 'quarter')
    // Three of one day told by two, a near miss, a confidential one, one that was followed up.
    expect([now.events, now.reports]).toEqual([6, 5])
    expect(cells(now, 'column')).toEqual({ violence: 5, neither: 1 })
    expect(cells(now, 'type')).toEqual({ 'FYS-SLAG': 3, 'FYS-SPARK': 3, 'TRU-VERB': 3, NEST: 1, unsaid: 2 })
    expect(cells(now, 'nearMiss')).toEqual({ yes: 1, no: 5 })
    expect([cells(now, 'cause'), cells(now, 'measure')]).toEqual([{ staffing: 1 }, { 'extra-adult': 1 }])
    expect(now.followUp.contacted).toEqual({ yes: 1, of: 5 })
  })
  it('tell whether the risk assessment was updated: a measure or the check says so, a dropped measure does not', async () => {
    const now = Date.now()
    const [byMeasure, byCheck, notNeeded, dropped] = [await happened('kari', now - hourMs), await happened('kari', now - hourMs), await happened('kari', now - hourMs), await happened('kari', now - hourMs)]
    const measure = { what: 'measure', kind: 'ros-updated', owner: 'Rektor', due: '2026-12-01', shared: false, text: 'Ny vurdering' } as const
    const check = { what: 'check', check: 'ros', answers: {}, rules: '2026-07-02' } as const
    await world.act('rita', byMeasure, measure)
    await world.act('rita', byMeasure, { ...measure, kind: 'extra-adult' })
    await world.act('rita', byMeasure, { ...measure, kind: 'extra-adult' })
    await world.act('rita', byCheck, { ...check, outcome: 'needed', done: ['look'] })
    await world.act('rita', notNeeded, { ...check, outcome: 'not-needed', done: [] })
    const id = randomUUID()
    await world.act('rita', dropped, measure, id)
    await world.act('rita', dropped, { what: 'measure-state', measure: id, state: 'dropped', text: 'Skal ikke gjøres' })
    const { now: counted } = await school('rita', solbakken, 'quarter')
    expect(counted.followUp.ros).toEqual({ yes: 2, of: 3 })
    expect(cells(counted, 'measure')).toMatchObject({ 'ros-updated': 1, 'extra-adult': 2 })
    for (const one of [byMeasure, byCheck, notNeeded, dropped]) await world.letter('kari', one, 'withdrawal')
    expect((await school('rita', solbakken, 'quarter')).now.events).toBe(6)
  })
  it('of last year have what was told of it this year, and nothing else of this year', async () => {
    const { span } = spanOf('last-year', Date.now())
    const then = startOf(span.to) - 40 * dayMs
    const first = await happened('kari', then, { place: 'gym' })
    const again = await happened('ola', Date.now() - hourMs, { place: 'gym' })
    await world.act('rita', again, { what: 'link', to: first })
    const late = await happened('kari', then + dayMs, { place: 'gym' }, Date.now() - then - 2 * dayMs)
    const { now } = await school('rita', solbakken, 'last-year')
    expect([now.events, now.reports, cells(now, 'place')['gym']]).toEqual([2, 3, 2])
    for (const [by, one] of [['kari', first], ['ola', again], ['kari', late]] as const) await world.letter(by, one, 'withdrawal')
    expect((await school('rita', solbakken, 'last-year')).now.events).toBe(0)
  })
  it('are of what the reader may read: nothing about a leader for her, nothing confidential for the representative', async () => {
    const [leaders, representatives] = [(await school('rita', solbakken, 'quarter')).now, (await school('vera', solbakken, 'quarter')).now]
    expect([leaders.events, cells(leaders, 'place')['toilet'], cells(leaders, 'place')['office']]).toEqual([6, 1, undefined])
    expect([representatives.events, cells(representatives, 'place')['toilet'], cells(representatives, 'place')['office']]).toEqual([6, undefined, 1])
    const both = await world.database.asServer((sql) => sql.query<{ n: number }>('select count(*)::int as n from report where unit = $1 and withdrawn_at is null', [solbakken]))
    expect(both).toEqual([{ n: 6 }])
  })
  it('are told to whoever leads or represents it, and to nobody else', async () => {
    for (const by of ['kari', 'lars', 'hans', 'eva', 'siri'] as const) expect([by, (await ask(by, `/statistics/school?unit=${solbakken}&period=year`)).status]).toEqual([by, 404])
    expect((await ask('rita', `/statistics/school?unit=${fjordsyn}&period=year`)).status).toBe(404)
    expect((await ask('rita', `/statistics/school?unit=${solbakken}&period=ever`)).status).toBe(400)
    expect((await school('lars', fjordsyn, 'quarter')).now.events).toBe(1)
  })
  it('hold no text, no health and no name', async () => {
    expect(JSON.stringify(await school('rita'))).not.toMatch(/injury|reaction|sickLeave|doctor|Kari|Ola|Ekstra voksen/)
  })
})

describe('the municipality’s numbers', () => {
  // The newest month that has closed, so that nothing here hangs on today's date.
  const now = Date.now()
  const month = monthsToClose(now - 200 * dayMs, now).at(-1) ?? ''
  const first = startOf(daysAfter(daysOfMonth(month).from, 3))
  const closedMonths = async () => ((await ask('kari', '/statistics/series')).body as Series).months

  beforeAll(async () => {
    world = await openCaseWorld()
    for (let nth = 0; nth < 14; nth += 1) await happened(nth % 2 === 0 ? 'kari' : 'nina', first + nth * hourMs, { types: [nth < 12 ? 'FYS-SLAG' : 'TRU-VERB'] })
    // Told after the month had closed.
    await happened('kari', first, { types: ['FYS-BITT'] }, closingOf(month) - first + hourMs)
    await closePeriods(world.database, new Date(now))
  })
  afterAll(() => world.end())

  it('are everybody’s by month, with the few hidden beside the many', async () => {
    const [closed] = await closedMonths()
    expect(closed).toMatchObject({ month, events: 14, reports: 14 })
    expect(closed?.closedAt).toBe(new Date(closingOf(month)).toISOString())
    const shown = Object.fromEntries(closed?.columns.map(({ code, n }) => [code, n]) ?? [])
    // Two threats: hidden, and so is what they could be reckoned from.
    expect([shown['threats'], shown['neither']]).toEqual([null, null])
  })
  it('never change once they are closed: not by a withdrawal, a link or a late report; what is late counts in the next month', async () => {
    const before = await closedMonths()
    const [one] = await world.database.asServer((sql) => sql.query<{ id: string }>('select id from report where unit = $1 order by received_at limit 1', [solbakken]))
    await world.letter('kari', one?.id ?? '', 'withdrawal')
    // As if it had come in time and was only written down when the month had been counted: it is not lost.
    const missed = await happened('kari', first + hourMs)
    // Another telling of what was withdrawn after it had been counted: it is not counted again.
    const again = await happened('nina', first + hourMs)
    await world.database.asServer((sql) => sql.query('update report set event = $2 where id = $1', [again, one?.id]))
    await closePeriods(world.database, new Date(now))
    expect(await closedMonths()).toEqual(before)
    const next = monthAfter(month)
    for (let nth = 0; nth < 12; nth += 1) await happened(nth % 2 === 0 ? 'kari' : 'nina', startOf(`${daysOfMonth(next).from.slice(0, 8)}02`) + nth * hourMs)
    await closePeriods(world.database, new Date(closingOf(next) + 1))
    const after = await closedMonths()
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.at(-1)).toMatchObject({ month: next, events: 14 })
    const counted = (await world.database.asServer((sql) => sql.query<{ report: string; month: string }>('select report, month from counted', []))).filter(({ report }) => report === missed || report === again)
    expect(counted.map((row) => row.month)).toEqual([next, next])
  })
  it('keep nothing of a report that is erased but its number', async () => {
    const [gone, kept] = [await happened('kari', now - dayMs), await happened('kari', now - dayMs)]
    const events = [{ reports: [gone, kept], times: 1 }, { reports: [kept], times: 1 }]
    await world.database.asServer((sql) => sql.query("insert into closed_month (tenant, month, events) select tenant, '2019-09', $2::jsonb from unit where id = $1", [solbakken, JSON.stringify(events)]))
    await world.database.asServer((sql) => sql.query('select app.erase_report($1)', [gone]))
    const [row] = await world.database.asServer((sql) => sql.query<{ events: object[] }>("select events from closed_month where month = '2019-09'", []))
    expect(row?.events).toEqual([{ reports: [kept], times: 1 }, { reports: [kept], times: 1 }])
    await world.database.asServer((sql) => sql.query("delete from closed_month where month = '2019-09'", []))
    await world.letter('kari', kept, 'withdrawal')
  })
  it('are counted once, whoever counts', async () => {
    expect(await closePeriods(world.database, new Date(closingOf(monthAfter(month)) + 1))).toBe(0)
  })
  it('are for whoever looks after it, and hold nothing of fewer than five', async () => {
    for (const by of ['kari', 'rita', 'vera', 'lars'] as const) expect([by, (await ask(by, '/statistics/town')).status]).toEqual([by, 404])
    // A whole quarter, long enough ahead.
    await closePeriods(world.database, new Date(closingOf(monthAfter(monthAfter(monthAfter(monthAfter(month))))) + 1))
    for (const by of ['hans', 'eva'] as const) {
      const { status, body } = await ask(by, '/statistics/town')
      const town = body as TownNumbers
      expect([status, town.schools]).toEqual([200, 3])
      const numbers = town.months.flatMap(({ events, reports, columns }) => [events, reports, ...columns.map(({ n }) => n)])
      expect(numbers.filter((n) => n !== null && n < 5)).toEqual([])
      expect(town.quarters).toContain(quarterOf(daysOfMonth(month).from))
      for (const quarter of town.quarters) {
        const { quarter: asked } = (await ask(by, `/statistics/town?quarter=${quarter}`)).body as TownNumbers
        expect(asked?.tables.flatMap((table) => table.cells.map(({ n }) => n)).filter((n) => n !== null && n < 5)).toEqual([])
      }
    }
    expect((await ask('hans', '/statistics/town?quarter=2098-1')).status).toBe(404)
  })
  it('lie in the database as they are shown: row-level security lets nobody else read a quarter', async () => {
    const kinds = async (by: Person) => world.database.asReader({ account: world.idOf(by) }, (sql) => sql.query<{ kind: string }>('select distinct kind from publication order by kind'))
    expect(await kinds('rita')).toEqual([{ kind: 'month' }])
    expect(await kinds('hans')).toEqual([{ kind: 'month' }, { kind: 'quarter' }, { kind: 'schools' }])
    await expect(world.database.asReader({ account: world.idOf('hans') }, (sql) => sql.query('select * from closed_month'))).rejects.toThrow(/permission denied/)
  })
})

it('a day belongs to one month, and July to June', () => {
  expect([monthOf('2026-07-15'), monthOf('2026-06-30'), monthOf(dayAt(startOf('2026-08-01')))]).toEqual(['2026-06', '2026-06', '2026-08'])
})
