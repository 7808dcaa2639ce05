import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkEachRoute } from '../../server/policyHook.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import Fastify from 'fastify'

interface Operation { summary?: string; requestBody?: { content: Record<string, { schema: { properties?: object } }> }; responses: Record<string, { content?: Record<string, unknown> }> }
interface Document { openapi: string; info: { title: string }; paths: Record<string, Record<string, Operation>> }

let server: TestServer
let document: Document
beforeAll(async () => {
  server = await startTestServer()
  document = await (await server.visitor().ask('/api/v1/openapi.json')).json() as Document
})
afterAll(() => server.end())

const operations = () => Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })))

describe('the description of the API', () => {
  it('is OpenAPI 3.1 with a title', () => {
    expect([document.openapi, document.info.title]).toEqual(['3.1.0', 'Meldt'])
  })

  it('has every route of the API and the two of operations, and not the pages of sign-in', () => {
    expect(operations().map(({ name }) => name).toSorted()).toEqual([
      'delete /api/v1/local/{id}', 'get /api/v1/bi/keys', 'get /api/v1/bi/numbers', 'get /api/v1/cases/{id}', 'get /api/v1/cases/{id}/log', 'get /api/v1/cases/{id}/pdf', 'get /api/v1/changes', 'get /api/v1/export/cases', 'get /api/v1/export/me', 'get /api/v1/keys', 'get /api/v1/local', 'get /api/v1/openapi.json', 'get /api/v1/patterns', 'get /api/v1/people', 'get /api/v1/push', 'get /api/v1/ros', 'get /api/v1/ros/links', 'get /api/v1/ros/town', 'get /api/v1/session', 'get /api/v1/settings', 'get /api/v1/statistics/figures', 'get /api/v1/statistics/school', 'get /api/v1/statistics/series', 'get /api/v1/statistics/town', 'get /api/v1/stream', 'get /healthz', 'get /readyz',
      'post /api/v1/bi/keys', 'post /api/v1/bi/keys/{id}/end', 'post /api/v1/letters', 'post /api/v1/letters/have', 'post /api/v1/people/grants', 'post /api/v1/people/grants/{id}/end', 'post /api/v1/people/import', 'post /api/v1/push/end', 'post /api/v1/ros/{id}/done', 'post /api/v1/ros/{id}/withdraw', 'post /api/v1/session/end', 'post /api/v1/setup', 'put /api/v1/letters/{id}', 'put /api/v1/local/{id}', 'put /api/v1/people/units/{id}', 'put /api/v1/push', 'put /api/v1/ros/town/{id}', 'put /api/v1/ros/{id}', 'put /api/v1/settings', 'put /api/v1/statistics/figures/{unit}/{year}',
    ])
  })

  it('says of every route what it does, and of each in the API how it fails', () => {
    for (const { name, path, operation } of operations()) {
      expect([name, operation.summary]).toEqual([name, expect.stringMatching(/\w/)])
      if (!path.startsWith('/api/')) continue
      for (const status of ['4XX', '5XX']) expect([name, Object.keys(operation.responses[status]?.content ?? {})]).toEqual([name, ['application/problem+json']])
    }
  })

  it('comes from the schema that checks the request', () => {
    const schema = document.paths['/api/v1/letters']?.['post']?.requestBody?.content['application/json']?.schema
    expect(Object.keys(schema?.properties ?? {})).toEqual(['letters'])
  })

  it('may be opened in the address bar', async () => {
    expect((await server.app.inject({ url: '/api/v1/openapi.json', headers: { 'sec-fetch-mode': 'navigate' } })).statusCode).toBe(200)
  })
})

describe('a route without a policy', () => {
  it('stops the start', async () => {
    const app = Fastify()
    checkEachRoute(app, server.services.settings.limits)
    expect(() => app.get('/forgotten', async () => 'x')).toThrow('GET /forgotten does not say which policy')
    await app.close()
  })
})
