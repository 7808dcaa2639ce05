import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Local, LocalAddition, LocalContent } from '#contract/local.ts'
import { demoUnits } from '../../server/database/seed.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import type { Visitor } from '../support/visitor.ts'

let server: TestServer
const visitors = new Map<string, { visitor: Visitor; account: string }>()
const people = ['kari', 'rita', 'vera', 'lars', 'siri', 'hans', 'eva'] as const
const solbakken = demoUnits.solbakken.id

beforeAll(async () => {
  server = await startTestServer()
  for (const who of people) {
    const visitor = server.visitor()
    await visitor.signIn(who)
    const { account } = await (await visitor.ask('/api/v1/session')).json() as { account: { id: string } }
    visitors.set(who, { visitor, account: account.id })
  }
})
afterAll(() => server?.end())

const office = (more: Partial<LocalContent> = {}) => ({ kind: 'number', unit: solbakken, of: 'office', label: 'Kontoret', number: '+47 55 00 00 10', ...more }) as LocalContent
const link = (url: string): LocalContent => ({ kind: 'link', unit: null, title: 'Rutinen', url, item: null })
const addition = (nb: string, more: object = {}): LocalContent => ({ kind: 'addition', unit: null, item: 'alarm', title: 'Hos oss', texts: { nb }, ...more })

function send(who: string, method: 'PUT' | 'DELETE', id: string, body: unknown = {}, ifMatch?: string): Promise<Response> {
  const { visitor, account } = visitors.get(who) ?? { visitor: server.visitor(), account: '' }
  return visitor.ask(`/api/v1/local/${id}`, {
    method, body: JSON.stringify(body),
    headers: { 'origin': server.origin, 'content-type': 'application/json', 'x-account': account, ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
  })
}
const get = (who: string, headers: Record<string, string> = {}) => (visitors.get(who)?.visitor ?? server.visitor()).ask('/api/v1/local', { headers })
const all = async (who: string) => await (await get(who)).json() as Local
const find = async (id: string) => (await all('kari')).rows.find(({ entry }) => entry.id === id)
const problemOf = async (answer: Response) => { const { code, detail } = await answer.json() as { code: string; detail?: string }; return [answer.status, code, detail] }
const auditOf = (id: string) => server.services.database.asServer((sql) => sql.query<{ action: string; actor: string; detail: object }>('select action, actor, detail from audit where object = $1 order by seq', [id]))

describe('the municipality’s own, read', () => {
  it.each(people)('is there for %s, with schools and own schools', async (who) => {
    const { rows, units, mine } = await all(who)
    expect(rows.length).toBeGreaterThan(5)
    expect(units).toHaveLength(3)
    expect(mine).toEqual({ kari: [solbakken], rita: [solbakken], vera: [solbakken], lars: [demoUnits.fjordsyn.id], siri: [demoUnits.havnehagen.id], hans: [], eva: [] }[who])
  })

  it('is there for a device where somebody has signed in, without telling whose it is', async () => {
    const visitor = server.visitor()
    await visitor.signIn('kari')
    const device = visitor.copy('__Host-dev')
    const answer = await (await device.ask('/api/v1/local')).json() as Local
    expect(answer.mine).toBeNull()
    expect(answer.rows).toEqual((await all('kari')).rows)
  })

  it('is not there for a stranger', async () => {
    expect(await problemOf(await server.visitor().ask('/api/v1/local'))).toEqual([401, 'sign-in-needed', undefined])
  })

  it('is not there for a device whose people have left', async () => {
    const visitor = server.visitor()
    await visitor.signIn('ola')
    const device = visitor.copy('__Host-dev')
    const close = (at: string) => server.services.database.asServer((sql) => sql.query(`update account set disabled_at = ${at} where subject = 'ola'`))
    await close('now()')
    expect((await device.ask('/api/v1/local')).status).toBe(401)
    await close('null')
    expect((await device.ask('/api/v1/local')).status).toBe(200)
  })

  it('is not sent again while nothing has changed', async () => {
    const etag = (await get('kari')).headers.get('etag') ?? ''
    const again = await get('kari', { 'if-none-match': etag })
    expect([again.status, await again.text(), again.headers.get('cache-control')]).toEqual([304, '', 'no-store'])
    await send('eva', 'PUT', randomUUID(), office())
    expect((await get('kari', { 'if-none-match': etag })).status).toBe(200)
    expect((await get('kari', { 'if-none-match': `"old", W/${(await get('kari')).headers.get('etag')}` })).status).toBe(304)
  })
})

describe('the municipality’s own, written', () => {
  it.each(people)('by %s', async (who) => {
    const id = randomUUID()
    const made = await send(who, 'PUT', id, office())
    expect(made.status).toBe(who === 'eva' ? 200 : 404)
    await send('eva', 'PUT', id, office())
    expect((await send(who, 'PUT', id, office({ label: 'Ny' } as object), '"1"')).status).toBe(who === 'eva' ? 200 : 404)
    expect((await send(who, 'DELETE', id, {}, '"2"')).status).toBe(who === 'eva' ? 204 : 404)
    expect(await find(id)).toEqual(who === 'eva' ? undefined : { version: 1, entry: { ...office(), id } })
  })

  it('by nobody, another site, or with another person’s account', async () => {
    const id = randomUUID()
    const stranger = server.visitor()
    const headers = { 'origin': server.origin, 'content-type': 'application/json' }
    expect((await stranger.ask(`/api/v1/local/${id}`, { method: 'PUT', body: JSON.stringify(office()), headers })).status).toBe(401)
    const { visitor } = visitors.get('eva') ?? { visitor: stranger }
    const asEva = (more: Record<string, string>) => visitor.ask(`/api/v1/local/${id}`, { method: 'PUT', body: JSON.stringify(office()), headers: { ...headers, ...more } })
    expect(await problemOf(await asEva({ 'x-account': visitors.get('kari')?.account ?? '' }))).toEqual([409, 'wrong-account', undefined])
    expect(await problemOf(await asEva({ 'x-account': visitors.get('eva')?.account ?? '', 'origin': 'https://evil.example' }))).toEqual([403, 'wrong-origin', undefined])
    expect(await find(id)).toBeUndefined()
  })

  it('keeps an administrator of one school to that school', async () => {
    const account = visitors.get('lars')?.account ?? ''
    await server.services.database.asServer((sql) => sql.query("insert into role_grant (tenant, account, role, unit) select tenant, $1, 'eier-admin', id from unit where id = $2", [account, demoUnits.fjordsyn.id]))
    const [own, other, whole] = [randomUUID(), randomUUID(), randomUUID()]
    expect((await send('lars', 'PUT', own, office({ unit: demoUnits.fjordsyn.id }))).status).toBe(200)
    expect((await send('lars', 'PUT', other, office())).status).toBe(404)
    expect((await send('lars', 'PUT', whole, office({ unit: null }))).status).toBe(404)
    await send('eva', 'PUT', other, office())
    expect((await send('lars', 'PUT', other, office({ unit: demoUnits.fjordsyn.id }), '"1"')).status).toBe(404)
    expect((await send('lars', 'DELETE', other, {}, '"1"')).status).toBe(404)
  })

  it('never over another’s edit', async () => {
    const id = randomUUID()
    expect(await (await send('eva', 'PUT', id, office())).json()).toEqual({ version: 1, entry: { ...office(), id } })
    expect((await send('eva', 'PUT', id, office({ label: 'En' } as object), '"1"')).status).toBe(200)
    expect(await problemOf(await send('eva', 'PUT', id, office({ label: 'To' } as object), '"1"'))).toEqual([409, 'version-conflict', undefined])
    expect(await problemOf(await send('eva', 'PUT', id, office({ label: 'To' } as object)))).toEqual([409, 'version-conflict', undefined])
    expect(await problemOf(await send('eva', 'DELETE', id, {}, '"1"'))).toEqual([409, 'version-conflict', undefined])
    expect(await problemOf(await send('eva', 'PUT', randomUUID(), office(), '"3"'))).toEqual([409, 'version-conflict', undefined])
    expect(await problemOf(await send('eva', 'PUT', id, office(), 'five'))).toEqual([400, 'invalid-request', 'headers/if-match: form'])
    expect(await find(id)).toMatchObject({ version: 2, entry: { label: 'En' } })
  })

  it('once, when two write at the same time', async () => {
    const id = randomUUID()
    await send('eva', 'PUT', id, office())
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((label) => send('eva', 'PUT', id, office({ label } as object), '"1"')))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
    expect(await auditOf(id)).toHaveLength(2)
  })

  it('takes the same words twice as one, since an answer can be lost', async () => {
    const id = randomUUID()
    await send('eva', 'PUT', id, office())
    expect(await (await send('eva', 'PUT', id, office())).json()).toMatchObject({ version: 1 })
    expect(await auditOf(id)).toHaveLength(1)
  })

  it('leaves one audit row for each act, with no word of what was written', async () => {
    const id = randomUUID()
    await send('eva', 'PUT', id, office({ label: 'Hemmelig' } as object))
    await send('eva', 'PUT', id, office({ unit: null }), '"1"')
    await send('eva', 'DELETE', id, {}, '"2"')
    const rows = await auditOf(id)
    expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
      ['local.write', { kind: 'number', unit: solbakken, version: 1 }], ['local.write', { kind: 'number', version: 2 }], ['local.delete', { kind: 'number', version: 2 }],
    ])
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([visitors.get('eva')?.account]))
    expect(await server.services.database.asServer((sql) => sql.query("select * from tenant t, app.audit_verify(t.id)"))).toEqual([])
  })

  it('tells when an addition was changed, by the server’s clock', async () => {
    const id = randomUUID()
    await send('eva', 'PUT', id, addition('En linje.\n\nEn til.'))
    const { entry } = await find(id) ?? {}
    expect(entry).toMatchObject({ texts: { nb: 'En linje.\n\nEn til.' } })
    expect(Math.abs(new Date((entry as LocalAddition).updatedAt).getTime() - Date.now())).toBeLessThan(60_000)
  })
})

describe('hostile input', () => {
  const valid = '01010750160'
  it.each([
    ['a number with letters', office({ number: '55 OO OO 10' } as object), 'number: number'],
    ['a number of two digits', office({ number: '11' } as object), 'number: number'],
    ['a number of sixteen digits', office({ number: '1234567890123456' } as object), 'number: number'],
    ['a number that is a command of the phone', office({ number: '*#06#' } as object), 'number: number'],
    ['Arabic digits', office({ number: '٥٥٠٠٠٠١٠' } as object), 'number: number'],
    ['an empty label', office({ label: '  ' } as object), 'label: empty'],
    ['a line end in a label', office({ label: 'a\nb' } as object), 'label: signs'],
    ['a turn of direction', office({ label: 'a\u202Eb' } as object), 'label: signs'],
    ['half an emoji', office({ label: 'a\uD83D' } as object), 'label: signs'],
    ['a NUL', addition('a\0b'), 'texts.nb: signs'],
    ['http', link('http://example.org/'), 'url: url'],
    ['a script', link('javascript:alert(1)'), 'url: url'],
    ['a script after a line end', link('https://example.org/\njavascript:alert(1)'), 'url: signs'],
    ['a password in the address', link('https://user:pass@example.org/'), 'url: url'],
    ['a host without a dot', link('https://intern/rutine'), 'url: url'],
    ['a space in the address', link('https://example.org/a b'), 'url: url'],
    ['an identity number', addition(`Eleven ${valid.slice(0, 6)} ${valid.slice(6)} er her`), 'id-number'],
    ['an identity number in a label', office({ label: `Mor til ${valid}` } as object), 'id-number'],
  ])('%s is refused', async (_what, content, detail) => {
    expect(await problemOf(await send('eva', 'PUT', randomUUID(), content))).toEqual([422, 'invalid-content', detail])
  })

  it.each([
    ['another kind', { kind: 'alarm', unit: null }],
    ['a text that is too long', addition('a'.repeat(4_001))],
    ['a title that is too long', addition('a', { title: 'a'.repeat(121) })],
    ['a language that we do not have', addition('a', { texts: { nb: 'a', se: 'a' } })],
    ['a field that is not asked for', { ...office(), admin: true }],
    ['an item that is a path', addition('a', { item: '../read' })],
    ['a unit that is no id', office({ unit: 'solbakken' })],
    ['nothing', null],
  ])('%s is not in the agreed form', async (_what, content) => {
    expect((await problemOf(await send('eva', 'PUT', randomUUID(), content))).slice(0, 2)).toEqual([400, 'invalid-request'])
  })

  it('a full text of emoji in three languages is no trouble', async () => {
    const long = '🙂'.repeat(4_000)
    const id = randomUUID()
    expect((await send('eva', 'PUT', id, addition('', { texts: { nb: long, nn: long, en: long } }))).status).toBe(200)
    expect((await send('eva', 'DELETE', id, {}, '"1"')).status).toBe(204)
  })

  it('a school of nobody’s is refused', async () => {
    expect(await problemOf(await send('eva', 'PUT', randomUUID(), office({ unit: randomUUID() })))).toEqual([422, 'foreign-unit', undefined])
  })
})

describe('another municipality', () => {
  it('sees nothing, changes nothing, and its ids are its own', async () => {
    const { database } = server.services
    const [tenant, account, unit] = [randomUUID(), randomUUID(), randomUUID()]
    await database.asServer(async (sql) => {
      await sql.query("insert into tenant (id, name, kind) values ($1, 'Nabo', 'demo')", [tenant])
      await sql.query("insert into account (id, tenant, issuer, subject, name_sealed) values ($1, $2, 'test', 'nabo', '\\x00')", [account, tenant])
      await sql.query("insert into role_grant (tenant, account, role) values ($1, $2, 'eier-admin')", [tenant, account])
      await sql.query("insert into unit (id, tenant, name) values ($1, $2, 'Naboskolen')", [unit, tenant])
    })
    const id = randomUUID()
    await send('eva', 'PUT', id, office())
    const asNeighbour = <R>(text: string, values: unknown[] = []) => database.asActor({ account }, (sql) => sql.query<R>(text, values))
    expect(await asNeighbour('select * from local_entry')).toEqual([])
    expect(await asNeighbour('update local_entry set version = 9 returning id')).toEqual([])
    expect(await asNeighbour('delete from local_entry returning id')).toEqual([])
    const insert = "insert into local_entry (tenant, id, unit, kind, content, version, updated_at) values ($1, $2, $3, 'number', '{}', 1, now())"
    await expect(asNeighbour(insert, [tenant, id, solbakken])).rejects.toThrow(/row-level security/)
    await expect(asNeighbour(insert, ['0d000000-0000-4000-8000-000000000000', randomUUID(), null])).rejects.toThrow(/row-level security/)
    await expect(asNeighbour(insert, [tenant, id, unit])).resolves.toEqual([])
    expect(await find(id)).toMatchObject({ version: 1 })
    expect(await problemOf(await send('eva', 'PUT', randomUUID(), office({ unit })))).toEqual([422, 'foreign-unit', undefined])
  })
})

it('has room for so many rows and no more', async () => {
  const { database } = server.services
  await database.asServer((sql) => sql.query(`insert into local_entry (tenant, id, kind, content, version, updated_at)
    select id, gen_random_uuid(), 'number', '{"kind":"number","unit":null,"of":"other","label":"fyll","number":"113"}', 1, now() from tenant, generate_series(1, 2000) where name = 'Demo kommune'`))
  expect(await problemOf(await send('eva', 'PUT', randomUUID(), office()))).toEqual([422, 'too-much', undefined])
  await database.asServer((sql) => sql.query("delete from local_entry where content->>'label' = 'fyll'"))
  const full = JSON.stringify(addition('a'.repeat(10_000)))
  await database.asServer((sql) => sql.query(`insert into local_entry (tenant, id, kind, content, version, updated_at) select id, gen_random_uuid(), 'addition', $1::jsonb, 1, now() from tenant, generate_series(1, 99) where name = 'Demo kommune'`, [full]))
  expect(await problemOf(await send('eva', 'PUT', randomUUID(), addition('b'.repeat(4_000), { texts: { nb: 'b'.repeat(4_000), nn: 'b'.repeat(4_000) } })))).toEqual([422, 'too-much', undefined])
})
