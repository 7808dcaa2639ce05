import { Writable } from 'node:stream'
import Fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { answerFailures } from '../../server/failures.ts'
import { allowedFields, describeError, logAnswers, loggerOptions, ownLinesOnly } from '../../server/logs.ts'

const marker = 'Ola-sparket-meg'
const apps: { close(): Promise<unknown> }[] = []
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())))

/** A server that fails in several ways, and what it logged. */
function failing() {
  const lines: string[] = []
  const stream = new Writable({ write(chunk: Buffer, _encoding, done) { lines.push(chunk.toString()); done() } })
  const options = loggerOptions('trace')
  const app = Fastify({ logger: { ...(typeof options === 'object' ? options : {}), stream }, logController: ownLinesOnly() })
  apps.push(app)
  answerFailures(app)
  logAnswers(app)
  app.get('/case/:id', async () => ({ ok: true }))
  app.get('/broken/:id', async () => { throw Object.assign(new Error(`null value in row (${marker})`), { code: '23502', detail: marker }) })
  app.get('/words', async (request) => {
    request.log.error(new Error(marker))
    request.log.warn({ err: new Error(marker), text: marker, name: marker, ip: marker })
    return {}
  })
  return { app, lines }
}

describe('the log', () => {
  it('says how it went: time, level, request, method, template, status, milliseconds', async () => {
    const { app, lines } = failing()
    await app.inject(`/case/${marker}?q=${marker}`)
    const last = JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>
    expect(last).toMatchObject({ level: 'info', method: 'GET', route: '/case/:id', status: 200 })
    expect(Object.keys(last).filter((name) => !['level', 'time', 'reqId', 'method', 'route', 'status', 'ms', 'msg'].includes(name))).toEqual([])
    expect(lines.join('')).not.toContain(marker)
  })

  it('says which code a failure had', async () => {
    const { app, lines } = failing()
    await app.inject('/broken/1')
    expect(JSON.parse(lines.at(-1) ?? '{}')).toMatchObject({ status: 500, code: 'server-error' })
    expect(lines.join('')).toContain('23502')
  })

  it.each(['/broken/1', '/words', `/nothing/${marker}`])('never repeats what a person wrote: %s', async (path) => {
    const { app, lines } = failing()
    await app.inject({ url: path, headers: { 'user-agent': marker, 'x-forwarded-for': marker, 'cookie': `a=${marker}` } })
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.join('')).not.toContain(marker)
  })

  it('hides a fault from the one who asked', async () => {
    const answer = await failing().app.inject('/broken/1')
    expect([answer.statusCode, answer.json()]).toEqual([500, { type: 'about:blank', title: 'The server failed', status: 500, code: 'server-error' }])
  })

  it('lets only fields on its list through', () => {
    expect(allowedFields({ method: 'GET', url: marker, body: marker, remoteAddress: marker })).toEqual({ method: 'GET' })
    expect(JSON.stringify(describeError(new TypeError(marker)))).not.toContain(marker)
  })
})
