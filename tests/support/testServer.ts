/** The real server in this process, listening, with its own real PostgreSQL and the demo people. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../../server/app.ts'
import { openDatabase } from '../../server/database/database.ts'
import { listen } from '../../server/database/listen.ts'
import { startEmbedded } from '../../server/database/embedded.ts'
import { seedDemo } from '../../server/database/seed.ts'
import { openKeyring } from '../../server/keys/keys.ts'
import { createLive } from '../../server/live.ts'
import type { Services } from '../../server/services.ts'
import { readSettings } from '../../server/settings.ts'
import { openPort } from './openPort.ts'
import { writeSmallDist } from './smallDist.ts'
import { Visitor } from './visitor.ts'

export interface TestServer {
  origin: string
  app: FastifyInstance
  services: Services
  /** Moves the server's clock. */
  later(ms: number): void
  visitor(): Visitor
  /** Another server over the same database, with other settings. */
  beside(env: Record<string, string>): Promise<TestServer>
  end(): Promise<void>
}

type World = Pick<Services, 'database' | 'keyring'> & { folder: string; url: string }

async function serve({ database, keyring, folder, url }: World, env: Record<string, string>, end: (app: FastifyInstance) => Promise<void>): Promise<TestServer> {
  const port = await openPort()
  const settings = readSettings({ PORT: String(port), DATA_DIR: path.join(folder, 'data'), DIST_DIR: path.join(folder, 'dist'), LOG_LEVEL: 'silent', RATE_LIMIT_FACTOR: '1000', DEMO_HISTORY: 'no', ...env })
  let ahead = 0
  const services: Services = { settings, database, keyring, live: createLive(), clock: () => new Date(Date.now() + ahead) }
  const ear = await listen(url, services.live.hear)
  const app = await createApp(services)
  app.addHook('onClose', () => ear.close())
  await app.listen({ port, host: settings.host })
  return {
    origin: settings.baseUrl, app, services,
    later: (ms) => { ahead += ms },
    visitor: () => new Visitor(settings.baseUrl),
    beside: (other) => serve({ database, keyring, folder, url }, other, (app) => app.close()),
    end: () => end(app),
  }
}

/** Starts everything, with these settings over the tests' own. */
export async function startTestServer(env: Record<string, string> = {}): Promise<TestServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'meldt-server-'))
  writeSmallDist(path.join(folder, 'dist'))
  const postgres = await startEmbedded(path.join(folder, 'data'))
  const database = await openDatabase(postgres.url)
  const keyring = await openKeyring(path.join(folder, 'data'))
  await seedDemo(database, keyring)
  return serve({ database, keyring, folder, url: postgres.url }, env, async (app) => {
    await app.close()
    await database.close()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
}
