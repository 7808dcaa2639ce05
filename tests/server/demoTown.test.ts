/** The demo's past: rows like any other, put in once, that everybody can open as if they had come in by themselves. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Case, CaseSummary, Changes, OwnReport } from '#contract/changes.ts'
import type { QuarterNumbers, ShownSchools } from '#contract/statistics.ts'
import { runRound } from '../../server/clock/round.ts'
import { demoUnits, seedDemo } from '../../server/database/seed.ts'
import { closePeriods } from '../../server/statistics/closePeriods.ts'
import { openRoutes, signedIn } from '../support/deliver.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

let world: FreshDatabase
let routes: Awaited<ReturnType<typeof openRoutes>>
let took = 0
beforeAll(async () => {
  world = await freshDatabase()
  routes = await openRoutes(world)
  const begun = performance.now()
  await seedDemo(world.database, world.keyring, { history: true })
  took = performance.now() - begun
})
afterAll(async () => {
  await routes.app.close()
  await world.end()
})

async function everything(subject: string): Promise<Changes['changes']> {
  const account = await world.account(subject)
  const all: Changes['changes'] = []
  for (let [cursor, more] = ['', true]; more;) {
    const { body } = await routes.ask(signedIn(account), 'GET', `/changes?after=${cursor}`)
    const page = body as Changes
    all.push(...page.changes)
    ;({ cursor, more } = page)
  }
  return all
}
const casesOf = async (subject: string) => (await everything(subject)).filter((one): one is CaseSummary => one.kind === 'case')
const count = async (text: string) => (await world.asOwner<{ n: string }>(`select count(*) as n from ${text}`))[0]?.n

describe('the demo’s past', () => {
  it('is there within seconds, at each school, and tells nobody', async () => {
    // Four seconds on a machine with nothing else to do.
    expect(took).toBeLessThan(20_000)
    const schools = await world.asOwner<{ unit: string; n: string }>('select unit, count(*) as n from report group by unit order by 2 desc')
    expect(schools).toHaveLength(9)
    expect(schools[0]?.unit).toBe(demoUnits.solbakken.id)
    expect(schools.map(({ n }) => Number(n)).every((n) => n > 5)).toBe(true)
    expect(Number(schools[0]?.n)).toBeGreaterThan(200)
    expect(await count('notice')).toBe('0')
    expect(await world.asOwner("select action from audit where action like 'demo%'")).toEqual([{ action: 'demo.history' }])
    expect(await world.asOwner('select app.audit_verify(id) as wrong from tenant')).toEqual([])
  })

  it('is put in once', async () => {
    const before = [await count('report'), await count('letter'), await count('account'), await count('role_grant')]
    await seedDemo(world.database, world.keyring, { history: true })
    expect([await count('report'), await count('letter'), await count('account'), await count('role_grant')]).toEqual(before)
  })

  it('has acts that all did what they say, and few cases that are open', async () => {
    expect(await world.asOwner('select what, idle, count(*) from case_event where idle is not null group by 1, 2')).toEqual([])
    const open = await world.asOwner<{ state: string }>("select state from report_case where state <> 'closed'")
    expect(open.length).toBeGreaterThanOrEqual(3)
    expect(open.length).toBeLessThanOrEqual(6)
    expect(await count('report_case where state = \'closed\' and answered_at is null')).toBe('0')
    expect(await count("case_event where received_at > now()")).toBe('0')
    expect(await count('report r where letters <> (select count(*) from letter l where l.report = r.id)')).toBe('0')
    expect(await count('report r where seq is distinct from (select max(seq) from letter l where l.report = r.id)')).toBe('0')
  })

  it('keeps the clock calm', async () => {
    await runRound({ database: world.database, clock: () => new Date() })
    expect(await count("notice where what in ('overdue', 'escalated')")).toBe('0')
  })

  it.each(['rita', 'vera', 'lars', 'siri', 'hans'])('opens for %s, case by case', async (subject) => {
    const cases = await casesOf(subject)
    expect(cases.length).toBeGreaterThan(0)
    const asker = signedIn(await world.account(subject))
    for (const { report } of cases.filter((_, nth) => nth % 7 === 0 || nth > cases.length - 6)) {
      const { status, body, text } = await routes.ask(asker, 'GET', `/cases/${report}`)
      if (status !== 200) throw new Error(text)
      expect((body as Case).letters.length).toBeGreaterThan(0)
    }
  })

  it('gives kari six reports of her own, and the others theirs', async () => {
    const own = (await everything('kari')).filter((one): one is OwnReport => one.kind === 'own')
    expect(own).toHaveLength(6)
    expect(own.filter(({ status }) => status.answeredAt !== null).length).toBeGreaterThan(2)
    expect((await everything('ola')).filter(({ kind }) => kind === 'own')).toEqual([])
  })

  it('is readable letter by letter, as far as each may', async () => {
    const closed = (await casesOf('rita')).find(({ status }) => status.state === 'closed' && status.measures.length > 0)
    const { body } = await routes.ask(signedIn(await world.account('rita')), 'GET', `/cases/${closed?.report}`)
    const { reporter, events } = body as Case
    expect(reporter).toMatch(/demo|Kari/)
    expect(events.map(({ content }) => content.what)).toEqual(expect.arrayContaining(['opened', 'contact', 'judgement', 'causes', 'measure', 'check', 'close']))
    expect(events.find(({ content }) => content.what === 'close')?.content).toMatchObject({ text: expect.stringContaining('Demo: ') })
  })

  it('says something of the municipality when its periods close', async () => {
    await closePeriods(world.database, new Date())
    const [latest] = await world.asOwner<{ content: QuarterNumbers }>("select content from publication where kind = 'quarter' order by period desc limit 1")
    expect(latest?.content.events).toBeGreaterThan(50)
    expect(latest?.content.tables.filter(({ cells }) => cells.filter(({ n }) => n !== null && n > 0).length > 1).length).toBeGreaterThan(5)
    const [schools] = await world.asOwner<{ content: ShownSchools }>("select content from publication where kind = 'schools' order by period desc limit 1")
    expect(schools?.content.cells.filter(({ n }) => n !== null).length).toBeGreaterThan(1)
  })

  it('has trainings and figures', async () => {
    expect((await everything('rita')).filter(({ kind }) => kind === 'training')).toHaveLength(3)
    expect(await count('unit_figure')).toBe('18')
  })
})
