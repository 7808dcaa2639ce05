import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '#contract/session.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import type { Visitor } from '../support/visitor.ts'

let server: TestServer
beforeAll(async () => { server = await startTestServer() })
afterAll(() => server.end())

const hourMs = 3_600_000
const accountOf = async (visitor: Visitor) => (await (await visitor.ask('/api/v1/session')).json() as Session).account
const signedIn = async (who: string) => {
  const visitor = server.visitor()
  await visitor.signIn(who)
  return visitor
}
const signOut = (visitor: Visitor) => visitor.post('/api/v1/session/end', {})
const someId = '6f1c2a50-7c1e-4b7e-9a51-0d6f3b1c2a50'
const askHave = (visitor: Visitor) => visitor.post('/api/v1/letters/have', { ids: [someId] })
const changes = (visitor: Visitor, account?: string) => visitor.ask('/api/v1/changes', account === undefined ? {} : { headers: { 'x-account': account } })
const problemOf = async (answer: Response) => ({ status: answer.status, code: (await answer.json() as { code: string }).code })

describe('a session', () => {
  it('is nobody before sign-in, as an ordinary answer that sets no cookie', async () => {
    const answer = await server.visitor().ask('/api/v1/session')
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
    expect(await answer.json()).toEqual({ account: null, municipality: 'Demo kommune', demo: true })
  })

  it('ends on the server, so that a copied cookie is dead too', async () => {
    const visitor = await signedIn('kari')
    const thief = visitor.copy()
    expect((await signOut(visitor)).status).toBe(204)
    expect(visitor.cookies.has('__Host-sid')).toBe(false)
    expect(await accountOf(thief)).toBeNull()
  })

  it('may be ended twice', async () => {
    const visitor = await signedIn('kari')
    await signOut(visitor)
    expect((await signOut(visitor)).status).toBe(204)
  })

  it('dies when its account is closed', async () => {
    const visitor = await signedIn('nina')
    const id = (await accountOf(visitor))?.id
    await server.services.database.asServer((sql) => sql.query('update account set disabled_at = now() where id = $1', [id]))
    expect(await accountOf(visitor)).toBeNull()
    await server.services.database.asServer((sql) => sql.query('update account set disabled_at = null where id = $1', [id]))
  })

  it.each(['', 'x', 'a'.repeat(43), `${'a'.repeat(42)}=`, "' or 1=1 --"])('is not opened by the cookie %j', async (value) => {
    const visitor = server.visitor()
    visitor.cookies.set('__Host-sid', value)
    visitor.cookies.set('__Host-dev', value)
    expect(await accountOf(visitor)).toBeNull()
    expect(await problemOf(await askHave(visitor))).toEqual({ status: 401, code: 'sign-in-needed' })
  })
})

describe('time', () => {
  beforeEach(() => () => { server.later(-passed); passed = 0 })
  let passed = 0
  const wait = (ms: number) => { passed += ms; server.later(ms) }

  it('ends a session after twelve hours of use', async () => {
    const visitor = await signedIn('kari')
    wait(6 * hourMs)
    expect(await accountOf(visitor)).not.toBeNull()
    wait(5.9 * hourMs)
    expect(await accountOf(visitor)).not.toBeNull()
    wait(0.2 * hourMs)
    expect(await accountOf(visitor)).toBeNull()
  })

  it('ends an employee’s session after eight hours alone, and a leader’s after half an hour', async () => {
    const [employee, leader] = [await signedIn('kari'), await signedIn('rita')]
    wait(0.6 * hourMs)
    expect([await accountOf(employee), await accountOf(leader)]).toEqual([expect.objectContaining({ name: 'Kari Solheim' }), null])
    wait(8.1 * hourMs)
    expect(await accountOf(employee)).toBeNull()
  })

  it('keeps a leader who is at work signed in', async () => {
    const leader = await signedIn('rita')
    for (let i = 0; i < 4; i++) {
      wait(0.4 * hourMs)
      expect(await accountOf(leader)).not.toBeNull()
    }
  })

  it('lets a device deliver for 180 days after it was last seen', async () => {
    const device = (await signedIn('kari')).copy('__Host-dev')
    wait(170 * 24 * hourMs)
    const answer = await askHave(device)
    expect([answer.status, answer.headers.getSetCookie().some((line) => line.startsWith('__Host-dev=') && line.includes('Max-Age=15552000'))]).toEqual([200, true])
    wait(170 * 24 * hourMs)
    expect((await askHave(device)).status).toBe(200)
    wait(181 * 24 * hourMs)
    expect((await askHave(device)).status).toBe(401)
  })
})

describe('a device', () => {
  it('may still deliver when its person has signed out', async () => {
    const visitor = await signedIn('kari')
    await signOut(visitor)
    expect((await askHave(visitor)).status).toBe(200)
  })

  it('can read nothing', async () => {
    const device = (await signedIn('kari')).copy('__Host-dev')
    expect(await accountOf(device)).toBeNull()
    expect(await problemOf(await changes(device, someId))).toEqual({ status: 401, code: 'sign-in-needed' })
    expect(await problemOf(await device.ask(`/api/v1/cases/${someId}`))).toEqual({ status: 401, code: 'sign-in-needed' })
  })

  it('delivers for each person who has signed in on it', async () => {
    const visitor = await signedIn('kari')
    const first = visitor.cookies.get('__Host-dev')
    await visitor.signIn('ola')
    expect(visitor.cookies.get('__Host-dev')).toBe(first)
    const rows = await server.services.database.asServer((sql) => sql.query<{ accounts: number }>('select count(*)::int as accounts from device_account group by id_hash order by 1 desc limit 1'))
    expect(rows[0]?.accounts).toBe(2)
  })

  it('delivers no more when it was revoked', async () => {
    const device = (await signedIn('kari')).copy('__Host-dev')
    await server.services.database.asServer((sql) => sql.query('update device set revoked_at = now()'))
    expect(await problemOf(await askHave(device))).toEqual({ status: 401, code: 'sign-in-needed' })
  })
})

describe('the account that the phone believes in', () => {
  it('must be the one that is signed in', async () => {
    const visitor = await signedIn('kari')
    const account = (await accountOf(visitor))?.id
    expect((await changes(visitor, account)).status).toBe(200)
    expect(await problemOf(await changes(visitor, someId))).toEqual({ status: 409, code: 'wrong-account' })
    expect(await problemOf(await changes(visitor))).toEqual({ status: 409, code: 'wrong-account' })
  })
})
