import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportAnswer, People } from '#contract/admin.ts'
import { defaultSettings } from '#contract/settings.ts'
import { readTable } from '../../server/readTable.ts'
import { openCaseWorld, type CaseWorld, type Person } from '../support/caseWorld.ts'
import { openRoutes, signedIn } from '../support/deliver.ts'
import { nobody } from '../../server/identity/actor.ts'

let town: CaseWorld
beforeAll(async () => { town = await openCaseWorld() })
afterAll(() => town?.end())

const stale = (account: string) => ({ ...signedIn(account), shownAt: new Date(Date.now() - 600_000) })
const ask = (who: Person, method: 'GET' | 'POST' | 'PUT', path: string, body?: object, headers?: Record<string, string>) => town.routes.ask(signedIn(town.idOf(who)), method, path, body, headers)
const people = async (): Promise<People> => (await ask('eva', 'GET', '/people')).body
const solbakken = async () => (await people()).units.find(({ name }) => name.startsWith('Solbakken'))?.id ?? ''
const grantOf = async (subject: string, role: string) => (await people()).people.find((one) => one.subject === subject)?.grants.find((grant) => grant.role === role && grant.isActive)
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
const grant = (wishes: object = {}) => ({ person: { id: town.idOf('ola') }, role: 'leder', unit: '', from: day(0), to: day(300), ...wishes })

describe('roles', () => {
  it('are given for some time, and end at once for the next request', async () => {
    const unit = await solbakken()
    const report = await town.report('kari')
    expect(await town.caseOf('ola', report)).toBeUndefined()
    expect((await ask('eva', 'POST', '/people/grants', grant({ unit }))).status).toBe(201)
    expect(await town.caseOf('ola', report)).toBeDefined()
    const made = await grantOf('ola', 'leder')
    expect((await ask('eva', 'POST', `/people/grants/${made?.id}/end`, {})).status).toBe(204)
    expect(await town.caseOf('ola', report)).toBeUndefined()
    const [row] = await town.asOwner<{ granted: string; ended: string }>('select granted_by as granted, ended_by as ended from role_grant where id = $1', [made?.id])
    expect(row).toEqual({ granted: town.idOf('eva'), ended: town.idOf('eva') })
    const audit = await town.asOwner<{ action: string }>('select action from audit where object = $1 order by seq', [made?.id])
    expect(audit.map(({ action }) => action)).toEqual(['role.grant', 'role.revoke'])
  })

  it('can be given to somebody who has not signed in yet, who has it when they do', async () => {
    const unit = await solbakken()
    expect((await ask('eva', 'POST', '/people/grants', grant({ person: { subject: 'ny-rektor', name: 'Ny Rektor' }, unit }))).status).toBe(201)
    expect((await people()).people.find(({ subject }) => subject === 'ny-rektor')).toMatchObject({ name: 'Ny Rektor', hasSignedIn: false })
    expect(await town.dump()).not.toContain('Ny Rektor')
  })

  it.each([
    ['longer than 400 days', { to: day(420) }, 422], ['backwards', { to: day(-1) }, 422], ['a leader of everything', { unit: null }, 422], ['an administrator of one school', { role: 'eier-admin' }, 422],
    ['in a school that is not there', { unit: randomUUID() }, 404], ['to nobody', { person: { id: randomUUID() } }, 404], ['to an e-mail address', { person: { subject: 'ola@bergen.kommune.no', name: 'Ola' } }, 400],
  ])('are never given %s', async (_words, wishes, status) => expect((await ask('eva', 'POST', '/people/grants', grant({ unit: await solbakken(), ...wishes }))).status).toBe(status))

  it('are not given or seen by anybody else, and not after a sign-in that is old', async () => {
    const unit = await solbakken()
    for (const who of ['kari', 'rita', 'vera', 'hans'] as const) {
      expect((await ask(who, 'GET', '/people')).status, who).toBe(404)
      expect((await ask(who, 'POST', '/people/grants', grant({ unit }))).status, who).toBe(404)
    }
    expect((await town.routes.ask(stale(town.idOf('eva')), 'POST', '/people/grants', grant({ unit }))).body.code).toBe('fresh-sign-in-needed')
    expect((await town.routes.ask(stale(town.idOf('eva')), 'GET', '/people')).status).toBe(200)
  })

  it('leave one administrator', async () => {
    const own = await grantOf('eva', 'eier-admin')
    expect((await ask('eva', 'POST', `/people/grants/${own?.id}/end`, {})).body.code).toBe('last-administrator')
    expect((await ask('eva', 'GET', '/people')).status).toBe(200)
  })

  it('begin with the operator’s code, where there is no administrator, and once for each code', async () => {
    const [code, other] = ['a-code-of-the-operator', 'another-code-afterwards']
    const begin = async (wanted: string, given: string, actor = signedIn(town.idOf('kari'))) => {
      const { app, ask: asked } = await openRoutes(town, { SETUP_CODE: wanted })
      const { status } = await asked(actor, 'POST', '/setup', { code: given })
      await app.close()
      return status
    }
    const runOut = () => town.asOwner("update role_grant set to_at = now() where role = 'eier-admin' and (to_at is null or to_at > now())")
    expect(await begin(code, code), 'eva is there').toBe(404)
    const [eva] = await town.asOwner<{ id: string }>("select id from role_grant where role = 'eier-admin' and account = $1 and (to_at is null or to_at > now())", [town.idOf('eva')])
    await runOut()
    expect((await ask('eva', 'GET', '/people')).status).toBe(404)
    expect([(await ask('kari', 'POST', '/setup', { code })).status, await begin(code, 'not-the-code-at-all')]).toEqual([404, 404])
    expect(await begin(code, code, nobody)).toBe(401)
    expect([await begin(code, code), await begin(code, code)]).toEqual([204, 404])
    expect((await ask('kari', 'GET', '/people')).status).toBe(200)
    const [row] = await town.asOwner<{ object: string }>("select object from audit where action = 'town.begin' order by seq desc limit 1")
    expect(row?.object).toBe(town.idOf('kari'))
    await runOut()
    expect([await begin(code, code), await begin(other, other)]).toEqual([404, 204])
    await runOut()
    await town.asOwner('update role_grant set to_at = null where id = $1', [eva?.id])
  })
})

describe('a table', () => {
  const heading = 'unit;subject;name;role;from;to'
  const bring = async (text: string, commit = false): Promise<ImportAnswer> => (await ask('eva', 'POST', '/people/import', { text, commit })).body

  it('says what it would do, does it as a whole, and nothing the second time', async () => {
    const text = `\uFEFF${heading}\r\nNy skole;a-1;"Åse; med semikolon";leder;${day(0)};${day(100)}\r\nny skole;a-2;Bo;verneombud;${day(0)};${day(100)}\r\n;a-3;Cis;hms;${day(0)};${day(100)}\r\n`
    expect(await bring(text)).toEqual({ committed: false, rows: 3, units: 1, people: 3, grants: 3, bad: [] })
    expect((await people()).units.map(({ name }) => name)).not.toContain('Ny skole')
    expect(await bring(text, true)).toMatchObject({ committed: true, grants: 3 })
    expect((await people()).units.filter(({ name }) => name === 'Ny skole')).toHaveLength(1)
    expect((await people()).people.find(({ subject }) => subject === 'a-1')?.name).toBe('Åse; med semikolon')
    expect(await bring(text, true)).toMatchObject({ units: 0, people: 0, grants: 0 })
  })

  it('names each bad row, and changes nothing while there is one', async () => {
    const good = `Skole B;b-1;Bo;leder;${day(0)};${day(100)}`
    const answer = await bring([heading, good, 'Skole B;b@c.no;Bo;leder;2026-01-01;2026-02-01', 'Skole B;b-3;Bo;sjef;2026-01-01;2026-02-01', 'Skole B;b-4;Bo;leder;2026-02-30;2026-03-01', 'Skole B;b-5;Bo;leder;2026-01-01;2029-01-01', ';b-6;Bo;leder;2026-01-01;2026-02-01', good].join('\n'), true)
    expect(answer.bad).toEqual([
      { row: 3, fault: 'subject', value: 'b@c.no' }, { row: 4, fault: 'role', value: 'sjef' }, { row: 5, fault: 'from', value: '2026-02-30' }, { row: 6, fault: 'too-long', value: '2029-01-01' },
      { row: 7, fault: 'unit-needed', value: 'leder' }, { row: 8, fault: 'twice', value: 'b-1' },
    ])
    expect(answer.committed).toBe(false)
    expect((await people()).units.map(({ name }) => name)).not.toContain('Skole B')
  })

  it.each([['', 'columns'], ['unit;subject\nx;y', 'columns'], [`${heading}\n"never ends;x;y;leder;2026-01-01;2026-02-01`, 'table'], [`${heading}\n${'a;b;c;leder;2026-01-01;2026-02-01\n'.repeat(5_001)}`, 'too-many']])('that is none is turned down whole', (text, fault) =>
    expect(readTable(text).bad.map((row) => row.fault)).toEqual([fault]))
})

describe('what the municipality decides', () => {
  it('is the defaults until it is set, and is not overwritten unseen', async () => {
    expect((await ask('kari', 'GET', '/settings')).body).toEqual({ settings: defaultSettings, version: 0 })
    const settings = { ...defaultSettings, clocks: { ...defaultSettings.clocks, open: 2 } }
    expect((await ask('rita', 'PUT', '/settings', settings, { 'if-match': '"0"' })).status).toBe(404)
    expect((await ask('eva', 'PUT', '/settings', settings, { 'if-match': '"0"' })).body).toMatchObject({ version: 1 })
    expect((await ask('eva', 'PUT', '/settings', defaultSettings, { 'if-match': '"0"' })).body.code).toBe('version-conflict')
    expect((await ask('kari', 'GET', '/settings')).body.settings.clocks.open).toBe(2)
    expect((await ask('eva', 'PUT', '/settings', { ...settings, clocks: { ...settings.clocks, open: 999 } }, { 'if-match': '"1"' })).status).toBe(400)
    expect((await ask('eva', 'PUT', '/settings', { ...settings, breaks: { autumn: 41, winter: 41 } }, { 'if-match': '"1"' })).status).toBe(400)
  })
  it('has the defaults of what could not be set yet when it was set', async () => {
    await town.database.asServer((sql) => sql.query("update setting set content = content - 'breaks'"))
    const { settings } = (await ask('kari', 'GET', '/settings')).body
    expect([settings.breaks, settings.clocks.open]).toEqual([defaultSettings.breaks, 2])
  })
})
