import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Problem, problemCodes } from '#contract/problem.ts'
import { Value } from 'typebox/value'
import { startTestServer, type TestServer } from '../support/testServer.ts'

let server: TestServer
beforeAll(async () => { server = await startTestServer() })
afterAll(() => server.end())

const end = '/api/v1/session/end'
const json = { 'content-type': 'application/json' }
const send = (headers: Record<string, string>, { path = end, body = '{}', method = 'POST' } = {}) => server.visitor().ask(path, { method, headers, body })

/** Every failure has this form, and only this. */
async function problemOf(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  const problem: unknown = await answer.json()
  expect(Value.Check(Problem, problem), JSON.stringify(problem)).toBe(true)
  const { status, code } = problem as Problem
  expect(status).toBe(answer.status)
  expect(problemCodes).toContain(code)
  return { status, code }
}

/** Bytes that no browser would send. */
const raw = (bytes: string): Promise<string> => new Promise((resolve, reject) => {
  const socket = connect(Number(new URL(server.origin).port), 'localhost')
  let heard = ''
  socket.on('data', (chunk: Buffer) => { heard += chunk.toString() })
  socket.on('close', () => resolve(heard))
  socket.on('error', reject)
  socket.write(bytes)
})

describe('another site', () => {
  it.each([
    ['no origin', {}], ['the origin null', { origin: 'null' }], ['a foreign origin', { origin: 'https://evil.example' }], ['another port', { origin: 'http://localhost:1' }],
    ['a longer origin', { origin: 'ORIGIN.evil.example' }], ['a foreign fetch', { 'origin': 'ORIGIN', 'sec-fetch-site': 'cross-site' }], ['a sibling’s fetch', { 'origin': 'ORIGIN', 'sec-fetch-site': 'same-site' }],
  ] as [string, Record<string, string>][])('changes nothing with %s', async (_name, headers) => {
    const real = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('ORIGIN', server.origin)]))
    expect(await problemOf(await send({ ...json, ...real }))).toEqual({ status: 403, code: 'wrong-origin' })
  })

  it('changes nothing with a form', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', 'application/jsonp']) {
      expect(await problemOf(await send({ 'origin': server.origin, 'content-type': type }))).toEqual({ status: 415, code: 'wrong-media-type' })
    }
  })

  it('reads nothing, neither by fetching nor by leading a person there', async () => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' }] as Record<string, string>[]) {
      const answer = await server.app.inject({ url: '/api/v1/session', headers })
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([403, 'wrong-origin'])
    }
  })

  it('does not stop the app itself', async () => {
    expect((await send({ ...json, 'origin': server.origin, 'sec-fetch-site': 'same-origin' })).status).toBe(204)
    expect((await send({ 'content-type': 'application/json; charset=utf-8', 'origin': server.origin })).status).toBe(204)
  })

  it('cannot hide a method in a header', async () => {
    expect((await server.visitor().ask('/api/v1/session', { headers: { 'x-http-method-override': 'DELETE' } })).status).toBe(200)
  })
})

describe('a request that is not in the agreed form', () => {
  const own = () => ({ ...json, origin: server.origin })
  const letters = '/api/v1/letters'

  it.each(['{', '[]', 'null', '""', '', '1e999', '{"letters":"x"}', '{"letters":[]}', '{"letters":[{}],"role":"leder"}', '{"__proto__":{"a":1}}', '{"letters":[{"a":{"__proto__":1}}]}',
    '{"\\u005f_proto__":1}', '{"constructor":{"prototype":{}}}', '\uFEFF{}', `${'['.repeat(50_000)}`, `${'['.repeat(20_000)}${']'.repeat(20_000)}`])('is refused: %.40s', async (body) => {
    expect(await problemOf(await send(own(), { path: letters, body }))).toEqual({ status: 400, code: 'invalid-request' })
  })

  it('says where, and never what was written there', async () => {
    const answer = await send(own(), { path: letters, body: JSON.stringify({ letters: [{ header: 'Ola sparket meg', to: [], body: '' }] }) })
    const text = await answer.text()
    expect(text).toContain('body/letters/0')
    expect(text).not.toContain('sparket')
  })

  it('is refused when it is too large, and a small room is smaller', async () => {
    expect(await problemOf(await send(own(), { path: letters, body: JSON.stringify({ letters: ['x'.repeat(1_200_000)] }) }))).toEqual({ status: 413, code: 'too-large' })
    expect(await problemOf(await send(own(), { body: JSON.stringify({ a: 'x'.repeat(70_000) }) }))).toEqual({ status: 413, code: 'too-large' })
  })

  it('is refused on an address that is not there, with any method', async () => {
    for (const path of ['/api/v1/nothing', '/api/nothing', '/api', '/auth/nothing']) expect(await problemOf(await server.visitor().ask(path))).toEqual({ status: 404, code: 'not-found' })
    expect(await problemOf(await send(own(), { path: '/api/v1/keys', method: 'DELETE' }))).toEqual({ status: 404, code: 'not-found' })
  })

  it('is refused when the address cannot be read', async () => {
    expect(await problemOf(await server.visitor().ask('/api/v1/cases/%E0%A4%A'))).toEqual({ status: 400, code: 'invalid-request' })
    expect((await server.visitor().ask(`/api/v1/cases/${'a'.repeat(5_000)}`)).status).toBeGreaterThanOrEqual(400)
  })

  it('is refused below HTTP too', async () => {
    const host = `Host: ${new URL(server.origin).host}`
    expect(await raw(`GET / HTTP/1.1\r\n${host}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431[\s\S]*"code":"too-large"/)
    expect(await raw(`POST ${letters} HTTP/1.1\r\n${host}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`)).toMatch(/^HTTP\/1\.1 400[\s\S]*"code":"invalid-request"/)
    expect(await raw(`GET / HTTP/1.1\r\n${host}\r\nX : a\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400/)
    expect(await raw('GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
    expect(await raw(`\u0016\u0003\u0001`)).toMatch(/^HTTP\/1\.1 400/)
  })

  it('takes no address from the Host header', async () => {
    const answer = await raw('GET /auth/login HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 303/)
    expect(answer).not.toContain('evil.example')
  })
})
