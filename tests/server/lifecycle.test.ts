import { connect, type Socket } from 'node:net'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Session } from '#contract/session.ts'
import { openPort } from '../support/openPort.ts'
import { runServer, untilSaid } from '../support/serverProcess.ts'
import { writeSmallDist } from '../support/smallDist.ts'
import { Visitor } from '../support/visitor.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'meldt-life-'))
const DATA_DIR = path.join(folder, 'data')
const DIST_DIR = writeSmallDist(path.join(folder, 'dist'))
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const place = async () => {
  const port = await openPort()
  return { env: { PORT: String(port), DATA_DIR, DIST_DIR }, origin: `http://localhost:${port}`, port }
}
const accountOf = async (visitor: Visitor) => (await (await visitor.ask('/api/v1/session')).json() as Session).account

/** A request whose end is still missing. */
const beginRequest = async (port: number): Promise<Socket> => {
  const socket = connect(port, 'localhost')
  await new Promise((resolve) => { socket.once('connect', resolve) })
  socket.write(`POST /api/v1/session/end HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: http://localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{`)
  return socket
}
const heardBy = (socket: Socket): Promise<string> => new Promise((resolve) => {
  let heard = ''
  socket.on('data', (chunk: Buffer) => { heard += chunk.toString() })
  socket.once('close', () => resolve(heard))
})

describe('the server as a process', () => {
  it('starts on nothing, finds everything again, keeps a second one off, and ends cleanly', async () => {
    const first = await place()
    const server = runServer(first.env)
    await untilSaid(server, /Ctrl-C/)
    expect(server.said()).toContain(first.origin)
    expect(server.said()).toMatch(/DEMO[\s\S]*kari[\s\S]*Leder, Solbakken skole/)

    const visitor = new Visitor(first.origin)
    await visitor.signIn('kari')
    const account = await accountOf(visitor)
    expect(account?.name).toBe('Kari Solheim')

    const second = runServer((await place()).env)
    expect(await second.exit).toBe(1)
    expect(second.said()).toMatch(/already|running|in use/i)
    expect(second.said()).not.toMatch(/\n\s+at /)
    expect((await visitor.ask('/readyz')).status).toBe(200)

    const taken = runServer({ ...first.env, DATA_DIR: path.join(folder, 'other') })
    expect(await taken.exit).toBe(1)
    expect(taken.said()).toContain(`Port ${first.port} is taken`)

    const socket = await beginRequest(first.port)
    const heard = heardBy(socket)
    await visitor.ask('/healthz')
    server.signal('SIGTERM')
    server.signal('SIGINT')
    await untilSaid(server, /Ending/)
    socket.write('}')
    expect(await heard).toMatch(/^HTTP\/1\.1 204/)
    expect(await server.exit).toBe(0)

    const later = await place()
    const again = runServer(later.env)
    await untilSaid(again, /Ctrl-C/)
    const back = new Visitor(later.origin)
    for (const [name, value] of visitor.cookies) back.cookies.set(name, value)
    expect(await accountOf(back)).toEqual(account)
    again.signal('SIGINT')
    expect(await again.exit).toBe(0)
  })

  it('ends cleanly when it is told to in the middle of its start', async () => {
    const data = path.join(folder, 'third')
    const server = runServer({ ...(await place()).env, DATA_DIR: data })
    const watch = setInterval(() => {
      if (existsSync(data)) server.signal('SIGTERM')
    }, 20)
    expect(await server.exit, server.said()).toBe(0)
    clearInterval(watch)
  })

  it('says in a sentence what is missing', async () => {
    mkdirSync(path.join(folder, 'empty'))
    const { env } = await place()
    const unbuilt = runServer({ ...env, DIST_DIR: path.join(folder, 'empty') })
    expect(await unbuilt.exit).toBe(1)
    expect(unbuilt.said().trim()).toBe('The app is not built yet: dist/index.html is missing. Run npm run build first, or npm start, which does both.')

    const real = runServer({ ...env, OIDC_ISSUER: 'https://id.example.no', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' })
    expect(await real.exit).toBe(1)
    expect(real.said()).toContain('The database holds the demo municipality')

    const lonely = runServer({ ...env, DATABASE_URL: `postgres://meldt@localhost:${await openPort()}/meldt` })
    expect(await lonely.exit).toBe(1)
    expect(lonely.said()).toMatch(/^\s*The database could not be opened: .*ECONNREFUSED.*\s*$/)

    const locked = runServer({ ...env, NODE_ENV: 'production' })
    expect(await locked.exit).toBe(78)
    expect(locked.said()).toContain('never runs in production')
  })
})
