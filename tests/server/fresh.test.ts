/** What is taken along asks for a sign-in that is fresh. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Session } from '#contract/session.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import type { Visitor } from '../support/visitor.ts'

let server: TestServer
beforeAll(async () => { server = await startTestServer() })
afterAll(() => server?.end())

const own = async (visitor: Visitor) => {
  const { account } = await (await visitor.ask('/api/v1/session')).json() as Session
  const answer = await visitor.ask('/api/v1/export/me', { headers: { 'x-account': account?.id ?? '' } })
  return answer.status === 200 ? 200 : (await answer.json() as { code: string }).code
}

it('an ordinary sign-in is not enough; after a fresh one it is, for five minutes', async () => {
  const visitor = server.visitor()
  await visitor.signIn('kari')
  expect(await own(visitor)).toBe('fresh-sign-in-needed')
  const answer = await visitor.signIn('kari', '/auth/login?step_up=1&return_to=%2Fown-data')
  expect(answer.headers.get('location')).toBe('/own-data')
  expect(await own(visitor)).toBe(200)
  server.later(4 * 60_000)
  expect(await own(visitor)).toBe(200)
  server.later(2 * 60_000)
  expect(await own(visitor)).toBe('fresh-sign-in-needed')
})

it('asks the provider to have the person show who they are, whatever it remembers', async () => {
  const answer = await server.visitor().ask('/auth/login?step_up=1')
  const { searchParams: wish } = new URL(answer.headers.get('location') ?? '')
  expect([wish.get('prompt'), wish.get('max_age')]).toEqual(['login', '0'])
})

it('whoever is signed in as nobody is told so, for everything that is taken along', async () => {
  const visitor = server.visitor()
  for (const path of ['/export/me', '/export/cases?format=csv', '/cases/0192ab3f-0000-7000-8000-00001234abcd/pdf']) expect(await (await visitor.ask(`/api/v1${path}`)).json(), path).toMatchObject({ code: 'sign-in-needed' })
})
