/** `npm run bench:cases`: the figures of bench/cases.md. An inbox of 10,000 cases on the server, and of 500 on a phone; how soon a leader sees what was delivered. */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { ensureChromium } from '../tools/chromium.ts'
import { signIn } from '../tests/support/e2e/person.ts'
import { createWorld } from '../tests/support/e2e/world.ts'
import { firstInbox, inboxVisits } from './casesPhone.ts'
import { Asker, askAll } from './casesServer.ts'
import { figureOf, round } from './statistics.ts'

const runs = Number(process.argv[2] ?? 7)
const [onPhone, onServer] = [500, 10_000]
const table = (samples: Record<string, number[]>): string[] => ['| what | median | spread | samples |', '| --- | --- | --- | --- |', ...Object.entries(samples).map(([what, values]) => {
  const { median, low, high, runs: count } = figureOf(values)
  return `| ${what} | ${round(median)} ms | ${round(low)}–${round(high)} | ${count} |`
})]

ensureChromium()
const world = await createWorld()
try {
  const reporter = await new Asker(world.origin).signIn('kari')
  const leader = await new Asker(world.origin).signIn('rita')
  await reporter.deliverMany(0, onPhone)
  const phone = await world.phone('leader')
  await signIn(phone, 'rita', '/more')
  const first = await firstInbox(phone, onPhone)
  await phone.installed()
  const seen = await inboxVisits(phone, { cut: () => world.line.cut(), mend: () => world.line.mend(), reporter, cases: onPhone, runs })
  const browser = await phone.browserVersion()
  await phone.off()
  await reporter.deliverMany(onPhone + runs, onServer)
  const { samples, cases, bytes } = await askAll(leader, reporter, runs)
  const text = ['# Figures: cases', '', `Measured ${new Date().toISOString().slice(0, 10)} with Chromium ${browser}, Node ${process.versions.node}, ${cpus().length} cores; real letters, real server and PostgreSQL on the same machine.`,
    '`npm run bench:cases` writes this page. Median, lowest and highest of all runs, in one run of the command.', '',
    `## ${onPhone} cases on a leader’s phone, its processor at a quarter`, '', ...table({ 'first visit after sign-in, all cases fetched (full speed)': [first], ...seen }), '',
    `## ${cases.toLocaleString('en')} cases on the server, one school`, '', ...table(samples), '', `The first pull weighs ${round(bytes / 1_000_000)} MB before compression.`, ''].join('\n')
  console.log(text)
  writeFileSync(path.join(import.meta.dirname, 'cases.md'), text)
} finally {
  await world.end()
}
