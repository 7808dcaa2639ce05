/** What a case must not tell by the way: through its log, its codes, its counts or the moment of something. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRound } from '../../server/clock/round.ts'
import { openCaseWorld, type CaseWorld, type Person } from '../support/caseWorld.ts'
import { signedIn } from '../support/deliver.ts'

let school: CaseWorld
beforeAll(async () => { school = await openCaseWorld() })
afterAll(() => school?.end())
const ask = (who: Person, url: string) => school.routes.ask(signedIn(school.idOf(who)), 'GET', url)

describe('the log', () => {
  it('does not name the reporter to a municipality that may not know who it was', async () => {
    const [plain, about] = [await school.report('kari'), await school.report('kari', { tiles: ['other'], aboutLeader: true })]
    await school.letter('kari', plain, 'supplement', { v: 1, facts: { place: 'gym' } })
    await school.act('rita', plain, { what: 'escalate' })
    const { text } = await ask('hans', `/cases/${plain}/log`)
    expect([text.includes('Rita'), text.includes('Kari')]).toEqual([true, false])
    expect((await ask('rita', `/cases/${plain}/log`)).text).toContain('Kari')
    expect((await ask('hans', `/cases/${about}/log`)).text).toContain('Kari')
  })
})

describe('the codes of an act', () => {
  it('hold no word of anybody’s own, under no name', async () => {
    const report = await school.report('kari')
    const check = (answers: object) => school.act('rita', report, { what: 'check', check: 'police', answers: answers as Record<string, 'yes'>, outcome: 'unsure', done: ['constructor'], rules: '2026-02-31' })
    expect((await check({ 'HEMMELIG Ola': 'HEMMELIG' })).status).toBe('refused')
    expect((await check({ constructor: 'yes', 'to-string': 'no' })).status).toBe('received')
    expect(await school.dump()).not.toContain('HEMMELIG')
    expect(await school.caseOf('rita', report)).toBeDefined()
  })
})

describe('a safety representative, and a municipality that was not handed it,', () => {
  const roundIn = (days: number) => runRound({ database: school.database, clock: () => new Date(Date.now() + days * 86_400_000) })
  const two = async () => {
    const reports = [await school.report('kari', { tiles: ['hit'], severity: 1, injury: 'doctor' }), await school.report('kari', { tiles: ['hit'], severity: 1 })] as const
    for (const report of reports) await school.letter('rita', report, 'opened')
    return reports
  }

  it('cannot tell by a deadline, a count or a new number that a doctor was seen', async () => {
    const [hurt, plain] = await two()
    const [one, other] = [await school.summary('vera', hurt), await school.summary('vera', plain)]
    expect(one?.due).toEqual(other?.due)
    // Only the stricter clock has run out.
    await school.asOwner("update report_case set due_at = now() - interval '1 hour' where report = $1", [hurt])
    const { cursor } = await school.changes('vera')
    await roundIn(0)
    expect(await school.notices('rita', hurt)).toContain('overdue')
    expect((await school.changes('vera', cursor)).changes).toEqual([])
    const overdue = async (who: Person) => (await ask(who, '/patterns')).body.units.map((unit: { overdue: number }) => unit.overdue)
    expect([await overdue('vera'), await overdue('hans')]).toEqual([[0], [null]])
  })

  it('see both handed on in the same round', async () => {
    const [hurt, plain] = await two()
    const isHandedOn = async (report: string) => (await school.summary('vera', report))?.status.escalatedAt !== null
    for (let days = 1; days < 14 && !await isHandedOn(plain); days += 1) {
      await roundIn(days)
      expect(await isHandedOn(hurt)).toBe(await isHandedOn(plain))
    }
    expect(await isHandedOn(plain)).toBe(true)
  })
})
