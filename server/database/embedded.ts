/**
 * The database that comes along: the real PostgreSQL, on a private socket, with its data under `<dataDir>/pg`. It has a session of its own, so a
 * Ctrl-C or a kill of Meldt does not reach it; the next start finds it still running and goes on with it.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { findBinaries } from './embedded/binaries.ts'
import { configure, makeCluster, owner, reachable, socketFolder } from './embedded/cluster.ts'
import { EmbeddedError, run, unprivilegedUser } from './embedded/user.ts'

/** Another Meldt uses the same data. */
export class AlreadyRunning extends EmbeddedError { override name = 'AlreadyRunning' }

const database = 'meldt'
const lock = 8700
const patience = 15
const addressOf = (socket: string, name: string) => `socket:${socket}?db=${name}&user=${owner}`

/** Held by a connection as long as this process lives; the system lets it go when the process dies, however it dies. */
async function holdLock(client: pg.Client, dataDir: string): Promise<pg.Client> {
  // The connection of a server that was killed a moment ago needs a moment to be missed.
  for (let attempt = 0; attempt < patience; attempt += 1) {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [lock])
    if (rows[0]?.free) return client
    await pause(100)
  }
  await client.end()
  throw new AlreadyRunning(`Another Meldt is running on the data in ${path.resolve(dataDir)}. Two on the same data would mix up each other's work: stop the other one, or give this one its own DATA_DIR.`)
}

/** A connection for the lock, or why there is none. */
async function connect(socket: string): Promise<pg.Client | Error> {
  const client = new pg.Client({ host: socket, database: 'postgres', user: owner })
  // When the database dies this connection breaks; the pool's own connections tell the server, through /readyz.
  client.on('error', () => undefined)
  return client.connect().then(() => client, (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause))))
}

/** Where the database that is already running on this folder listens: the fifth line of its pid file. */
function listeningAt(folder: string): string | undefined {
  const file = path.join(folder, 'postmaster.pid')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[4] || undefined : undefined
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
  if (rowCount === 0) await client.query(`create database ${database}`)
}

/** Starts the database of this data folder, or takes over the one that is still running there. */
export async function startEmbedded(dataDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  mkdirSync(dataDir, { recursive: true })
  const as = unprivilegedUser()
  const bin = await findBinaries(as)
  const folder = await makeCluster(dataDir, { bin, as })
  const name = await reachable(folder, as)
  const control = (...args: string[]) => run(path.join(bin, 'pg_ctl'), [...args, '-D', name], { as, cwd: folder })

  let socket = socketFolder(dataDir, as)
  /** Starts it, or finds it running. */
  async function bringUp(): Promise<pg.Client | Error> {
    if ((await control('status')).code === 0) socket = listeningAt(folder) ?? socket
    else {
      configure(folder, socket)
      const { code, output } = await control('start', '-w', '-t', '60', '-s', '-l', `${name}/server.log`)
      if (code !== 0) return new EmbeddedError(output.trim())
    }
    return connect(socket)
  }
  // What a killed database leaves behind (its pid, its children) takes a moment to go; until then it cannot be started.
  let client = await bringUp()
  for (let attempt = 0; client instanceof Error && attempt < patience; attempt += 1) {
    await pause(300)
    client = await bringUp()
  }
  if (client instanceof Error) throw new EmbeddedError(`The database in ${folder} did not start: ${client.message} See server.log in that folder.`, { cause: client })
  const holder = await holdLock(client, dataDir)
  await ensureDatabase(holder)
  return {
    url: addressOf(socket, database),
    async stop() {
      await holder.end()
      const stopped = await control('stop', '-m', 'fast', '-w', '-t', '60', '-s')
      if (stopped.code !== 0 && (await control('status')).code === 0) throw new EmbeddedError(`The database in ${folder} did not stop: ${stopped.output.trim()}`)
      rmSync(socket, { recursive: true, force: true })
    },
  }
}
