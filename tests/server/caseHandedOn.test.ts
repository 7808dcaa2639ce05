/** A case that is the municipality's: who is told of it, who must not be, and that it never ends up with nobody. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCaseWorld, type CaseWorld } from '../support/caseWorld.ts'
import { signedIn } from '../support/deliver.ts'
import { seal } from '../support/seal.ts'

let school: CaseWorld
beforeAll(async () => { school = await openCaseWorld() })
afterAll(() => school?.end())
const now = () => new Date().toISOString()

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
})

describe('a case that went on', () => {
  it('is told of once, however often it is handed on', async () => {
    const report = await school.report('kari')
    for (const who of ['rita', 'rita', 'hans'] as const) await school.act(who, report, { what: 'escalate' })
    expect((await school.notices('kari', report)).toSorted()).toEqual(['handed-on', 'opened'])
    expect(await school.notices('hans', report)).toEqual(['escalated'])
  })
})
