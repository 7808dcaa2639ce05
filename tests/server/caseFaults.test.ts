/** What a phone with a wrong clock, a strange date or a long time away may not do to a case. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seal } from '../support/seal.ts'
import { openCaseWorld, type CaseWorld, type Doing, type Person } from '../support/caseWorld.ts'
import { signedIn } from '../support/deliver.ts'

let school: CaseWorld
beforeAll(async () => { school = await openCaseWorld() })
afterAll(() => school?.end())

describe('a time that no calendar has', () => {
  it.each(['2026-02-31T10:00:00Z', '2026-11-23T10:00:00+23:59', '2026-11-23T10:00:00-23:59', '2099-12-31T23:59:59Z', '1970-01-01T00:00:00Z'])('does not hold an act back for ever: %s', async (on) => {
    const report = await school.report('kari')
    for (const doing of [{ what: 'contact', on, way: 'talk' }, { what: 'notified', who: 'parents', on }] satisfies Doing[]) {
      const answer = await school.act('rita', report, doing)
      expect(['received', 'refused'], JSON.stringify(answer)).toContain(answer.status)
    }
    expect((await school.act('vera', report, { what: 'stop', on, text: 'Stans' })).status).not.toBe('later')
    expect(await school.caseOf('rita', report)).toBeDefined()
    expect(await school.own('kari', report)).toBeDefined()
  })
})

describe('a leader who was without a line', () => {
  const days = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString()
  const written = async (by: 'rita' | 'kari' | 'vera', report: string, at: string, content: object) => {
    const letter = await seal(school.keyring, { kind: 'case', report, account: school.idOf(by), at, content: { v: 1, seen: 0, ...content } })
    return (await school.routes.deliver(signedIn(school.idOf(by)), letter))[0]
  }

  it('closes when the school knows of it: the thirty days to open it again are all there', async () => {
    const report = await school.report('kari')
    await school.prepare('rita', report)
    await written('rita', report, days(45), { what: 'close', text: 'Svar' })
    expect((await school.own('kari', report))?.status.state).toBe('closed')
    await school.act('kari', report, { what: 'reopen', text: 'Det hjalp ikke' })
    expect((await school.own('kari', report))?.status.state).not.toBe('closed')
  })

  it('cannot have a phone’s clock that is ahead keep it from being opened again', async () => {
    const report = await school.report('kari')
    await school.prepare('rita', report)
    await written('rita', report, '2031-01-01T00:00:00Z', { what: 'close', text: 'Svar' })
    expect(Date.parse((await school.own('kari', report))?.status.closedAt ?? '')).toBeLessThanOrEqual(Date.now())
  })

  it('cannot have done anything before the report was there, whatever the phone’s clock says', async () => {
    const report = await school.report('kari')
    await written('rita', report, '1970-01-01T00:00:00Z', { what: 'answer', text: 'Svar' })
    const own = await school.own('kari', report)
    expect([own?.status.openedAt, own?.status.answeredAt, own?.timeline[0]?.at]).toEqual([own?.receivedAt, own?.receivedAt, own?.receivedAt])
  })
})

describe('what comes in late, twice or beside something else', () => {
  const sealed = (by: Person, report: string, content: object) => seal(school.keyring, { kind: 'case', report, account: school.idOf(by), at: new Date().toISOString(), content: { v: 1, seen: 0, ...content } })
  const grant = (name: Person, role: string, report: string) => school.asOwner('insert into role_grant (tenant, account, role, unit) select tenant, $1, $2, unit from report where id = $3', [school.idOf(name), role, report])
  const end = (name: Person, role: string) => school.asOwner('delete from role_grant where account = $1 and role = $2', [school.idOf(name), role])

  it('is one act each, in an unbroken row, also when two requests bring the same letters', async () => {
    const report = await school.report('kari')
    const letters = await Promise.all(Array.from({ length: 8 }, (_, nth) => sealed('rita', report, { what: 'note', text: `${nth}` })))
    const rita = signedIn(school.idOf('rita'))
    const answers = (await Promise.all([school.routes.deliver(rita, ...letters), school.routes.deliver(rita, ...letters, ...letters)])).flat()
    expect(answers.map(({ status }) => status).filter((status) => status !== 'received' && status !== 'known')).toEqual([])
    const found = await school.caseOf('rita', report)
    expect(found?.events.map(({ nth }) => nth)).toEqual(letters.map((_, nth) => nth + 1))
    expect(found?.summary.status.acts).toBe(letters.length)
  })

  it('is kept by both of two leaders who each hold what the other waits for', async () => {
    const [one, other] = [await school.report('kari'), await school.report('kari')]
    await grant('ola', 'leder', one)
    const mine = async (by: Person, order: string[]) => school.routes.deliver(signedIn(school.idOf(by)), ...await Promise.all(order.map((report) => sealed(by, report, { what: 'note', text: 'x' }))))
    const answers = (await Promise.all([mine('rita', [one, other]), mine('ola', [other, one]), mine('rita', [other, one])])).flat()
    const kept = answers.filter(({ status }) => status === 'received').length
    expect(answers.every(({ status }) => status === 'received' || status === 'later')).toBe(true)
    expect((await Promise.all([one, other].map(async (report) => (await school.caseOf('rita', report))?.events.length ?? 0))).reduce((sum, n) => sum + n)).toBe(kept)
    await end('ola', 'leder')
  })

  it('has its receipt again after its writer’s sight or role has ended; what is new then is not taken', async () => {
    const [report, given] = [await school.report('kari'), await school.report('nina')]
    await grant('ola', 'leder', report)
    const [kept, late, recuse] = [await sealed('ola', report, { what: 'note', text: 'a' }), await sealed('ola', report, { what: 'note', text: 'b' }), await sealed('lars', given, { what: 'recuse' })]
    const [ola, lars] = [signedIn(school.idOf('ola')), signedIn(school.idOf('lars'))]
    const first = [...await school.routes.deliver(ola, kept), ...await school.routes.deliver(lars, recuse)]
    await end('ola', 'leder')
    const again = [...await school.routes.deliver(ola, kept, late), ...await school.routes.deliver(lars, recuse)]
    expect([first, again].map((answers) => answers.map(({ status }) => status))).toEqual([['received', 'received'], ['known', 'refused', 'known']])
    expect([again[0], again[2]].map((answer) => answer && 'receipt' in answer && answer.receipt)).toEqual(first.map((answer) => 'receipt' in answer && answer.receipt))
  })

  it('is gone when the report was erased, and leaves what was linked to it', async () => {
    const [report, other] = [await school.report('kari'), await school.report('kari')]
    await school.act('rita', other, { what: 'link', to: report })
    await school.act('rita', report, { what: 'confidential', on: true })
    const late = await sealed('rita', report, { what: 'note', text: 'x' })
    await school.asOwner('select app.erase_report($1)', [report])
    expect((await school.routes.deliver(signedIn(school.idOf('rita')), late))[0]).toMatchObject({ status: 'gone' })
    expect((await school.caseOf('rita', other))?.linked).toEqual([])
    for (const who of ['kari', 'rita', 'vera'] as const) expect((await school.changes(who)).changes.filter((change) => change.report === report || (change.kind === 'notice' && change.about === report))).toEqual([])
  })
})
