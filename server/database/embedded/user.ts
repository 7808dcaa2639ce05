/** PostgreSQL refuses to run as root. When the server does, the database runs as somebody with less power. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface RunAs { uid: number; gid: number; name: string }

/** Says in one sentence why the embedded database cannot start. */
export class EmbeddedError extends Error { override name = 'EmbeddedError' }

/** Who the database should run as; undefined means as ourselves. */
export function unprivilegedUser(): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find(([entry]) => entry === name) ?? []
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid), name }
  }
  throw new EmbeddedError('The embedded PostgreSQL cannot run as root and there is no user postgres or nobody. Start Meldt as an ordinary user, or set DATABASE_URL.')
}

export interface Ran { code: number | null; output: string }

/** Runs a program to its end, as that user and from that folder. */
export const run = (program: string, args: string[], { as, cwd }: { as: RunAs | undefined; cwd: string }): Promise<Ran> => new Promise((resolve) => {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }, ...(as ? { uid: as.uid, gid: as.gid } : {}) })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString() })
  child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString() })
  child.on('error', (error) => resolve({ code: null, output: error.message }))
  child.on('exit', (code) => resolve({ code, output }))
})
