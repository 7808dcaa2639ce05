/** A risk meeting's page, what it decided and whether that helped; what rates are reckoned from; keys for a BI tool. Real PostgreSQL, the API's own routes. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { daysOfQuarter, startOf } from '#contract/periods.ts'
import type { Figures, RosDecision, RosLinks, RosMeeting } from '#contract/statistics.ts'
import { dayAt, daysAfter } from '#contract/workdays.ts'
import { closedQuarters } from '../../server/statistics/meeting.ts'
import { openCaseWorld, type CaseWorld, type Person } from '../support/caseWorld.ts'
import { signedIn } from '../support/deliver.ts'

let world: CaseWorld
// Long closed, so that a meeting that looked at it can have been some weeks ago.
const quarter = closedQuarters(Date.now())[1] ?? ''
const { from } = daysOfQuarter(quarter)
const solbakken = '0d000000-0000-4000-8000-000000000001'
const today = dayAt(Date.now())

const ask = (by: Person, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) => world.routes.ask(signedIn(world.idOf(by)), method, url, body)
/** A report of that quarter, as if it had come the day after. */
async function happened(nth: number, facts: object, by: Person = 'kari'): Promise<string> {
  const at = new Date(startOf(daysAfter(from, 10 + nth)) + 10 * 3_600_000)
  const id = await world.report(by, { tiles: ['hit'], severity: 2, occurredAt: at.toISOString(), ...facts })
  await world.database.asServer((sql) => sql.query('update report set received_at = $2 where id = $1', [id, new Date(at.getTime() + 3_600_000)]))
  return id
}
const page = async (by: Person = 'rita') => (await ask(by, 'GET', `/ros?unit=${solbakken}&quarter=${quarter}`)).body as RosMeeting
const decision: RosDecision = { quarter, metOn: daysAfter(today, -40), situation: 'transition', place: null, likelihood: 4, consequence: 3, cause: 'staffing', measure: 'extra-adult', owner: 'leader', due: daysAfter(today, 20) }

beforeAll(async () => {
  world = await openCaseWorld()
  for (let nth = 0; nth < 7; nth += 1) await happened(nth, { situation: 'transition', place: 'corridor', triggers: ['change'] })
  for (let nth = 7; nth < 15; nth += 1) await happened(nth, { situation: 'lesson', place: 'classroom', triggers: ['demand'] })
  await happened(15, { situation: 'meal', place: 'classroom' })
  await happened(16, { situation: 'meal', aboutLeader: true })
  const withdrawn = await happened(17, { situation: 'lesson' })
  await world.letter('kari', withdrawn, 'withdrawal')
})
afterAll(() => world.end())

describe('the page of a meeting', () => {
  it('counts the quarter, and hides what is of fewer than five with what would tell it', async () => {
    const { events, situations } = await page()
    expect(events).toBe(16)
    const hidden = situations.filter(({ n }) => n === null).map(({ code }) => code)
    // One meal alone could be reckoned from the whole, so others go with it. Rows with none are there too, or a hidden one would tell that it is not empty.
    expect(hidden).toEqual(expect.arrayContaining(['meal', 'break', 'after-hours']))
    expect(hidden.some((code) => code === 'lesson' || code === 'transition')).toBe(true)
    // The same page each time: what is hidden is not drawn anew.
    expect((await page()).situations).toEqual(situations)
    // Nor does it change when a case does: two prints side by side would tell of that case.
    const [one] = await world.database.asServer((sql) => sql.query<{ id: string }>("select id from report where unit = $1 and facts->>'situation' = 'lesson' and withdrawn_at is null limit 1", [solbakken]))
    await world.letter('kari', one?.id ?? '', 'withdrawal')
    expect((await page()).situations).toEqual(situations)
  })
  it('is the same for the safety representative, and for nobody else', async () => {
    const { asOf: _one, mayDecide, ...leaders } = await page('rita')
    const { asOf: _other, mayDecide: mayRepresentative, ...representatives } = await page('vera')
    expect(representatives).toEqual(leaders)
    expect([mayDecide, mayRepresentative]).toEqual([true, false])
    for (const by of ['kari', 'lars', 'hans', 'eva'] as const) expect((await ask(by, 'GET', `/ros?unit=${solbakken}`)).status).toBe(404)
  })
  it('holds no text, no health and no name', async () => {
    expect(JSON.stringify(await page())).not.toMatch(/doctor|injury|reaction|Kari/)
  })
  it('is not made of a quarter that has not ended', async () => {
    expect((await ask('rita', 'GET', `/ros?unit=${solbakken}&quarter=2098-1`)).status).toBe(404)
  })
})

describe('what the meeting decided', () => {
  const id = randomUUID()
  it('is kept once, with the events that led to it', async () => {
    expect((await ask('rita', 'PUT', `/ros/${id}?unit=${solbakken}`, decision)).status).toBe(204)
    expect((await ask('rita', 'PUT', `/ros/${id}?unit=${solbakken}`, decision)).status).toBe(204)
    const { results, situations } = await page('vera')
    // The row may be hidden with a small one: then what led to it is hidden too.
    const row = situations.find(({ code }) => code === 'transition')?.n ?? null
    expect([7, null]).toContain(row)
    expect(results).toMatchObject([{ id, led: row, days: 40, sinceLeast: 0, doneOn: null }])
    const linked = await world.database.asServer((sql) => sql.query('select from ros_report where result = $1', [id]))
    expect(linked).toHaveLength(7)
  })
  it('other words under the same id change nothing', async () => {
    const answer = await ask('rita', 'PUT', `/ros/${id}?unit=${solbakken}`, { ...decision, likelihood: 1 })
    expect([answer.status, answer.body.code]).toEqual([409, 'version-conflict'])
  })
  it('tells later how many such events there were, when they are no few', async () => {
    for (let nth = 0; nth < 6; nth += 1) {
      const at = new Date(Date.now() - (30 - nth) * 86_400_000)
      const report = await world.report('kari', { tiles: ['hit'], situation: 'transition', occurredAt: at.toISOString() })
      await world.database.asServer((sql) => sql.query('update report set received_at = $2 where id = $1', [report, new Date(at.getTime() + 60_000)]))
    }
    const [result] = (await page()).results
    expect(result?.sinceLeast).toBeGreaterThan(1)
    expect(result?.sinceMost).toBeGreaterThan(result?.sinceLeast ?? 0)
  })
  it('can be marked as done by the leader, on a day that has been', async () => {
    expect((await ask('vera', 'POST', `/ros/${id}/done`, { on: today })).status).toBe(404)
    expect((await ask('rita', 'POST', `/ros/${id}/done`, { on: daysAfter(today, 1) })).status).toBe(422)
    expect((await ask('rita', 'POST', `/ros/${id}/done`, { on: today })).status).toBe(204)
    expect((await page()).results).toMatchObject([{ id, doneOn: today }])
  })
  it('and marked as not done after all', async () => {
    expect((await ask('rita', 'POST', `/ros/${id}/done`, { on: null })).status).toBe(204)
    expect((await page()).results).toMatchObject([{ id, doneOn: null }])
  })
  it('leads to the reports behind it, each for those who may read it', async () => {
    const links = async (by: Person) => ((await ask(by, 'GET', `/ros/links?unit=${solbakken}`)).body as RosLinks).links
    const [link] = await links('rita')
    expect(link).toMatchObject({ id, situation: 'transition', measure: 'extra-adult', doneOn: null })
    expect(link?.reports).toHaveLength(7)
    expect(await links('vera')).toEqual(await links('rita'))
    // What becomes confidential leads nowhere for those who may not read it any more.
    const hidden = link?.reports[0] ?? ''
    await world.database.asServer((sql) => sql.query('update report set confidential = true where id = $1', [hidden]))
    expect((await links('vera'))[0]?.reports.toSorted()).toEqual(link?.reports.filter((one) => one !== hidden).toSorted())
    await world.database.asServer((sql) => sql.query('update report set confidential = false where id = $1', [hidden]))
    for (const by of ['kari', 'lars', 'hans', 'eva'] as const) expect([by, (await ask(by, 'GET', `/ros/links?unit=${solbakken}`)).status]).toEqual([by, 404])
  })
  it('is corrected: another stands instead, once, and what was done stays done', async () => {
    await ask('rita', 'POST', `/ros/${id}/done`, { on: today })
    const [corrected, due] = [randomUUID(), daysAfter(today, 30)]
    const put = (by: Person, one: string, instead: string, body: RosDecision = { ...decision, due }) => ask(by, 'PUT', `/ros/${one}?unit=${solbakken}&replaces=${instead}`, body)
    expect((await put('vera', corrected, id)).status).toBe(404)
    expect((await put('rita', corrected, randomUUID())).status).toBe(404)
    expect((await put('rita', corrected, id, { ...decision, due: daysAfter(decision.metOn, -1) })).status).toBe(422)
    expect((await page()).results).toMatchObject([{ id }])
    // The answer is lost, and it is sent again.
    for (const status of [(await put('rita', corrected, id)).status, (await put('rita', corrected, id)).status]) expect(status).toBe(204)
    expect((await page()).results).toMatchObject([{ id: corrected, due, doneOn: today }])
    expect((await put('rita', randomUUID(), id)).status).toBe(404)
    expect((await ask('rita', 'POST', `/ros/${id}/done`, { on: today })).status).toBe(404)
  })
  it('is corrected once, also by two at once', async () => {
    const [stands] = (await page()).results
    const put = (likelihood: number) => ask('rita', 'PUT', `/ros/${randomUUID()}?unit=${solbakken}&replaces=${stands?.id}`, { ...decision, likelihood })
    const answers = await Promise.all([put(1), put(2), put(5)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404, 404])
    expect((await page()).results).toHaveLength(1)
  })
  it('is taken back by the leader, once', async () => {
    const [one] = (await page()).results
    expect((await ask('vera', 'POST', `/ros/${one?.id}/withdraw`, {})).status).toBe(404)
    for (let time = 0; time < 2; time += 1) expect((await ask('rita', 'POST', `/ros/${one?.id}/withdraw`, {})).status).toBe(204)
    expect((await page()).results).toEqual([])
    expect((await ask('rita', 'GET', `/ros/links?unit=${solbakken}`)).body.links).toEqual([])
    const told = await world.database.asServer((sql) => sql.query<{ action: string }>("select action from audit where object = $1 order by seq", [one?.id]))
    expect(told.map(({ action }) => action)).toEqual(['ros.write', 'ros.withdraw'])
  })
  it('is refused when it is due before the meeting, not when it is due that day', async () => {
    const dueOn = (due: string) => ask('rita', 'PUT', `/ros/${randomUUID()}?unit=${solbakken}`, { ...decision, metOn: today, due })
    const { status, body } = await dueOn(daysAfter(today, -1))
    expect([status, body.code, body.detail]).toEqual([422, 'invalid-content', 'due'])
    expect((await dueOn(today)).status).toBe(204)
  })
  it('is refused when a day is none, a meeting is to come, or somebody else decides', async () => {
    for (const wrong of [{ due: '2026-02-30' }, { metOn: daysAfter(today, 2) }, { quarter: '2098-1' }]) expect((await ask('rita', 'PUT', `/ros/${randomUUID()}?unit=${solbakken}`, { ...decision, ...wrong })).status).toBe(422)
    for (const wrong of [{ likelihood: 6 }, { note: 'text' }, { owner: 'Rita' }]) expect((await ask('rita', 'PUT', `/ros/${randomUUID()}?unit=${solbakken}`, { ...decision, ...wrong })).status).toBe(400)
    for (const by of ['vera', 'lars', 'hans', 'kari'] as const) expect((await ask(by, 'PUT', `/ros/${randomUUID()}?unit=${solbakken}`, decision)).status).toBe(404)
  })
})

describe('posts and pupils', () => {
  const figures = async (by: Person, year = 2026) => ask(by, 'GET', `/statistics/figures?year=${year}`)
  it('are written by the administrator, school by school and year by year', async () => {
    expect((await ask('eva', 'PUT', `/statistics/figures/${solbakken}/2026`, { posts: 42.5, pupils: 310 })).status).toBe(204)
    expect((await ask('eva', 'PUT', `/statistics/figures/${solbakken}/2026`, { posts: 43, pupils: null })).status).toBe(204)
    const { figures: rows } = (await figures('eva')).body as Figures
    expect(rows.find(({ unit }) => unit === solbakken)).toMatchObject({ posts: 43, pupils: null, year: 2026 })
    expect(((await figures('eva', 2025)).body as Figures).figures.every(({ posts }) => posts === null)).toBe(true)
  })
  it('are nobody else’s', async () => {
    for (const by of ['rita', 'vera', 'kari', 'hans'] as const) {
      expect((await figures(by)).status).toBe(404)
      expect((await ask(by, 'PUT', `/statistics/figures/${solbakken}/2026`, { posts: 1, pupils: 1 })).status).toBe(404)
    }
    expect((await ask('eva', 'PUT', `/statistics/figures/${randomUUID()}/2026`, { posts: 1, pupils: 1 })).status).toBe(404)
    expect((await ask('eva', 'PUT', `/statistics/figures/${solbakken}/2026`, { posts: -1, pupils: 1 })).status).toBe(400)
  })
})

describe('a key for a BI tool', () => {
  const read = (authorization: string, format = 'json') => world.routes.ask({ account: null, via: 'none', deviceAccounts: [] }, 'GET', `/bi/numbers?format=${format}`, undefined, { authorization })
  let made: { id: string; secret: string }
  it('is made by the administrator, after a fresh sign-in, and its secret is told once', async () => {
    const stale = { ...signedIn(world.idOf('eva')), shownAt: new Date(0) }
    expect((await world.routes.ask(stale, 'POST', '/bi/keys', { name: 'Innsikt', days: 90 })).status).toBe(403)
    for (const by of ['rita', 'hans', 'kari'] as const) expect((await ask(by, 'POST', '/bi/keys', { name: 'Innsikt', days: 90 })).status).toBe(404)
    const answer = await ask('eva', 'POST', '/bi/keys', { name: 'Innsikt', days: 90 })
    expect(answer.status).toBe(201)
    made = answer.body
    const { keys } = (await ask('eva', 'GET', '/bi/keys')).body as { keys: object[] }
    expect(keys).toMatchObject([{ id: made.id, name: 'Innsikt', endedAt: null, lastUsedAt: null }])
    expect(JSON.stringify(keys)).not.toContain(made.secret.slice(6))
  })
  it('reads what was published of its own municipality, as JSON and as a table', async () => {
    await world.database.asServer((sql) => sql.query(
      `insert into publication (tenant, kind, period, content, closed_at) select tenant, 'month', '2026-08', $2, now() from unit where id = $1`,
      [solbakken, JSON.stringify({ month: '2026-08', closedAt: '2026-09-10T22:00:00.000Z', events: 12, reports: 11, columns: [{ code: 'violence', n: 12 }, { code: 'threats', n: null }] })]))
    const { status, body } = await read(`Bearer ${made.secret}`)
    expect([status, body.rows]).toEqual([200, [{ period: '2026-08', table: 'events', code: 'all', value: 12 }, { period: '2026-08', table: 'reports', code: 'all', value: 11 },
      { period: '2026-08', table: 'column', code: 'violence', value: 12 }, { period: '2026-08', table: 'column', code: 'threats', value: null }]])
    expect((await read(`Bearer ${made.secret}`, 'csv')).text.split('\r\n')[4]).toBe('2026-08;column;threats;')
  })
  it('opens nothing else, and nothing opens with another', async () => {
    for (const wrong of ['', 'Bearer ', `Bearer meldt_${'A'.repeat(43)}`, `Basic ${made.secret}`, `Bearer ${made.secret}x`]) expect([wrong, (await read(wrong)).status]).toEqual([wrong, 401])
    for (const path of ['/statistics/figures?year=2026', `/ros?unit=${solbakken}`, '/changes', '/bi/keys']) {
      expect([path, (await world.routes.ask({ account: null, via: 'none', deviceAccounts: [] }, 'GET', path, undefined, { authorization: `Bearer ${made.secret}` })).status]).toEqual([path, 401])
    }
  })
  it('ends when the administrator says so', async () => {
    expect((await ask('hans', 'POST', `/bi/keys/${made.id}/end`, {})).status).toBe(404)
    expect((await ask('eva', 'POST', `/bi/keys/${made.id}/end`, {})).status).toBe(204)
    expect((await read(`Bearer ${made.secret}`)).status).toBe(401)
  })
})
