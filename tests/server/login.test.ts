import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '#contract/session.ts'
import { openPort } from '../support/openPort.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import type { Visitor } from '../support/visitor.ts'

let server: TestServer
beforeAll(async () => { server = await startTestServer() })
afterAll(() => server.end())

const sessionOf = async (visitor: Visitor): Promise<Session> => (await visitor.ask('/api/v1/session')).json() as Promise<Session>
const nameOf = async (visitor: Visitor) => (await sessionOf(visitor)).account?.name ?? null
const problemOf = async (answer: Response) => ({ status: answer.status, code: (await answer.json() as { code: string }).code })

describe('signing in', () => {
  it('leads through the provider and back to where the person was', async () => {
    const visitor = server.visitor()
    const answer = await visitor.signIn('kari', '/auth/login?return_to=%2Fmine%3Fa%3D1')
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/mine?a=1'])
    expect(await sessionOf(visitor)).toMatchObject({ account: { name: 'Kari Solheim' }, municipality: 'Demo kommune', demo: true })
  })

  it('asks the provider with code, PKCE, state and nonce', async () => {
    const answer = await server.visitor().ask('/auth/login')
    const { searchParams: wish } = new URL(answer.headers.get('location') ?? '')
    expect(Object.fromEntries(wish)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', redirect_uri: `${server.origin}/auth/callback` })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(wish.get(name)?.length).toBeGreaterThan(30)
  })

  it('gives cookies that only this server reads, and that outlive the process of the app', async () => {
    const answer = await server.visitor().signIn('kari')
    const lines = answer.headers.getSetCookie().filter((line) => /^__Host-(?:sid|dev)=/.test(line))
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(line).toContain(attribute)
      expect(Number(/Max-Age=(\d+)/.exec(line)?.[1])).toBeGreaterThan(3_600)
      expect(line).not.toContain('Domain')
    }
  })

  it('keeps only the hash of a cookie', async () => {
    const visitor = server.visitor()
    await visitor.signIn('kari')
    const rows = await server.services.database.asServer((sql) => sql.query<{ text: string }>('select s::text as text from session s union all select d::text from device d'))
    const values = [...visitor.cookies].filter(([name]) => name !== '__Host-who').flatMap(([, value]) => [value, Buffer.from(value, 'base64url').toString('hex')])
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.filter(({ text }) => values.some((value) => text.includes(value)))).toEqual([])
  })

  it('takes a new id every time, and the old one is dead', async () => {
    const visitor = server.visitor()
    await visitor.signIn('kari')
    const before = visitor.copy()
    await visitor.signIn('kari')
    expect(await nameOf(visitor)).toBe('Kari Solheim')
    expect(await nameOf(before)).toBeNull()
  })

  it('never brings back the person before: the next one is asked who they are', async () => {
    const visitor = server.visitor()
    await visitor.signIn('kari')
    await visitor.ask('/api/v1/session/end', { method: 'POST', headers: { 'origin': server.origin, 'content-type': 'application/json' }, body: '{}' })
    const { answer } = await visitor.follow('/auth/login?switch=1')
    expect(await answer.text()).toContain('value="ola"')
    await visitor.signIn('ola', '/auth/login?switch=1')
    expect(await nameOf(visitor)).toBe('Ola Berge')
  })

  it('asks the provider to ask again on a switch, and on a phone that several people use', async () => {
    const visitor = server.visitor()
    const promptOf = async (path: string) => new URL((await visitor.ask(path)).headers.get('location') ?? '').searchParams.get('prompt')
    expect(await promptOf('/auth/login')).toBeNull()
    expect(await promptOf('/auth/login?switch=1')).toBe('login')
    await visitor.signIn('kari')
    expect(await promptOf('/auth/login')).toBeNull()
    await visitor.signIn('ola')
    expect(await promptOf('/auth/login')).toBe('login')
  })

  it('finds the same account again', async () => {
    const [first, second] = [server.visitor(), server.visitor()]
    await first.signIn('rita')
    await second.signIn('rita')
    expect((await sessionOf(first)).account?.id).toBe((await sessionOf(second)).account?.id)
  })
})

describe('a sign-in that does not fit', () => {
  it('lets nobody use a callback twice', async () => {
    const visitor = server.visitor()
    const callback = await visitor.choose('kari', '/auth/login')
    const again = visitor.copy()
    expect((await visitor.ask(callback)).status).toBe(303)
    expect(await problemOf(await visitor.ask(callback))).toEqual({ status: 400, code: 'invalid-request' })
    expect(await problemOf(await again.ask(callback))).toEqual({ status: 400, code: 'invalid-request' })
    expect(await nameOf(again)).toBeNull()
  })

  it('refuses another state, and no state', async () => {
    for (const change of [(url: URL) => url.searchParams.set('state', 'x'.repeat(43)), (url: URL) => url.searchParams.delete('state')]) {
      const visitor = server.visitor()
      const callback = new URL(await visitor.choose('kari', '/auth/login'))
      change(callback)
      expect((await visitor.ask(callback.href)).status).toBe(400)
      expect(await nameOf(visitor)).toBeNull()
    }
  })

  it('refuses a code that somebody else fetched', async () => {
    const [attacker, victim] = [server.visitor(), server.visitor()]
    const callback = await attacker.choose('ola', '/auth/login')
    await victim.ask('/auth/login')
    expect((await victim.ask(callback)).status).toBe(400)
    expect(await nameOf(victim)).toBeNull()
  })

  it('refuses a callback without a sign-in, with one that was changed, and with one that is too old', async () => {
    expect((await server.visitor().ask('/auth/callback?code=a&state=b')).status).toBe(400)
    const changed = server.visitor()
    const callback = await changed.choose('kari', '/auth/login')
    const sealed = changed.cookies.get('__Host-tx') ?? ''
    changed.cookies.set('__Host-tx', sealed.slice(0, -4) + (sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA'))
    expect((await changed.ask(callback)).status).toBe(400)
    const slow = server.visitor()
    const late = await slow.choose('kari', '/auth/login')
    server.later(700_000)
    expect((await slow.ask(late)).status).toBe(400)
    server.later(-700_000)
  })

  it('shows the app to a person instead of a document', async () => {
    const answer = await server.visitor().ask('/auth/callback?error=access_denied', { headers: { accept: 'text/html' } })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/?sign-in=failed'])
  })

  it('turns a pupil away, without an account and without a cookie', async () => {
    const visitor = server.visitor()
    const answer = await visitor.signIn('per')
    expect(answer.headers.get('location')).toBe('/?sign-in=refused')
    expect([...visitor.cookies.keys()].filter((name) => name.startsWith('__Host-'))).toEqual([])
    const rows = await server.services.database.asServer((sql) => sql.query("select 1 from account where subject = 'per'"))
    expect(rows).toEqual([])
  })

  it.each(['//evil.example', '/\\evil.example', '/%0d%0aset-cookie:a=b', 'https://evil.example/', '/auth/login'])('never leads to %s afterwards', async (wish) => {
    const answer = await server.visitor().signIn('kari', `/auth/login?return_to=${encodeURIComponent(wish)}`)
    const location = answer.headers.get('location') ?? ''
    expect(new URL(location, server.origin).origin).toBe(server.origin)
    expect(location).not.toMatch(/^\/[/\\]|[\r\n]|evil\.example/)
  })

  it('starts for nobody who only followed a link of another site', async () => {
    const answer = await server.visitor().ask('/auth/login', { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } })
    expect([answer.headers.get('location'), answer.headers.getSetCookie()]).toEqual(['/', []])
  })
})

describe('the demo identity provider', () => {
  it('shows its people, says that it is a demo, and runs no script', async () => {
    const { answer } = await server.visitor().follow('/auth/login')
    const page = await answer.text()
    for (const who of ['kari', 'ola', 'rita', 'vera', 'lars', 'nina', 'siri', 'hans', 'eva', 'per']) expect(page).toContain(`<button name="login" value="${who}">`)
    expect(page).toContain('Demo')
    expect(page).not.toContain('<script')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'")
  })

  it('takes a choice from its own page only', async () => {
    const visitor = server.visitor()
    const { path } = await visitor.follow('/auth/login')
    const answer = await visitor.ask(path, { method: 'POST', headers: { 'origin': 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' }, body: 'login=kari' })
    expect(answer.status).toBe(400)
  })

  it('offers a way on when its page is too old', async () => {
    const answer = await server.visitor().ask('/demo-idp/interaction/of-yesterday')
    expect([answer.status, (await answer.text()).includes('Logg inn på nytt')]).toEqual([400, true])
  })

  it('refuses a request without PKCE and one that leads elsewhere', async () => {
    const wish = new URL((await server.visitor().ask('/auth/login')).headers.get('location') ?? '')
    const plain = new URL(wish)
    for (const name of ['code_challenge', 'code_challenge_method']) plain.searchParams.delete(name)
    const refused = await server.visitor().ask(plain.pathname + plain.search)
    expect(new URL(refused.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request')
    wish.searchParams.set('redirect_uri', 'https://evil.example/')
    expect((await server.visitor().ask(wish.pathname + wish.search)).status).toBe(400)
  })
})

describe('an identity provider that does not answer', () => {
  it('is said as such, and everything else goes on', async () => {
    const real = await server.beside({ OIDC_ISSUER: `https://localhost:${await openPort()}`, OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' })
    const program = await real.app.inject({ url: '/auth/login' })
    expect([program.statusCode, program.json<{ code: string }>().code]).toEqual([503, 'not-ready'])
    const person = await real.app.inject({ url: '/auth/login', headers: { accept: 'text/html' } })
    expect([person.statusCode, person.headers.location]).toEqual([303, '/?sign-in=failed'])
    expect((await real.app.inject({ url: '/api/v1/session' })).json()).toMatchObject({ account: null, demo: false })
    expect((await real.app.inject({ url: '/demo-idp/style.css' })).statusCode).toBe(404)
    await real.end()
  })
})
