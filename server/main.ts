/** Starts the server, says where it is, and ends it cleanly. */
import { sentenceOf } from './sentences.ts'
import { readSettings, type Settings } from './settings.ts'
import { start } from './start.ts'

const say = (...lines: string[]) => process.stdout.write(`${lines.join('\n')}\n`)
const complain = (sentence: string) => process.stderr.write(`\n${sentence}\n`)

async function greet({ baseUrl, demo, databaseUrl, dataDir }: Settings): Promise<void> {
  say('', `Meldt is ready:  ${baseUrl}`, databaseUrl === undefined ? `Data is kept in  ${dataDir}` : 'Data is kept in the database of DATABASE_URL')
  if (demo) {
    const { demoPeople } = await import('./identity/demo/people.ts')
    say('', 'DEMO: everybody here is made up, and anyone may sign in as anyone. Not for real reports.',
      ...demoPeople.map(({ subject, name, about }) => `  ${subject.padEnd(6)}${name.padEnd(14)}${about}`))
  }
  say('', 'Ctrl-C ends it.', '')
}

/** The first signal ends it, also in the middle of a start. A terminal and npm may each send one: the second changes nothing. */
const firstSignal = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
})

try {
  const settings = readSettings(process.env)
  const running = await start(settings)
  await greet(settings)
  await firstSignal
  say('Ending: what is under way may finish …')
  await running.stop()
  say('Ended. The data is safe.')
  process.exit(0)
} catch (cause) {
  const known = sentenceOf(cause)
  if (known === undefined) throw cause
  complain(known.sentence)
  process.exit(known.code)
}
