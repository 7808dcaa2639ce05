/** Every route of the real server that names something, asked by everybody about everything that is somebody else's: no answer tells whether it is there. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoUnits } from '../../server/database/seed.ts'
import { openRoutes, signedIn } from '../support/deliver.ts'
import { people, type Person } from '../support/caseWorld.ts'
import { seal } from '../support/seal.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import type { Visitor } from '../support/visitor.ts'

let server: TestServer
const visitors = new Map<Person, Visitor>()
const accounts = new Map<Person, string>()
const things: Record<string, string> = {}
let routes: { method: string; path: string }[]

beforeAll(async () => {
  server = await startTestServer()
  const { database, keyring } = server.services
  for (const { id, subject } of await database.asServer((sql) => sql.query<{ id: string; subject: Person }>('select id, subject from account'))) accounts.set(subject, id)
  const api = await openRoutes({ database, keyring })
  for (const [name, by] of [['kari’s report', 'kari'], ['nina’s report', 'nina']] as const) {
    const letter = await seal(keyring, { account: accounts.get(by) ?? '', facts: { tiles: ['hit'] } })
    await api.deliver(signedIn(accounts.get(by) ?? ''), letter)
    things[name] = letter.id
  }
  for (const [name, by] of [['rita’s act', 'rita'], ['lars’ act', 'lars']] as const) {
    const letter = await seal(keyring, { account: accounts.get(by) ?? '', kind: 'case', report: things[by === 'rita' ? 'kari’s report' : 'nina’s report'] ?? '', content: { v: 1, seen: 0, what: 'note', text: 'x' } })
    await api.deliver(signedIn(accounts.get(by) ?? ''), letter)
    things[name] = letter.id
  }
  await api.app.close()
  for (const name of ['kari', 'lars'] as const) things[`${name}’s account`] = accounts.get(name) ?? ''
  for (const [name, { id }] of Object.entries(demoUnits)) things[name] = id
  const [local] = await database.asServer((sql) => sql.query<{ id: string }>('select id from local_entry limit 1'))
  things['a local number'] = local?.id ?? ''
  for (const name of people) {
    const visitor = server.visitor()
    await visitor.signIn(name)
    visitors.set(name, visitor)
  }
  const { paths } = await (await server.visitor().ask('/api/v1/openapi.json')).json() as { paths: Record<string, object> }
  routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).flatMap((method) => (/\{\w+\}/.test(path) ? [{ method: method.toUpperCase(), path }] : [])))
})
afterAll(() => server?.end())

const own: Record<string, readonly Person[]> = { 'kari’s report': ['kari', 'rita', 'vera'], 'nina’s report': ['nina', 'lars'] }
/** Who may hear that it is there. What is not said here may be heard by nobody. */
function mayKnow(path: string, who: Person, thing: string): boolean {
  if (path.startsWith('/api/v1/cases/')) return own[thing]?.includes(who) ?? false
  // The municipality's own and its people are its administrator's.
  if (/^\/api\/v1\/(?:local|people|units|grants|admin)/.test(path)) return who === 'eva'
  return false
}

const told = async (answer: Response): Promise<string> => {
  const { status } = answer
  const text = await answer.text()
  const headers = [...answer.headers].filter(([name]) => !['date', 'content-length', 'etag'].includes(name) && !name.startsWith('x-ratelimit')).map(([name, value]) => `${name}: ${value}`).toSorted()
  return [status, text, ...headers].join('\n')
}
const body: Record<string, object> = { '/api/v1/local/{id}': { kind: 'number', unit: null, code: 'bht', name: 'x', number: '55 00 00 00' } }

describe('a route that names something', () => {
  it('answers about what is somebody else’s as about what was never there, whoever asks', async () => {
    expect(routes.length).toBeGreaterThan(4)
    for (const { method, path } of routes) for (const [who, visitor] of visitors) {
      const ask = async (id: string) => told(await visitor.ask(path.replaceAll(/\{\w+\}/g, id), {
        method, headers: { 'origin': server.origin, 'x-account': accounts.get(who) ?? '', ...(method !== 'GET' && { 'content-type': 'application/json' }) }, ...(method !== 'GET' && { body: JSON.stringify(body[path] ?? {}) }),
      }))
      const nothing = await ask(randomUUID())
      expect(nothing, `${method} ${path} ${who}`).not.toMatch(/^5/)
      for (const [name, id] of Object.entries(things)) {
        const answer = await ask(id)
        if (!mayKnow(path, who, name)) expect(answer, `${method} ${path} ${who} ${name}`).toBe(nothing)
        else if (path === '/api/v1/cases/{id}') expect(answer, `${who} ${name}`).toMatch(/^200/)
      }
    }
  })

  it('asks whoever is not signed in to sign in, and never sends them away to another page', async () => {
    for (const { method, path } of routes) {
      const ask = async (id: string) => told(await server.visitor().ask(path.replaceAll(/\{\w+\}/g, id), { method, headers: { 'origin': server.origin, ...(method !== 'GET' && { 'content-type': 'application/json' }) }, ...(method !== 'GET' && { body: JSON.stringify(body[path] ?? {}) }) }))
      const answers = new Set(await Promise.all([randomUUID(), ...Object.values(things)].map(ask)))
      expect([...answers].map((answer) => answer.slice(0, 3)), `${method} ${path}`).toEqual([expect.stringMatching(/^4/)])
    }
  })
})
