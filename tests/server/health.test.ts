import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'

let server: TestServer
beforeAll(async () => { server = await startTestServer() })
afterAll(() => server.end())

describe('health', () => {
  it('is well', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answer = await server.visitor().ask(path)
      expect([path, answer.status, await answer.json()]).toEqual([path, 200, { status: 'ok' }])
    }
  })

  it.each([
    ['is away', () => Promise.reject(new Error('connection refused'))],
    ['hangs', () => new Promise<boolean>(() => undefined)],
    ['says no', () => Promise.resolve(false)],
  ])('is alive but not ready when the database %s', async (_name, ready) => {
    const { services } = server
    const app = await createApp({ ...services, database: { ...services.database, ready } })
    expect((await app.inject('/healthz')).statusCode).toBe(200)
    const answer = await app.inject('/readyz')
    expect([answer.statusCode, answer.json<{ code: string }>().code, Number(answer.headers['retry-after']) > 0]).toEqual([503, 'not-ready', true])
    await app.close()
  })
})

describe('a request while the database is away', () => {
  it.each(['ECONNREFUSED', '57P01', '57P03', '53300', '08006'])('is told to come back (%s)', async (code) => {
    const asServer = () => Promise.reject(Object.assign(new Error('away'), { code }))
    const app = await createApp({ ...server.services, database: { ...server.services.database, asServer } })
    const answer = await app.inject({ url: '/api/v1/session', headers: { cookie: `__Host-sid=${'a'.repeat(43)}` } })
    expect([answer.statusCode, answer.json<{ code: string }>().code, Number(answer.headers['retry-after']) > 0]).toEqual([503, 'not-ready', true])
    await app.close()
  })
})
