import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRound } from '../../server/clock/round.ts'
import { patternsSince } from '../../server/queries/patterns.ts'
import { openCaseWorld, type CaseWorld } from '../support/caseWorld.ts'

const day = 86_400_000
let school: CaseWorld
beforeAll(async () => { school = await openCaseWorld() })
afterAll(() => school?.end())
const roundIn = (days: number) => runRound({ database: school.database, clock: () => new Date(Date.now() + days * day) })

describe('the clock', () => {
  it('does nothing while everything has its time', async () => {
    await school.report('kari')
    expect(await roundIn(0)).toBe(0)
  })

  it('tells once that something is overdue, and hands on what stays so', async () => {
    const report = await school.report('kari')
    const { cursor } = await school.changes('rita')
    expect(await school.caseOf('hans', report)).toBeUndefined()
    expect(await roundIn(5)).toBeGreaterThan(0)
    const told = (await school.changes('rita', cursor)).changes
    expect(told.filter((one) => one.kind === 'notice' && one.about === report)).toMatchObject([{ what: 'overdue' }])
    expect(await roundIn(5)).toBe(0)
    await roundIn(9)
    const seen = await school.caseOf('hans', report)
    expect(seen?.events.at(-1)).toMatchObject({ part: 'clock', by: null, content: { what: 'escalate' } })
    expect(seen?.summary.status).toMatchObject({ state: 'new', openedAt: null })
    expect(await school.notices('hans', report)).toEqual(['escalated'])
    expect(await school.notices('kari', report)).toEqual(['handed-on'])
    expect((await school.own('kari', report))?.timeline.map(({ content, part }) => [content.what, part])).toEqual([['escalate', 'clock']])
    // What came after is taken behind the clock's own act.
    await school.letter('rita', report, 'opened')
    expect((await school.caseOf('rita', report))?.events.map(({ nth }) => nth)).toEqual([1, 2])
  })

  it('leaves what is closed or withdrawn in peace', async () => {
    const [closed, withdrawn] = [await school.report('kari'), await school.report('kari')]
    await school.prepare('rita', closed)
    await school.act('rita', closed, { what: 'close', text: 'Svar' })
    await school.letter('kari', withdrawn, 'withdrawal')
    await roundIn(20)
    expect([await school.caseOf('hans', closed), await school.caseOf('hans', withdrawn)]).toEqual([undefined, undefined])
  })

  it('tells of two grave events in a fortnight, once, and counts them for those who look after the school', async () => {
    const [, newest] = [await school.report('nina', { tiles: ['threat'], severity: 3 }), await school.report('nina', { types: ['FYS-KVEL'] })]
    await roundIn(0)
    await roundIn(0)
    expect((await school.notices('lars', newest)).filter((what) => what === 'pattern')).toEqual(['pattern'])
    const ask = async (who: 'hans' | 'lars' | 'kari') => school.routes.ask({ account: school.idOf(who), via: 'session', deviceAccounts: [] }, 'GET', '/patterns')
    const { body } = await ask('hans')
    expect(body.units.find(({ name }: { name: string }) => name.startsWith('Fjordsyn'))).toMatchObject({ level3: null, isPattern: true })
    expect((await ask('lars')).body.units.map(({ name }: { name: string }) => name)).toEqual(['Fjordsyn skole (demo)'])
    expect((await ask('kari')).status).toBe(404)
  })

  it('leaves a whole chain', async () => {
    const [{ id } = { id: '' }] = await school.asOwner<{ id: string }>('select id from tenant')
    expect(await school.asOwner('select app.audit_verify($1)', [id])).toEqual([])
    expect((await school.asOwner<{ n: number }>("select count(*)::int as n from audit where actor is null and action like 'clock.%'"))[0]?.n).toBeGreaterThan(0)
  })

  it('is one, however many servers there are', async () => {
    await school.report('kari')
    const done = await Promise.all([roundIn(40), roundIn(40), roundIn(40)])
    expect(done.filter((n) => n > 0)).toHaveLength(1)
  })
})

describe('a safety representative', () => {
  it('learns of no doctor from counts, patterns or the moment of a notice', async () => {
    const hurt = [await school.report('kari', { tiles: ['hit'], severity: 1, injury: 'doctor' }), await school.report('kari', { tiles: ['hit'], severity: 1, injury: 'doctor' })]
    await roundIn(1)
    for (const report of hurt) expect(await school.notices('vera', report)).toEqual(['new'])
    const { body } = await school.routes.ask({ account: school.idOf('vera'), via: 'session', deviceAccounts: [] }, 'GET', '/patterns')
    expect(body.units.find(({ name }: { name: string }) => name.startsWith('Solbakken'))).toMatchObject({ level3: 0, isPattern: false })
  })
})

describe('a pattern of what is hidden', () => {
  it('is neither told nor counted for a leader whom it is about, nor for a safety representative when it is confidential', async () => {
    // Before what is of fewer than five is hidden from the municipality.
    const units = async (who: 'hans' | 'rita' | 'vera') => {
      const rows = await school.database.asReader({ account: school.idOf(who) }, (sql) => patternsSince(sql, new Date(Date.now() - 14 * 86_400_000), new Date()))
      return rows.find(({ name }) => name.startsWith('Solbakken'))?.level3 ?? 0
    }
    const before = { hans: await units('hans'), rita: await units('rita'), vera: await units('vera') }
    const told = async (who: 'hans' | 'rita' | 'vera') => (await school.changes(who)).changes.filter((one) => one.kind === 'notice' && one.what === 'pattern').length
    const toldBefore = await told('rita')
    for (let nth = 0; nth < 2; nth += 1) await school.report('kari', { tiles: ['threat'], severity: 3, aboutLeader: true })
    const hidden = await school.report('kari', { tiles: ['threat'], severity: 3 })
    await school.act('rita', hidden, { what: 'confidential', on: true })
    await roundIn(0)
    expect([await units('hans') - before.hans, await units('rita') - before.rita, await units('vera') - before.vera]).toEqual([3, 1, 2])
    expect([await told('rita') - toldBefore, await told('hans') > 0, await told('vera') > 0]).toEqual([0, true, true])
  })
})
