/** From settings to a listening server, and back to nothing again. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createApp } from './app.ts'
import { startClock } from './clock/startClock.ts'
import { openDatabase, type Database } from './database/database.ts'
import { listen as listenTo } from './database/listen.ts'
import { AlreadyRunning, startEmbedded } from './database/embedded.ts'
import { seedDemo } from './database/seed.ts'
import { openKeysOf } from './keys/keysOf.ts'
import { createLive } from './live.ts'
import { insertTenant, tenantKinds } from './queries/tenants.ts'
import type { Services } from './services.ts'
import type { Settings } from './settings.ts'

/** Says in one sentence why the server cannot start. */
export class StartError extends Error { override name = 'StartError' }

export interface Running {
  /** Answers 503 from now on, lets what is under way finish for at most ten seconds, then closes everything. */
  stop(): Promise<void>
}

const drainMs = 10_000

/** Closes what was opened, the newest first. One that fails does not keep the others open. */
function closers() {
  const steps: (() => Promise<unknown>)[] = []
  return {
    add: (step: () => Promise<unknown>) => { steps.unshift(step) },
    async run(): Promise<void> {
      const failures: unknown[] = []
      for (const step of steps.splice(0)) await step().catch((cause: unknown) => failures.push(cause))
      if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed')
    },
  }
}

async function drain(app: FastifyInstance): Promise<void> {
  const patience = setTimeout(() => app.server.closeAllConnections(), drainMs)
  await app.close()
  clearTimeout(patience)
}

async function listen(app: FastifyInstance, { port, host }: Settings): Promise<void> {
  try {
    await app.listen({ port, host, listenTextResolver: () => 'listening' })
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause
    if (cause.code === 'EADDRINUSE') throw new StartError(`Port ${port} is taken by another program. Stop it, or choose another with PORT=${port + 1}.`, { cause })
    if (cause.code === 'EACCES') throw new StartError(`Port ${port} may not be used by this user. Choose one above 1023 with PORT.`, { cause })
    if (cause.code === 'ENOTFOUND' || cause.code === 'EADDRNOTAVAIL') throw new StartError(`HOST is ${host}, which is not an address of this machine.`, { cause })
    throw cause
  }
}

/** What a database says when it cannot be opened is for whoever starts the server, and there is nobody's report in it yet. */
export async function opened<T>(database: Promise<T>): Promise<T> {
  try {
    return await database
  } catch (cause) {
    if (cause instanceof AlreadyRunning || !(cause instanceof Error)) throw cause
    const said = cause.message || ('code' in cause ? String(cause.code) : cause.name)
    throw new StartError(`The database could not be opened: ${said}`, { cause })
  }
}

/** The demo's people never meet real ones: a database is one or the other for ever. */
async function chooseTenant(database: Database, { demo, municipality }: Settings): Promise<void> {
  await database.asServer(async (sql) => {
    const kinds = await tenantKinds(sql)
    if (demo && kinds.includes('real')) throw new StartError('The database belongs to a real municipality, but OIDC_ISSUER is not set. The demo, which lets anyone in, never opens it.')
    if (!demo && kinds.includes('demo')) throw new StartError('The database holds the demo municipality, but OIDC_ISSUER is set. Give the real one a database of its own with DATA_DIR or DATABASE_URL.')
    if (!demo && kinds.length === 0) await insertTenant(sql, municipality)
  })
}

/** Starts everything. When one part fails, what was already open is closed again. */
export async function start(settings: Settings): Promise<Running> {
  if (!existsSync(path.join(settings.distDir, 'index.html'))) throw new StartError('The app is not built yet: dist/index.html is missing. Run npm run build first, or npm start, which does both.')
  const open = closers()
  try {
    let url = settings.databaseUrl
    if (url === undefined) {
      const embedded = await opened(startEmbedded(settings.dataDir))
      open.add(() => embedded.stop())
      url = embedded.url
    }
    const database = await opened(openDatabase(url))
    open.add(() => database.close())
    await chooseTenant(database, settings)
    const keyring = await openKeysOf(database, settings.dataDir)
    if (settings.demo) await seedDemo(database, keyring, { history: settings.demoHistory })
    const live = createLive()
    const services: Services = { settings, database, keyring, live, clock: () => new Date() }
    const ear = await listenTo(url, live.hear)
    open.add(() => ear.close())
    const app = await createApp(services)
    open.add(() => drain(app))
    await listen(app, settings)
    const stopClock = startClock(services, settings.clockSeconds * 1_000, (cause) => app.log.error({ err: cause }, 'a round of the clock failed'))
    open.add(stopClock)
    return { stop: () => open.run() }
  } catch (cause) {
    await open.run()
    throw cause
  }
}
