import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import type { Visitor } from '../support/visitor.ts'

let world: TestServer
let server: TestServer
beforeAll(async () => {
  world = await startTestServer()
  server = await world.beside({ RATE_LIMIT_FACTOR: '1', RATE_API_PER_MINUTE: '5', RATE_DELIVERIES_PER_HOUR: '6', RATE_ANONYMOUS_PER_MINUTE: '20' })
})
afterAll(async () => {
  await server.end()
  await world.end()
})

const session = (visitor: Visitor, headers: Record<string, string> = {}) => visitor.ask('/api/v1/session', { headers })
const have = (visitor: Visitor) => visitor.post('/api/v1/letters/have', { ids: ['6f1c2a50-7c1e-4b7e-9a51-0d6f3b1c2a50'] })
const statuses = async (times: number, ask: () => Promise<Response>) => {
  const answers: number[] = []
  for (let i = 0; i < times; i++) answers.push((await ask()).status)
  return answers
}
const signedIn = async (who: string) => {
  const visitor = server.visitor()
  await visitor.signIn(who)
  return visitor
}

describe('whoever asks too often', () => {
  it('is told when to come back', async () => {
    const visitor = await signedIn('kari')
    expect(await statuses(7, () => session(visitor))).toEqual([200, 200, 200, 200, 200, 429, 429])
    const answer = await session(visitor)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect([answer.headers.get('content-type'), await answer.json()]).toEqual(['application/problem+json; charset=utf-8', expect.objectContaining({ status: 429, code: 'too-many-requests' })])
  })

  it('does not use up what others have, at the same address', async () => {
    const [first, second] = [await signedIn('ola'), await signedIn('rita')]
    await statuses(6, () => session(first))
    expect((await session(first)).status).toBe(429)
    expect((await session(second)).status).toBe(200)
  })

  it('is the same account on every phone', async () => {
    const [first, second] = [await signedIn('vera'), await signedIn('vera')]
    await statuses(5, () => session(first))
    expect((await session(second)).status).toBe(429)
  })

  it('may still deliver: letters have a limit of their own', async () => {
    const visitor = await signedIn('lars')
    await statuses(6, () => session(visitor))
    expect((await have(visitor)).status).toBe(200)
  })

  it('is counted as a device when nobody is signed in there', async () => {
    const [first, second] = [(await signedIn('siri')).copy('__Host-dev'), (await signedIn('siri')).copy('__Host-dev')]
    expect(await statuses(7, () => have(first))).toEqual([200, 200, 200, 200, 200, 200, 429])
    expect((await have(second)).status).toBe(200)
  })

  it('is counted by address when they are nobody, whatever they claim to be', async () => {
    let number = 0
    const answers = await statuses(25, () => session(server.visitor(), { 'x-forwarded-for': `10.0.0.${number++}` }))
    expect([answers.includes(429), answers.indexOf(429) >= 15]).toEqual([true, true])
  })

  it('still gets the files of the app', async () => {
    expect(new Set(await statuses(40, () => server.visitor().ask('/assets/index-a1b2c3.js')))).toEqual(new Set([200]))
  })
})
