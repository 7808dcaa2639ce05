import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrainingChange } from '#contract/training.ts'
import type { DeliveryAnswer } from '#contract/letter.ts'
import { demoUnits } from '../../server/database/seed.ts'
import { deviceOf, openRoutes, signedIn } from '../support/deliver.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { seal } from '../support/seal.ts'

let world: FreshDatabase
let routes: Awaited<ReturnType<typeof openRoutes>>
const people: Record<string, string> = {}
const who = (name: string) => people[name] ?? ''
beforeAll(async () => {
  world = await freshDatabase()
  routes = await openRoutes(world)
  for (const name of ['kari', 'rita', 'vera', 'lars', 'hans', 'eva']) people[name] = await world.account(name)
})
afterAll(async () => {
  await routes?.app.close()
  await world?.end()
})

const turned = (answer: DeliveryAnswer | undefined) => (answer && 'code' in answer ? `${answer.status} ${answer.code}` : answer?.status)
const log = { v: 1, what: 'log', form: 'practice', code: 'story-line', on: '2026-11-20', people: 12, text: 'Vi øvde på å ringe.' }
const plan = { v: 1, what: 'plan', form: 'training', title: 'Egen kveld', on: '2027-01-12', groups: ['assistants', 'sfo'], state: 'planned' }
const request = { v: 1, what: 'request', form: 'training', code: 'course-ros', need: 'risk', people: 20, on: '2027-01-01', until: '2027-03-01', text: 'Mange nye.' }

const sealed = (name: string, content: object, more: { id?: string; report?: string } = {}) => seal(world.keyring, { kind: 'training', account: who(name), content, ...more })
const sends = async (name: string, content: object, more: { id?: string; report?: string } = {}) => {
  const letter = await sealed(name, content, more)
  const [answer] = await routes.deliver(signedIn(who(name)), letter)
  return { id: letter.id, said: turned(answer) }
}
const pulls = async (name: string, after = '') => (await routes.ask(signedIn(who(name)), 'GET', `/changes?after=${after}`)).body as { changes: (TrainingChange | { kind: 'own' | 'case'; report: string })[]; cursor: string }
const seenBy = async (name: string, id: string) => (await pulls(name)).changes.find((change): change is TrainingChange => change.kind === 'training' && change.report === id)

describe('an entry', () => {
  it('is logged by leader and safety representative, and seen by those two, hms and the owner, and nobody else', async () => {
    for (const name of ['rita', 'vera']) {
      const { id, said } = await sends(name, log)
      expect(said).toBe('received')
      for (const reader of ['rita', 'vera', 'hans', 'eva']) {
        expect(await seenBy(reader, id), reader).toMatchObject({ what: 'log', form: 'practice', code: 'story-line', on: '2026-11-20', people: 12, text: 'Vi øvde på å ringe.', state: 'done', byRole: name === 'rita' ? 'leder' : 'verneombud', removed: false })
      }
      for (const reader of ['kari', 'lars']) expect(await seenBy(reader, id), reader).toBeUndefined()
    }
  })

  it('is planned and asked for by a leader only, and logged by nobody else', async () => {
    expect([(await sends('rita', plan)).said, (await sends('rita', request)).said]).toEqual(['received', 'received'])
    for (const [name, content] of [['vera', plan], ['vera', request], ['kari', log], ['hans', log], ['eva', request]] as const) expect((await sends(name, content)).said, name).toBe('refused not-allowed')
    expect((await sends('rita', { ...log, unit: demoUnits.fjordsyn.id })).said).toBe('refused foreign-unit')
    expect((await sends('rita', { ...log, unit: demoUnits.solbakken.id })).said).toBe('received')
  })

  it('is answered by hms, and the leader sees the answer', async () => {
    const { id } = await sends('rita', request)
    const before = await pulls('rita')
    const answer = { v: 1, what: 'reply', state: 'agreed', message: 'Vi kommer i februar.' }
    for (const name of ['rita', 'vera', 'eva']) expect((await sends(name, answer, { id: randomUUID(), report: id })).said, name).toBe('refused not-allowed')
    for (const name of ['kari', 'lars']) expect((await sends(name, answer, { id: randomUUID(), report: id })).said, name).toBe('later unknown-entry')
    expect((await sends('hans', answer, { id: randomUUID(), report: id })).said).toBe('received')
    const news = await pulls('rita', before.cursor)
    expect(news.changes).toMatchObject([{ report: id, state: 'agreed', message: 'Vi kommer i februar.', text: 'Mange nye.' }])
    expect((await sends('rita', { ...request, people: 25 }, { id: randomUUID(), report: id })).said).toBe('received')
    expect(await seenBy('hans', id)).toMatchObject({ people: 25, state: 'agreed', message: 'Vi kommer i februar.' })
  })

  it('is corrected and removed by letters of its own, by whoever may write such an entry', async () => {
    const { id } = await sends('rita', log)
    const { text: _text, ...shorter } = log
    expect((await sends('vera', { ...shorter, people: 9 }, { id: randomUUID(), report: id })).said).toBe('received')
    expect(await seenBy('rita', id)).toMatchObject({ people: 9, text: null })
    expect((await sends('rita', plan, { id: randomUUID(), report: id })).said).toBe('refused wrong-entry')
    expect((await sends('hans', { v: 1, what: 'reply', state: 'agreed' }, { id: randomUUID(), report: id })).said).toBe('refused wrong-entry')
    expect((await sends('rita', { ...log, unit: demoUnits.fjordsyn.id }, { id: randomUUID(), report: id })).said).toBe('refused wrong-entry')
    expect((await sends('hans', { v: 1, what: 'removal' }, { id: randomUUID(), report: id })).said).toBe('refused not-allowed')
    const planned = await sends('rita', plan)
    expect((await sends('vera', { v: 1, what: 'removal' }, { id: randomUUID(), report: planned.id })).said).toBe('refused not-allowed')
    expect((await sends('rita', { v: 1, what: 'removal' }, { id: randomUUID(), report: id })).said).toBe('received')
    expect(await seenBy('vera', id)).toMatchObject({ removed: true, text: null })
    expect(await world.asOwner('select count(*)::int as n from letter where training = $1', [id])).toEqual([{ n: 3 }])
  })
})

describe('a letter about training', () => {
  it('is kept once, and changes nothing under a used id', async () => {
    const letter = await sealed('rita', log)
    const answers = await Promise.all([1, 2, 3, 4].map(() => routes.deliver(signedIn(who('rita')), letter)))
    expect(answers.map(([answer]) => answer?.status).sort()).toEqual(['known', 'known', 'known', 'received'])
    expect((await routes.deliver(signedIn(who('rita')), letter, letter)).map(turned)).toEqual(['known', 'known'])
    expect((await sends('rita', { ...log, people: 99 }, { id: letter.id })).said).toBe('conflict already-used-id')
    expect((await sends('vera', log, { id: letter.id })).said).toBe('conflict already-used-id')
    expect(await seenBy('rita', letter.id)).toMatchObject({ people: 12 })
    const { body } = await routes.ask(signedIn(who('rita')), 'POST', '/letters/have', { ids: [letter.id, randomUUID()] })
    expect(body).toEqual({ here: [letter.id], gone: [] })
  })

  it('cannot take the id of a report, and leaves no empty entry behind', async () => {
    const report = await seal(world.keyring, { account: who('kari') })
    await routes.deliver(signedIn(who('kari')), report)
    expect((await sends('rita', log, { id: report.id })).said).toBe('conflict already-used-id')
    expect(await world.asOwner('select id from training where id = $1', [report.id])).toEqual([])
  })

  it('needs its author’s sign-in: a device alone may not bring it', async () => {
    expect(turned((await routes.deliver(deviceOf(who('rita')), await sealed('rita', log)))[0])).toBe('later sign-in-needed')
  })

  it('waits for the entry that it goes on with', async () => {
    const id = randomUUID()
    expect((await sends('rita', log, { id: randomUUID(), report: id })).said).toBe('later unknown-entry')
    expect((await sends('rita', { v: 1, what: 'removal' }, { id })).said).toBe('refused wrong-entry')
  })

  it('is one transaction with its audit row and its number', async () => {
    const { id } = await sends('rita', log)
    expect(await world.asOwner('select actor, action from audit where object = $1', [id])).toEqual([{ actor: who('rita'), action: 'letter.training' }])
    const [row] = await world.asOwner<{ same: boolean }>('select t.seq = l.seq and l.signature is not null as same from training t join letter l on l.id = t.id where t.id = $1', [id])
    expect(row?.same).toBe(true)
    await world.asOwner("create function public.no() returns trigger language plpgsql as $$ begin raise exception 'disk'; end $$; create trigger no before insert on audit for each row execute function public.no()")
    const lost = await sealed('rita', log)
    expect(turned((await routes.deliver(signedIn(who('rita')), lost))[0])).toBe('later try-again')
    await world.asOwner('drop function public.no() cascade')
    expect(await world.asOwner('select id from training where id = $1', [lost.id])).toEqual([])
    expect(await world.asOwner('select * from app.audit_verify((select id from tenant))')).toEqual([])
  })

  it('that is hostile is refused with its code, and is never our failure', async () => {
    for (const content of [{ ...log, on: '2026-02-31' }, { ...log, on: '1999-01-01' }, { ...log, people: 0 }, { ...log, people: 2_001 }, { ...log, people: 1.5 }, { ...log, text: 'x'.repeat(1_501) }, { ...log, names: ['Kari'] },
      { ...log, code: '../x' }, { ...log, code: undefined }, { ...log, form: 'party' }, { ...plan, groups: ['all', 'all'] }, { ...plan, state: 'agreed' }, { ...plan, title: '' }, { ...request, until: '2026-12-01' },
      { ...request, form: 'practice' }, { ...request, need: 'money' }, { v: 1, what: 'reply', state: 'done' }, { v: 1, what: 'erase' }, { v: 2, what: 'removal' }, { v: 1, facts: {} }]) {
      expect((await sends('rita', content)).said, JSON.stringify(content)).toBe('refused invalid-content')
    }
    const odd = await sends('rita', { ...log, title: 'halv \ud83d og \0', text: '<b>&\u202e 01010750160' })
    expect(odd.said).toBe('received')
    expect(await seenBy('rita', odd.id)).toMatchObject({ title: 'halv \uFFFD og \uFFFD' })
  })

  it('leaves no readable text in any table, and none at all when the entry is erased', async () => {
    const { id } = await sends('rita', { ...request, title: 'TITTEL-MARKØR', text: 'GRUNN-MARKØR' })
    await sends('hans', { v: 1, what: 'reply', state: 'contact', message: 'SVAR-MARKØR' }, { id: randomUUID(), report: id })
    const all = await world.dump()
    expect(all).toContain(id)
    expect(all).not.toMatch(/MARKØR/)
    await world.database.asServer((sql) => sql.query('select app.erase_training($1)', [id]))
    expect(await seenBy('rita', id)).toBeUndefined()
    expect((await sends('rita', request, { id })).said).toBe('gone erased')
  })
})

describe('the pull', () => {
  it('brings reports and entries in one order, page by page, each once', async () => {
    const start = (await pulls('rita')).cursor
    const wanted: string[] = []
    for (let nth = 0; nth < 6; nth += 1) {
      const report = await seal(world.keyring, { account: who('rita') })
      await routes.deliver(signedIn(who('rita')), report)
      wanted.push(report.id, (await sends('rita', log)).id)
    }
    const { changes } = await pulls('rita', start)
    const seqs = changes.map((change) => ('seq' in change ? change.seq : 0))
    expect(seqs).toEqual(seqs.toSorted((one, other) => one - other))
    expect([...new Set(changes.map(({ report }) => report))]).toEqual(wanted)
  })

  it('passes nothing by when both lists are longer than a page', async () => {
    const start = (await pulls('rita')).cursor
    await world.asOwner(`insert into training (id, tenant, unit, author, by_role, what, form, code, held_on, state, seq, received_at, changed_at)
      select gen_random_uuid(), u.tenant, u.id, $1, 'leder', 'log', 'training', 'course-ros', '2026-11-23', 'done', t.seq + n * 2, now(), now() from unit u join tenant t on t.id = u.tenant, generate_series(1, 700) n where u.id = $2`, [who('rita'), demoUnits.solbakken.id])
    await world.asOwner(`insert into report (id, tenant, unit, reporter, reporter_name, seq, received_at, confirmed)
      select gen_random_uuid(), u.tenant, u.id, $1, '\\x00', t.seq + n * 2 - 1, now(), true from unit u join tenant t on t.id = u.tenant, generate_series(1, 700) n where u.id = $2`, [who('kari'), demoUnits.solbakken.id])
    await world.asOwner('update tenant set seq = seq + 1400')
    const seen = new Set<string>()
    let cursor = start
    for (let page = 0; page < 4; page += 1) {
      const found = await pulls('rita', cursor)
      for (const { report } of found.changes) seen.add(report)
      cursor = found.cursor
    }
    expect(seen.size).toBe(1_400)
  })
})
