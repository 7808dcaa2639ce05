/**
 * The database that comes along: the real PostgreSQL, on a private socket, with its data under `<dataDir>/pg`. It has a session of its own, so a
 * Ctrl-C or a kill of Meldt does not reach it; the next start finds it still running and goes on with it.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { findBinaries } from './embedded/binaries.ts'
import { configure, makeCluster, owner, reachable, socketFolder } from './embedded/cluster.ts'
import { EmbeddedError, run, unprivilegedUser } from './embedded/user.ts'

/** Another Meldt uses the same data. */
export class AlreadyRunning extends EmbeddedError { override name = 'AlreadyRunning' }

const database = 'meldt'
const lock = 8700
const addressOf = (socket: string, name: string) => `socket:${socket}?db=${name}&user=${owner}`

/** Held by a connection as long as this process lives; the system lets it go when the process dies, however it dies. */
async function holdLock(socket: string, dataDir: string): Promise<pg.Client> {
  const client = new pg.Client({ host: socket, database: 'postgres', user: owner })
  // When the database dies this connection breaks; the pool's own connections tell the server, through /readyz.
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [lock])
  if (rows[0]?.free) return client
  await client.end()
  throw new AlreadyRunning(`Another Meldt is running on the data in ${path.resolve(dataDir)}. Two on the same data would mix up each other's work: stop the other one, or give this one its own DATA_DIR.`)
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

  const socket = socketFolder(dataDir, as)
  if ((await control('status')).code !== 0) {
    configure(folder, socket)
    const started = await control('start', '-w', '-t', '60', '-s', '-l', `${name}/server.log`)
    if (started.code !== 0 && (await control('status')).code !== 0) throw new EmbeddedError(`The database in ${folder} did not start: ${started.output.trim()} See server.log in that folder.`)
  }
  const holder = await holdLock(socket, dataDir)
  await ensureDatabase(holder)
  return {
    url: addressOf(socket, database),
    async stop() {
      await holder.end()
      const stopped = await control('stop', '-m', 'fast', '-w', '-t', '60', '-s')
      if (stopped.code !== 0 && (await control('status')).code === 0) throw new EmbeddedError(`The database in ${folder} did not stop: ${stopped.output.trim()}`)
    },
  }
}
