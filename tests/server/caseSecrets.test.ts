/** What a case must not tell by the way: through its log, its codes, its counts or the moment of something. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
