/** The data folder of the embedded database: made once, configured at each start. */
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { EmbeddedError, run, type RunAs } from './user.ts'

export const owner = 'meldt_owner'
/** The longest path of a unix socket, less the name that PostgreSQL gives it. */
const longestSocketFolder = 85

/** A folder that only the database's user and we can enter. Its name follows from the data folder, so that the next start finds it. */
export function socketFolder(dataDir: string, as: RunAs | undefined): string {
  const name = `meldt-${createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 12)}`
  const folder = path.join(Buffer.byteLength(path.join(tmpdir(), name)) > longestSocketFolder ? '/tmp' : tmpdir(), name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const wanted = as?.uid ?? process.getuid?.()
  const { uid } = lstatSync(folder)
  if (uid !== wanted && as) chownSync(folder, as.uid, as.gid)
  else if (uid !== wanted) throw new EmbeddedError(`The folder ${folder} belongs to another user. Remove it, or set TMPDIR to a folder of your own.`)
  chmodSync(folder, 0o700)
  return folder
}

/** Durable, private, and silent about what it stores: no statement, parameter or failing row may reach the log. */
const configuration = (socket: string) => `
listen_addresses = ''
unix_socket_directories = '${socket.replaceAll("'", "''")}'
unix_socket_permissions = 0700
max_connections = 80
shared_buffers = 128MB
fsync = on
full_page_writes = on
synchronous_commit = on
timezone = 'UTC'
log_timezone = 'UTC'
log_statement = none
log_duration = off
log_min_duration_statement = -1
log_min_error_statement = panic
log_min_messages = log
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_checkpoints = off
`

/**
 * How the database's user names the folder. Where a parent is closed to it (a repository under root's home), Linux still lets a process use
 * the folder that it was started in.
 */
export async function reachable(folder: string, as: RunAs | undefined): Promise<string> {
  const canUse = async (name: string) => (await run('/bin/sh', ['-c', 'cd "$1" && test -r . && test -w .', 'sh', name], { as, cwd: folder })).code === 0
  for (const name of [folder, ...(process.platform === 'linux' ? ['/proc/self/cwd'] : [])]) if (await canUse(name)) return name
  throw new EmbeddedError(`The database runs as the user ${as?.name ?? 'that started Meldt'}, who cannot read and write ${folder}. Put DATA_DIR where that user can reach it, or set DATABASE_URL.`)
}

/** Makes the cluster where there is none. It appears under its name only when it is whole, so a kill half way leaves nothing behind that counts. */
export async function makeCluster(dataDir: string, { bin, as }: { bin: string; as: RunAs | undefined }): Promise<string> {
  const folder = path.join(path.resolve(dataDir), 'pg')
  if (existsSync(path.join(folder, 'PG_VERSION'))) return folder
  const fresh = path.join(path.resolve(dataDir), `pg-new-${process.pid}`)
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  if (as) chownSync(fresh, as.uid, as.gid)
  const made = await run(path.join(bin, 'initdb'), ['-D', await reachable(fresh, as), '-U', owner, '-A', 'trust', '-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--data-checksums'], { as, cwd: fresh })
  if (made.code !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw new EmbeddedError(`The database in ${folder} could not be made: ${made.output.trim()}`)
  }
  if (existsSync(path.join(folder, 'PG_VERSION'))) rmSync(fresh, { recursive: true, force: true })
  else renameSync(fresh, folder)
  return folder
}

/** Writes the settings of this version. They are ours alone: what is changed by hand is changed back. */
export const configure = (folder: string, socket: string): void => writeFileSync(path.join(folder, 'postgresql.conf'), configuration(socket))
