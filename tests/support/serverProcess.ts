/** The real thing: `server/main.ts`, or a tool, as a process of its own. */
import { spawn } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

export interface ServerProcess {
  /** Everything it said so far. */
  said(): string
  signal(name: NodeJS.Signals): void
  /** Resolves with its exit code; null when a signal ended it. */
  exit: Promise<number | null>
}

/** Starts it with these settings and nothing of ours but the path. */
export function runServer(env: Record<string, string>, program = 'server/main.ts'): ServerProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', program], { cwd: root, env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'warn', DEMO_HISTORY: 'no', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let words = ''
  child.stdout.on('data', (chunk: Buffer) => { words += chunk.toString() })
  child.stderr.on('data', (chunk: Buffer) => { words += chunk.toString() })
  return { said: () => words, signal: (name) => { child.kill(name) }, exit: new Promise((resolve) => { child.once('close', (code) => resolve(code)) }) }
}

/** Waits until it has said this, or throws with what it said when it ended instead. */
export async function untilSaid(server: ServerProcess, words: RegExp): Promise<void> {
  let ended = false
  void server.exit.then(() => { ended = true })
  while (!words.test(server.said())) {
    if (ended) throw new Error(`It ended without saying ${words}:\n${server.said()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
