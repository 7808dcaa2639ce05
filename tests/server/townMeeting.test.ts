/** The municipality's own meeting: it looks at what was published, decides, and sees later whether that helped. Real PostgreSQL, the API's own routes. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RosDecision } from '#contract/statistics.ts'
import { defaultSettings } from '#contract/settings.ts'
import { dayAt, daysAfter } from '#contract/workdays.ts'
import { openCaseWorld, type CaseWorld, type Person } from '../support/caseWorld.ts'
import { signedIn } from '../support/deliver.ts'

let world: CaseWorld
const solbakken = '0d000000-0000-4000-8000-000000000001'
const today = dayAt(Date.now())
// Long closed, so that a later quarter has closed as well.
const [looked, since, hidden] = ['2024-1', '2024-4', '2025-1'] as const
const decision: RosDecision = { quarter: looked, metOn: '2025-02-01', situation: 'transition', place: null, likelihood: 4, consequence: 3, cause: 'staffing', measure: 'extra-adult', owner: 'municipality', due: daysAfter(today, 20) }
const id = randomUUID()

const ask = (by: Person, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) => world.routes.ask(signedIn(world.idOf(by)), method, url, body)
const none = { yes: null, of: null }
const numbers = (name: string, n: number | null) => ({
  quarter: name, closedAt: '2025-08-10T22:00:00.000Z', events: 60, followUp: { contactHours: null, answerDays: null, contacted: none, answered: none, onTime: none, ros: none },
  tables: [{ table: 'situation', cells: [{ code: 'transition', n }, { code: 'meal', n: null }] }, { table: 'measure', cells: [{ code: 'extra-adult', n: 20 }, { code: 'relief', n: null }] }, { table: 'worked', cells: [{ code: 'extra-adult', n: 12 }, { code: 'relief', n: null }] }],
})
/** As if it had been closed; the closing itself is tested in statistics.test.ts. */
const publish = (name: string, n: number | null) => world.database.asServer((sql) => sql.query(
  "insert into publication (tenant, kind, period, content, closed_at) select tenant, 'quarter', $2, $3, now() from unit where id = $1", [solbakken, name, JSON.stringify(numbers(name, n))]))
const town = async (by: Person, url = '/ros/town') => ask(by, 'GET', url)

beforeAll(async () => { world = await openCaseWorld() })
afterAll(() => world.end())

describe('the municipality’s own meeting', () => {
  it('says so when nothing has been closed yet', async () => {
    expect((await town('hans')).body).toMatchObject({ unit: null, unitName: null, quarters: [], events: null, situations: [], results: [], mayDecide: true })
  })
  it('looks at what was published, and hides what was hidden', async () => {
    await publish(looked, 39)
    const { body } = await town('eva', `/ros/town?quarter=${looked}`)
    expect(body).toMatchObject({ quarter: looked, quarters: [looked], events: 60, situations: [{ code: 'transition', n: 39 }, { code: 'meal', n: null }], measures: [{ kind: 'extra-adult', n: 20, worked: 12 }, { kind: 'relief', n: null, worked: null }], mayDecide: false })
  })
  it('is for whoever looks after the municipality, and decided by its safety staff', async () => {
    for (const by of ['rita', 'vera', 'kari'] as const) expect([by, (await town(by)).status, (await ask(by, 'PUT', `/ros/town/${randomUUID()}`, decision)).status]).toEqual([by, 404, 404])
    expect((await ask('eva', 'PUT', `/ros/town/${randomUUID()}`, decision)).status).toBe(404)
    expect((await town('hans', '/ros/town?quarter=2023-1')).status).toBe(404)
  })
  it('keeps what it decided once, and nothing that it could not have looked at', async () => {
    expect((await ask('hans', 'PUT', `/ros/town/${id}`, decision)).status).toBe(204)
    expect((await ask('hans', 'PUT', `/ros/town/${id}`, decision)).status).toBe(204)
    expect((await ask('hans', 'PUT', `/ros/town/${id}`, { ...decision, likelihood: 1 })).status).toBe(409)
    for (const wrong of [{ place: 'gym' }, { quarter: '2023-1' }]) expect((await ask('hans', 'PUT', `/ros/town/${randomUUID()}`, { ...decision, ...wrong })).status).toBe(422)
    expect((await town('hans')).body.results).toMatchObject([{ id, unit: null, led: 39, ledPerWeek: 4, sinceLeast: null, sinceMost: null }])
  })
  it('tells whether such events fell, once a quarter that began after it has closed; a hidden one tells nothing', async () => {
    await publish(since, 13)
    expect((await town('hans')).body.results).toMatchObject([{ id, ledPerWeek: 4, sinceLeast: 2, sinceMost: 2 }])
    // Where the autumn holiday is in another week, the quarter had more school days.
    await world.routes.ask(signedIn(world.idOf('eva')), 'PUT', '/settings', { ...defaultSettings, breaks: { autumn: 44, winter: 9 } }, { 'if-match': '"0"' })
    expect((await town('hans')).body.results).toMatchObject([{ ledPerWeek: 3.9 }])
    await publish(hidden, null)
    expect((await town('hans')).body.results).toMatchObject([{ id, sinceLeast: null, sinceMost: null }])
  })
  it('is marked as done by the safety staff, and stays out of the schools’ pages', async () => {
    for (const by of ['rita', 'eva'] as const) expect((await ask(by, 'POST', `/ros/${id}/done`, { on: today })).status).toBe(404)
    expect((await ask('hans', 'POST', `/ros/${id}/done`, { on: today })).status).toBe(204)
    expect((await town('eva')).body.results).toMatchObject([{ id, doneOn: today }])
    expect((await ask('rita', 'GET', `/ros?unit=${solbakken}`)).body.results).toEqual([])
  })
  it('is corrected and taken back by the safety staff alone', async () => {
    const corrected = randomUUID()
    expect((await ask('eva', 'PUT', `/ros/town/${corrected}?replaces=${id}`, { ...decision, likelihood: 2 })).status).toBe(404)
    expect((await ask('hans', 'PUT', `/ros/town/${corrected}?replaces=${id}`, { ...decision, likelihood: 2 })).status).toBe(204)
    expect((await town('eva')).body.results).toMatchObject([{ id: corrected, likelihood: 2, doneOn: today }])
    for (const by of ['rita', 'eva'] as const) expect((await ask(by, 'POST', `/ros/${corrected}/withdraw`, {})).status).toBe(404)
    expect((await ask('hans', 'POST', `/ros/${corrected}/withdraw`, {})).status).toBe(204)
    expect((await town('eva')).body.results).toEqual([])
  })
})
