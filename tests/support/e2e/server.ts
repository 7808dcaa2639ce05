/** The real server as a child process, with its real PostgreSQL, on a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { waitUntil } from './waitUntil.ts'

const root = path.resolve(import.meta.dirname, '../../..')

/** `dist` is the built app; DIST_DIR names another than the usual one. */
/** `more`: settings of the server over the tests' own, such as a school's past. */
export interface ServerPlace { port: number; baseUrl: string; dataDir: string; dist?: string; more?: Record<string, string> }
export interface RunningServer {
  /** Everything it has said. */
  said(): string
  /** Ends it the friendly way. */
  stop(): Promise<void>
  /** Ends it with SIGKILL, in the middle of whatever it does. */
  kill(): Promise<void>
}

/** The limits of the real thing are per hour and per person; a test does a day's work in a minute, at a school without a past. */
const generous = { RATE_LIMIT_FACTOR: '1000', LOG_LEVEL: 'warn', DEMO_HISTORY: 'no' }

const isReady = async (port: number): Promise<boolean> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok
  } catch (cause) {
    if (cause instanceof TypeError) return false
    throw cause
  }
}

const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })

/** Starts it and waits until it says that it is ready. Throws with what it said if it ends instead. */
export async function startServer({ port, baseUrl, dataDir, dist = process.env['DIST_DIR'] ?? path.join(root, 'dist'), more = {} }: ServerPlace): Promise<RunningServer> {
  if (!existsSync(path.join(dist, 'index.html'))) throw new Error('There is no built app to serve. Run npm run build first.')
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: { ...process.env, ...generous, ...more, NODE_ENV: 'development', HOST: '127.0.0.1', PORT: String(port), BASE_URL: baseUrl, DATA_DIR: dataDir, DIST_DIR: dist },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let words = ''
  const hear = (chunk: Buffer) => { words += chunk.toString() }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  await waitUntil('the server is ready', async () => {
    if (child.exitCode !== null) throw new Error(`The server ended while starting:\n${words}`)
    return isReady(port)
  }, 120_000)
  return { said: () => words, stop: () => ended(child, 'SIGTERM'), kill: () => ended(child, 'SIGKILL') }
}
