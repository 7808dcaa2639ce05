/** Each read and each write of a case is one row of the log, and neither happens without it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signedIn } from '../support/deliver.ts'
import { openCaseWorld, type CaseWorld, type Person } from '../support/caseWorld.ts'

let school: CaseWorld
let report: string
beforeAll(async () => {
  school = await openCaseWorld()
  report = await school.report('kari', { tiles: ['hit'], description: 'ORD' })
})
afterAll(() => school?.end())

interface Row { actor: string; action: string; object: string | null; detail: Record<string, unknown> }
const rows = () => school.asOwner<Row>('select actor, action, object, detail from audit order by seq')
/** The rows that came of this. */
async function left(work: () => Promise<unknown>): Promise<Row[]> {
  const before = (await rows()).length
  await work()
  return (await rows()).slice(before)
}
const get = (who: Person, path: string) => school.routes.ask(signedIn(school.idOf(who)), 'GET', path)
const broken = async () => (await school.database.asServer((sql) => sql.query<{ v: number }>('select v from tenant t, app.audit_verify(t.id) v'))).map(({ v }) => v)

describe('one row', () => {
  it('of each reading, with who, what and how much of it they saw', async () => {
    for (const [who, sight] of [['rita', 'whole'], ['vera', 'masked'], ['kari', 'own']] as const) {
      expect(await left(() => get(who, `/cases/${report}`)), who).toEqual([{ actor: school.idOf(who), action: 'case.read', object: report, detail: { sight } }])
    }
    expect(await left(() => get('rita', `/cases/${report}/log`))).toEqual([{ actor: school.idOf('rita'), action: 'audit.read', object: report, detail: {} }])
    expect(await left(() => get('rita', `/cases/${report}/pdf`))).toMatchObject([{ actor: school.idOf('rita'), action: 'case.export', object: report }])
  })

  it('of each act, in its author’s name', async () => {
    for (const who of ['rita', 'vera', 'kari'] as const) {
      const id = randomUUID()
      const doing = who === 'kari' ? { what: 'reopen' } as const : { what: 'comment', text: 'ORD' } as const
      expect(await left(() => school.act(who, report, doing, id)), who).toEqual([{ actor: school.idOf(who), action: 'letter.case', object: report, detail: { letter: id, confirmed: true } }])
      expect(await left(() => school.act(who, report, doing, id)), `${who} again, other bytes`).toEqual([])
    }
    expect(await left(() => school.letter('rita', report, 'opened'))).toMatchObject([{ action: 'letter.opened', object: report }])
  })

  it('and none where nothing was read or written', async () => {
    for (const path of [`/cases/${report}`, `/cases/${report}/log`, `/cases/${report}/pdf`, `/cases/${randomUUID()}`]) expect(await left(() => get('lars', path)), path).toEqual([])
    expect(await left(() => school.act('lars', report, { what: 'comment', text: 'ORD' }))).toEqual([])
    expect(await left(() => school.act('vera', report, { what: 'close', text: 'ORD' }))).toEqual([])
  })

  it('never says what was written', async () => {
    expect(JSON.stringify(await rows())).not.toContain('ORD')
    expect(await broken()).toEqual([])
  })

  it('is told to the leader with names, newest first, and to nobody who may not know', async () => {
    const { body } = await get('rita', `/cases/${report}/log`)
    const [first, ...rest] = (body as { entries: { by: string; action: string }[] }).entries
    expect([first, rest.length]).toEqual([expect.objectContaining({ by: 'Rita Dahl', action: 'audit.read' }), (await rows()).filter(({ object }) => object === report).length - 1])
    for (const who of ['kari', 'vera', 'hans', 'lars'] as const) expect((await get(who, `/cases/${report}/log`)).status, who).toBe(404)
  })
})

describe('when the log cannot be written', () => {
  beforeAll(async () => {
    await school.asOwner("create function public.no_audit() returns trigger language plpgsql as $$ begin raise exception 'disk'; end $$; create trigger no_audit before insert on audit for each row execute function public.no_audit()")
  })
  afterAll(() => school.asOwner('drop trigger no_audit on audit'))

  const state = () => school.asOwner('select r.seq, r.letters, r.escalated_at, r.confidential, r.recused_accounts, r.facts, r.withdrawn_at, c.status, c.acts, (select count(*) from case_event e where e.report = r.id) as events, (select count(*) from letter l where l.report = r.id) as kept, (select count(*) from notice n where n.report = r.id) as notices, (select count(*) from case_gone) as gone from report r join report_case c on c.report = r.id where r.id = $1', [report])

  it('nothing is read', async () => {
    for (const [who, path] of [['rita', ''], ['vera', ''], ['kari', ''], ['rita', '/log'], ['rita', '/pdf']] as const) {
      const { status, text } = await get(who, `/cases/${report}${path}`)
      expect(status, `${who}${path}`).toBeGreaterThanOrEqual(500)
      expect(text).not.toMatch(/ORD|Kari|Rita|disk/)
    }
  })

  it('nothing is done, and the phone is told to come again', async () => {
    const before = await state()
    const tries: [Person, () => Promise<unknown>][] = [
      ['rita', () => school.act('rita', report, { what: 'comment', text: 'x' })], ['rita', () => school.act('rita', report, { what: 'escalate' })], ['rita', () => school.act('rita', report, { what: 'confidential', on: true })],
      ['rita', () => school.act('rita', report, { what: 'recuse' })], ['vera', () => school.act('vera', report, { what: 'stop', on: new Date().toISOString(), text: 'x' })], ['kari', () => school.act('kari', report, { what: 'reopen' })],
      ['kari', () => school.letter('kari', report, 'withdrawal')], ['kari', () => school.letter('kari', report, 'supplement', { v: 1, facts: { aboutLeader: true } })], ['rita', () => school.letter('rita', report, 'opened')],
    ]
    for (const [who, attempt] of tries) expect(await attempt(), who).toMatchObject({ status: 'later', code: 'try-again' })
    expect(await state()).toEqual(before)
  })
})
