/** `npm run bench:numbers`: the figures of bench/numbers.md. A million made-up reports at 2,800 schools, asked over the wire as the phones ask. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { closingOf, closingOfQuarter, quarterOf, schoolPeriods } from '#contract/periods.ts'
import { dayAt } from '#contract/workdays.ts'
import { createApp } from '../server/app.ts'
import { openDatabase } from '../server/database/database.ts'
import { startEmbedded } from '../server/database/embedded.ts'
import { demoUnits, seedDemo } from '../server/database/seed.ts'
import { requireAccount } from '../server/identity/actor.ts'
import { identify } from '../server/identity/identify.ts'
import { openKeyring } from '../server/keys/keys.ts'
import { createLive } from '../server/live.ts'
import type { Services } from '../server/services.ts'
import { readSettings } from '../server/settings.ts'
import { closePeriods } from '../server/statistics/closePeriods.ts'
import { openPort } from '../tests/support/openPort.ts'
import { writeSmallDist } from '../tests/support/smallDist.ts'
import { ensureChromium } from '../tools/chromium.ts'
import { Asker } from './casesServer.ts'
import { firstCharts } from './numbersPhone.ts'
import { figureOf, round } from './statistics.ts'
import { loadTown, schoolsOf } from './statisticsLoad.ts'

const [schools, reports, runs] = [Number(process.argv[2] ?? 2_800), Number(process.argv[3] ?? 1_000_000), Number(process.argv[4] ?? 21)]
const goals = { school: 50, town: 150, chart: 500 }
ensureChromium()
const charts = await firstCharts(runs)
const folder = mkdtempSync(path.join(tmpdir(), 'meldt-numbers-'))
writeSmallDist(path.join(folder, 'dist'))
const postgres = await startEmbedded(path.join(folder, 'data'))
const database = await openDatabase(postgres.url)
try {
  const keyring = await openKeyring(path.join(folder, 'data'))
  await seedDemo(database, keyring)
  const owner = new pg.Client({ connectionString: postgres.url })
  // It ends with the database, also when something else has failed.
  owner.on('error', () => undefined)
  await owner.connect()
  const [{ tenant }] = (await owner.query<{ tenant: string }>('select tenant from unit where id = $1', [demoUnits.solbakken.id])).rows as [{ tenant: string }]
  const today = dayAt(Date.now())
  const loading = performance.now()
  const town = await loadTown(postgres.url, { tenant, schools: schoolsOf(schools), reports, from: `${Number(today.slice(0, 4)) - 5}${today.slice(4)}`, to: today })
  const loadSeconds = Math.round((performance.now() - loading) / 1_000)
  console.log(`${town.reports} reports at ${schools} schools in ${loadSeconds} s`)

  const at = (share: number) => town.perSchool[Math.min(town.perSchool.length - 1, Math.floor(town.perSchool.length * share))] ?? { unit: '', n: 0 }
  const sizes = { 'the median school': at(0.5), 'a school larger than 95 of 100': at(0.95), 'the largest school': at(1) }
  for (const { unit } of Object.values(sizes)) await owner.query("insert into role_grant (tenant, account, role, unit) select $1, id, 'leder', $2 from account where issuer = 'demo' and subject = 'rita'", [tenant, unit])

  const port = await openPort()
  const settings = readSettings({ PORT: String(port), DATA_DIR: path.join(folder, 'data'), DIST_DIR: path.join(folder, 'dist'), LOG_LEVEL: 'silent', RATE_LIMIT_FACTOR: '100000', DEMO_HISTORY: 'no' })
  const services: Services = { settings, database, keyring, live: createLive(), clock: () => new Date() }
  const app = await createApp(services)
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', identify(services))
    guarded.get('/api/v1/floor', { config: { policy: 'statistics.series' } }, async (request) => database.asReader({ account: requireAccount(request) }, async (sql) => ({ rows: await sql.query('select 1 as one', []) })))
  })
  await app.listen({ port, host: settings.host })
  const [leader, overseer] = [await new Asker(settings.baseUrl).signIn('rita'), await new Asker(settings.baseUrl).signIn('hans')]

  const lines: string[] = []
  const missed: string[] = []
  const note = (what: string, samples: number[], goal: number | null, bytes?: number) => {
    const { median, low, high, runs: count } = figureOf(samples)
    lines.push(`| ${what} | ${round(median)} ms | ${round(low)}–${round(high)} | ${count} | ${goal === null ? '' : `≤ ${goal} ms`} | ${bytes === undefined ? '' : `${round(bytes / 1_000)} kB`} |`)
    console.log(lines.at(-1))
    if (goal !== null && median > goal) missed.push(what)
  }
  const time = async (what: string, asker: Asker, address: string, goal: number | null): Promise<void> => {
    const samples: number[] = []
    let bytes = 0
    for (let run = 0; run < runs + 3; run += 1) {
      const answer = await asker.get(address)
      bytes = answer.bytes
      // The first few warm plans and caches up.
      if (run >= 3) samples.push(answer.ms)
    }
    note(what, samples, goal, bytes)
  }

  await time('floor: `select 1` through the same stack', leader, '/api/v1/floor', null)
  for (const [name, { unit, n }] of Object.entries(sizes)) for (const period of schoolPeriods) await time(`${name} (${n.toLocaleString('en')} reports), ${period}`, leader, `/api/v1/statistics/school?unit=${unit}&period=${period}`, goals.school)

  // Every period that has ended is closed once, the oldest first; each is timed by itself.
  const [{ first }] = (await owner.query<{ first: Date }>('select min(received_at) as first from report where tenant = $1', [tenant])).rows as [{ first: Date }]
  const kinds: { month: number[]; 'month and quarter': number[] } = { month: [], 'month and quarter': [] }
  const moments = new Set<number>()
  for (let time = first.getTime(); time < Date.now(); time += 20 * 86_400_000) {
    const month = dayAt(time).slice(0, 7).replace('-07', '-06')
    if (closingOf(month) <= Date.now()) moments.add(closingOf(month))
  }
  for (const moment of moments) {
    const begun = performance.now()
    const closed = await closePeriods(database, new Date(moment))
    const isQuarter = closingOfQuarter(quarterOf(dayAt(moment - 15 * 86_400_000))) === moment
    if (closed > 0) kinds[isQuarter ? 'month and quarter' : 'month'].push(performance.now() - begun)
  }
  for (const [kind, samples] of Object.entries(kinds)) if (samples.length > 0) note(`closing a ${kind}, once, by the clock`, samples, null)

  // The server says that it is not ready while its own closing has it.
  await new Promise((resolve) => { setTimeout(resolve, 3_000) })
  await time('floor again', overseer, '/api/v1/floor', null)
  const { rows: quarters } = await owner.query<{ period: string }>("select period from publication where kind = 'quarter' and tenant = $1 order by period", [tenant])
  await time('the municipality, latest quarter', overseer, '/api/v1/statistics/town', goals.town)
  await time('the municipality, an older quarter', overseer, `/api/v1/statistics/town?quarter=${quarters[Math.floor(quarters.length / 2)]?.period}`, goals.town)
  await time('the series', overseer, '/api/v1/statistics/series', goals.town)

  const [{ size }] = (await owner.query<{ size: string }>("select pg_size_pretty(pg_total_relation_size('report') + pg_total_relation_size('report_case')) as size")).rows as [{ size: string }]
  const charted = Object.entries(charts.samples).map(([what, samples]) => {
    const { median, low, high, runs: count } = figureOf(samples)
    if (median > goals.chart) missed.push(`first chart, ${what}`)
    return `| ${what} | ${round(median)} ms | ${round(low)}–${round(high)} | ${count} | ≤ ${goals.chart} ms |`
  })
  const text = [
    '# Figures: numbers', '',
    `Measured ${new Date().toISOString().slice(0, 10)}: ${town.reports.toLocaleString('en')} made-up reports over five years at ${schools.toLocaleString('en')} schools of one municipality (\`server/demo/town.ts\`; few schools have most), ${size} with indexes, PostgreSQL, server and asker on one machine, ${cpus().length} cores, Node ${process.versions.node}.`,
    '`npm run bench:numbers` writes this page. Median, lowest and highest of all runs over HTTP, in one run of the command; each asker is signed in and reads under row-level security.', '',
    '| what | median | spread | samples | goal | answer |', '| --- | --- | --- | --- | --- | --- |', ...lines, '',
    '## The first chart', '', `A leader's phone that has been here before, Chromium ${charts.browser} with the processor at a quarter and no line: until the first chart of the school's page is painted (real demo history, real database and vault on the phone).`, '',
    '| from | median | spread | samples | goal |', '| --- | --- | --- | --- | --- |', ...charted, '',
    missed.length === 0 ? 'Every goal is met.' : `Not met: ${missed.join('; ')}.`, '',
  ].join('\n')
  writeFileSync(path.join(import.meta.dirname, 'numbers.md'), text)
  await owner.end()
  await app.close()
} finally {
  await database.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
