/** A case that is the municipality's: who is told of it, who must not be, and that it never ends up with nobody. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runRound } from '../../server/clock/round.ts'
import { openCaseWorld, type CaseWorld, type Person } from '../support/caseWorld.ts'
import { signedIn } from '../support/deliver.ts'
import { seal } from '../support/seal.ts'

let school: CaseWorld
beforeAll(async () => { school = await openCaseWorld() })
afterAll(() => school?.end())
const now = () => new Date().toISOString()
/** While this person also looks after the municipality's safety work. */
async function alsoHms(name: Person, work: () => Promise<void>): Promise<void> {
  await school.asOwner("insert into role_grant (tenant, account, role) select tenant, id, 'hms' from account where id = $1", [school.idOf(name)])
  await work().finally(() => school.asOwner("delete from role_grant where account = $1 and role = 'hms'", [school.idOf(name)]))
}

describe('a report about the leader', () => {
  it('tells the municipality what is said in it afterwards', async () => {
    const report = await school.report('kari', { tiles: ['other'], aboutLeader: true })
    await school.act('hans', report, { what: 'question', text: 'Hva?' })
    await school.act('kari', report, { what: 'reply', text: 'Dette' })
    await school.letter('kari', report, 'supplement', { v: 1, facts: { place: 'gym' } })
    await school.act('vera', report, { what: 'stop', on: now(), text: 'Stans' })
    expect(await school.notices('hans', report)).toEqual(['escalated', 'reply', 'supplement', 'stop'])
    expect((await school.summary('hans', report))?.status.escalatedAt).not.toBeNull()
  })

  it('tells the municipality when it becomes so', async () => {
    const report = await school.report('kari')
    await school.letter('kari', report, 'supplement', { v: 1, facts: { aboutLeader: true } })
    expect(await school.notices('hans', report)).toEqual(['escalated'])
  })

  it('stays so when an older supplement, which said otherwise, comes in behind', async () => {
    const report = await school.report('kari')
    const supplement = (aboutLeader: boolean, at: number) => {
      const hex = at.toString(16).padStart(12, '0')
      const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`
      return seal(school.keyring, { id, kind: 'supplement', report, account: school.idOf('kari'), at: new Date(at).toISOString(), facts: { aboutLeader } })
    }
    for (const letter of [await supplement(true, Date.now()), await supplement(false, Date.now() - 60_000)]) expect((await school.routes.deliver(signedIn(school.idOf('kari')), letter))[0]?.status).toBe('received')
    expect((await school.caseOf('hans', report))?.summary.facts.aboutLeader).toBe(true)
    expect(await school.caseOf('rita', report)).toBeUndefined()
  })

  it('is not seen by that leader in any other role', () => alsoHms('lars', async () => {
    const report = await school.report('nina', { tiles: ['other'], aboutLeader: true })
    expect([await school.caseOf('lars', report), await school.summary('lars', report), await school.notices('lars', report)]).toEqual([undefined, undefined, []])
    expect((await school.act('lars', report, { what: 'comment', text: 'x' })).status).toBe('refused')
    expect((await school.caseOf('hans', report))?.people).toHaveLength(1)
    expect(await school.caseOf('lars', await school.report('kari', { tiles: ['other'], aboutLeader: true }))).toBeDefined()
  }))

  it('is opened by the municipality, also when whoever looks leads another school', () => alsoHms('siri', async () => {
    const report = await school.report('nina', { tiles: ['other'], aboutLeader: true })
    await school.letter('siri', report, 'opened')
    expect((await school.own('nina', report))?.openedBy).toBe('hms')
  }))
})

describe('a case that went on', () => {
  it('is told of once, however often it is handed on', async () => {
    const report = await school.report('kari')
    for (const who of ['rita', 'rita', 'hans'] as const) await school.act(who, report, { what: 'escalate' })
    expect((await school.notices('kari', report)).toSorted()).toEqual(['handed-on', 'opened'])
    expect(await school.notices('hans', report)).toEqual(['escalated'])
  })

  it('is not given up by the last one who has it', async () => {
    const report = await school.report('kari', { tiles: ['other'], aboutLeader: true })
    expect((await school.act('hans', report, { what: 'recuse' })).status).toBe('received')
    expect((await school.caseOf('hans', report))?.events.at(-1)).toMatchObject({ content: { what: 'recuse' }, idle: 'nobody-else' })
    await alsoHms('siri', async () => {
      await school.act('hans', report, { what: 'recuse' })
      expect(await school.caseOf('hans', report)).toBeUndefined()
      expect(await school.caseOf('siri', report)).toBeDefined()
    })
  })

  it('is told of to the municipality when its time has run out, once', async () => {
    const report = await school.report('kari', { tiles: ['other'], aboutLeader: true })
    for (const days of [5, 5, 6]) await runRound({ database: school.database, clock: () => new Date(Date.now() + days * 86_400_000) })
    expect(await school.notices('hans', report)).toEqual(['escalated', 'overdue'])
  })
})
