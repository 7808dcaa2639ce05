import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCaseWorld, type CaseWorld } from '../support/caseWorld.ts'

let school: CaseWorld
beforeAll(async () => { school = await openCaseWorld() })
afterAll(() => school?.end())

describe('the answer', () => {
  it('comes to the reporter, from opened to closed to what they say of it', async () => {
    const report = await school.report('kari')
    expect(await school.notices('rita', report)).toEqual(['new'])
    expect(await school.notices('vera', report)).toEqual(['new'])
    await school.letter('rita', report, 'opened')
    expect((await school.own('kari', report))?.status).toMatchObject({ state: 'opened', contactedAt: null })
    await school.act('rita', report, { what: 'close', text: 'For tidlig' })
    expect((await school.caseOf('rita', report))?.events.at(-1)).toMatchObject({ idle: 'incomplete', content: { what: 'close', text: 'For tidlig' } })
    expect((await school.own('kari', report))?.timeline.map(({ content }) => content.what)).toEqual(['opened'])
    await school.prepare('rita', report)
    await school.act('vera', report, { what: 'comment', text: 'Bra at noen er med ute.' })
    expect((await school.summary('rita', report))?.status).toMatchObject({ unread: true, asked: true, state: 'measures' })
    await school.act('rita', report, { what: 'close', text: 'Takk for at du sa fra. Nå er dere to ute.' })
    expect((await school.summary('rita', report))?.status).toMatchObject({ state: 'closed', asked: true })
    const own = await school.own('kari', report)
    expect(own?.status).toMatchObject({ state: 'closed', verdict: null })
    expect(own?.timeline.map(({ content, by }) => [content.what, by])).toEqual([['opened', 'Rita Dahl'], ['contact', 'Rita Dahl'], ['measure', 'Rita Dahl'], ['close', 'Rita Dahl']])
    expect(own?.timeline.at(-1)?.content).toMatchObject({ text: 'Takk for at du sa fra. Nå er dere to ute.' })
    await school.act('kari', report, { what: 'verdict', helped: 'yes', text: 'Ja' })
    expect((await school.summary('rita', report))?.status.verdict).toBe('yes')
    expect(await school.notices('kari', report)).toEqual(['opened', 'closed'])
    expect(await school.notices('rita', report)).toEqual(['new', 'comment', 'verdict'])
    expect(await school.notices('vera', report)).toEqual(['new', 'closed'])
  })

  it('needs two when it was grave, and the one who closed cannot be the second', async () => {
    const report = await school.report('kari', { tiles: ['threat'], severity: 3 })
    await school.prepare('rita', report, { consequence: 4, likelihood: 4 })
    await school.act('rita', report, { what: 'close', text: 'Svar' })
    expect((await school.summary('vera', report))?.status.state).toBe('verify')
    await school.act('rita', report, { what: 'sign' })
    expect((await school.caseOf('rita', report))?.events.at(-1)?.idle).toBe('own-closing')
    await school.act('vera', report, { what: 'sign' })
    expect((await school.summary('rita', report))?.status).toMatchObject({ state: 'closed' })
  })

  it('needs two also when the leader judges a weapon that was reported to be nothing', async () => {
    const report = await school.report('kari', { tiles: ['hit'], types: ['FYS-VAPEN'], severity: 1 })
    await school.prepare('rita', report, { consequence: 1, likelihood: 1 })
    await school.act('rita', report, { what: 'close', text: 'Svar' })
    expect((await school.summary('rita', report))?.status.state).toBe('verify')
  })

  it('asks and is answered', async () => {
    const report = await school.report('kari')
    await school.act('rita', report, { what: 'question', text: 'Hvem var med?' })
    expect((await school.own('kari', report))?.timeline.at(-1)?.content).toMatchObject({ what: 'question', text: 'Hvem var med?' })
    await school.act('kari', report, { what: 'reply', text: 'Bare jeg.' })
    expect((await school.caseOf('rita', report))?.events.at(-1)?.content).toMatchObject({ what: 'reply', text: 'Bare jeg.' })
    expect((await school.caseOf('vera', report))?.events.map(({ content }) => ('text' in content ? content.text : undefined))).toEqual(['–', '–'])
    await school.act('kari', report, { what: 'reply', text: 'En gang til' })
    expect((await school.own('kari', report))?.timeline.at(-1)).toMatchObject({ idle: 'no-question' })
  })
})

describe('who may act', () => {
  it('is the unit’s leader, the representative and the author, each in their part', async () => {
    const report = await school.report('kari')
    const comment = { what: 'comment', text: 'x' } as const
    expect((await school.act('kari', report, comment)).status).toBe('refused')
    expect((await school.act('vera', report, { what: 'close', text: 'x' })).status).toBe('refused')
    expect((await school.act('rita', report, { what: 'stop', on: new Date().toISOString(), text: 'x' })).status).toBe('refused')
    for (const stranger of ['ola', 'lars', 'nina', 'hans', 'eva'] as const) {
      expect(await school.act(stranger, report, comment), stranger).toMatchObject({ status: 'refused', code: 'unknown-report' })
      expect(await school.caseOf(stranger, report), stranger).toBeUndefined()
    }
    expect(await school.act('lars', randomUUID(), comment)).toMatchObject({ status: 'refused', code: 'unknown-report' })
    expect((await school.act('rita', report, comment)).status).toBe('received')
  })

  it('is the municipality when it is about the leader', async () => {
    const report = await school.report('kari', { tiles: ['other'], aboutLeader: true, description: 'Om rektor' })
    expect([await school.caseOf('rita', report), await school.summary('rita', report)]).toEqual([undefined, undefined])
    const seen = await school.caseOf('hans', report)
    expect(seen).toMatchObject({ reporter: 'Kari Solheim', summary: { part: 'handler' } })
    expect(seen?.people.map(({ name }) => name)).toHaveLength(1)
    expect(await school.notices('hans', report)).toEqual(['escalated'])
    expect(await school.notices('rita', report)).toEqual([])
    expect((await school.act('hans', report, { what: 'question', text: 'Når kan vi snakke?' })).status).toBe('received')
    expect((await school.own('kari', report))?.status.escalatedAt).not.toBeNull()
  })

  it('is the municipality when the report becomes about the leader, and the leader’s phone forgets it', async () => {
    const report = await school.report('kari')
    const { cursor } = await school.changes('rita')
    await school.letter('kari', report, 'supplement', { v: 1, facts: { aboutLeader: true } })
    expect((await school.changes('rita', cursor)).changes.filter(({ kind }) => kind === 'case-gone').map((change) => change.report)).toEqual([report])
    expect(await school.caseOf('rita', report)).toBeUndefined()
    expect(await school.caseOf('hans', report)).toBeDefined()
  })

  it('is the municipality when the only leader gives it up, or wrote it', async () => {
    const report = await school.report('nina')
    const { cursor } = await school.changes('lars')
    expect((await school.act('lars', report, { what: 'recuse' })).status).toBe('received')
    expect(await school.caseOf('lars', report)).toBeUndefined()
    expect((await school.changes('lars', cursor)).changes.map(({ kind }) => kind)).toContain('case-gone')
    expect((await school.caseOf('hans', report))?.reporter).toBeNull()
    expect(await school.notices('nina', report)).toEqual(['handed-on'])
    const own = await school.report('siri')
    expect((await school.summary('hans', own))?.part).toBe('handler')
    expect(await school.summary('siri', own)).toBeUndefined()
    expect((await school.caseOf('siri', own))?.events).toEqual([])
    expect((await school.act('siri', own, { what: 'close', text: 'Alt i orden' })).status).toBe('refused')
  })

  it('is not the representative when it is confidential', async () => {
    const report = await school.report('kari')
    const { cursor } = await school.changes('vera')
    await school.act('rita', report, { what: 'confidential', on: true })
    expect(await school.caseOf('vera', report)).toBeUndefined()
    expect((await school.changes('vera', cursor)).changes.filter(({ kind }) => kind === 'case-gone').map((change) => change.report)).toContain(report)
    expect((await school.summary('rita', report))?.safetyRepKnows).toBe(false)
    await school.act('rita', report, { what: 'confidential', on: false })
    expect(await school.caseOf('vera', report)).toBeDefined()
  })

  it('is not somebody to whom it was given and who cannot see it', async () => {
    const report = await school.report('kari')
    for (const to of [school.idOf('hans'), school.idOf('kari'), school.idOf('vera'), randomUUID()]) await school.act('rita', report, { what: 'assign', to })
    expect((await school.caseOf('rita', report))?.events.map(({ idle }) => idle)).toEqual(['not-in-unit', 'not-in-unit', 'not-in-unit', 'not-in-unit'])
    expect(await school.notices('hans', report)).toEqual([])
    await school.act('rita', report, { what: 'escalate' })
    await school.act('rita', report, { what: 'assign', to: school.idOf('hans') })
    expect(await school.notices('hans', report)).toEqual(['escalated', 'assigned'])
  })
})

describe('two who act at once', () => {
  it('are both kept, and the later one is seen not to have known', async () => {
    const report = await school.report('kari')
    await school.letter('rita', report, 'opened')
    await school.asOwner("insert into role_grant (tenant, account, role, unit) select tenant, $1, 'leder', unit from report where id = $2", [school.idOf('ola'), report])
    await Promise.all((['rita', 'ola'] as const).map((leader, nth) => school.act(leader, report, { what: 'judgement', consequence: nth + 1, likelihood: 1, types: [], seen: 1 })))
    const events = (await school.caseOf('rita', report))?.events ?? []
    expect(events.map(({ nth, seen }) => [nth, seen])).toEqual([[1, 0], [2, 1], [3, 1]])
    expect(events.slice(1).map(({ by }) => by).toSorted()).toEqual(['Ola Berge', 'Rita Dahl'])
    await school.asOwner("delete from role_grant where account = $1 and role = 'leder'", [school.idOf('ola')])
  })

  it('deliver the same letter twice, and it is one act', async () => {
    const report = await school.report('kari')
    const id = randomUUID()
    await school.act('rita', report, { what: 'note', text: 'en' }, id)
    expect(await school.act('rita', report, { what: 'note', text: 'to' }, id)).toMatchObject({ status: 'conflict' })
    expect((await school.caseOf('rita', report))?.events).toHaveLength(1)
  })
})

describe('several reports of one event', () => {
  it('are linked when the leader may handle both', async () => {
    const [one, other, foreign] = [await school.report('kari'), await school.report('ola'), await school.report('nina')]
    await school.act('rita', other, { what: 'link', to: one })
    expect((await school.caseOf('rita', one))?.linked).toEqual([other])
    expect((await school.caseOf('rita', other))?.linked).toEqual([one])
    await school.act('rita', other, { what: 'link', to: foreign })
    expect((await school.caseOf('rita', other))?.events.at(-1)?.idle).toBe('not-in-unit')
    await school.act('rita', other, { what: 'link', to: null })
    expect((await school.caseOf('rita', one))?.linked).toEqual([])
  })

  it('are found from each other in chains and rings, and each is taken out where it was put in', async () => {
    const reports = [await school.report('kari'), await school.report('ola'), await school.report('kari')] as const
    const [one, two, three] = reports
    const linked = async (id: string) => ((await school.caseOf('rita', id))?.linked ?? []).toSorted()
    const link = (from: string, to: string | null) => school.act('rita', from, { what: 'link', to })
    await link(two, one)
    await link(one, three)
    for (const id of reports) expect(await linked(id)).toEqual(reports.filter((other) => other !== id).toSorted())
    await link(three, two)
    for (const id of reports) expect(await linked(id)).toEqual(reports.filter((other) => other !== id).toSorted())
    await link(three, null)
    await link(one, null)
    expect([await linked(one), await linked(two), await linked(three)]).toEqual([[two], [one], []])
  })
})

describe('what leaves the database', () => {
  it('holds no word of an act in the open', async () => {
    const report = await school.report('kari')
    await school.act('rita', report, { what: 'note', text: 'HEMMELIG-NOTAT' })
    await school.act('rita', report, { what: 'measure', kind: 'support', owner: 'HEMMELIG-EIER', due: '2026-12-24', shared: false, text: 'HEMMELIG-TILTAK' })
    expect(await school.dump()).not.toMatch(/HEMMELIG/)
    expect(JSON.stringify(await school.caseOf('vera', report))).not.toContain('HEMMELIG-NOTAT')
    expect(JSON.stringify(await school.own('kari', report))).not.toMatch(/HEMMELIG/)
  })
})
