/** `npm run bench`: the figures of bench/results.md, measured in real Chromium at a quarter of the processor. */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { ensureChromium } from '../tools/chromium.ts'
import { createWorld } from '../tests/support/e2e/world.ts'
import { coldVisit, emptySamples, warmVisit, type Samples } from './measure.ts'
import { emptyGuideSamples, guideGoals, guideVisits, type GuideSamples } from './guide.ts'
import { figureOf, round } from './statistics.ts'
import { throttle } from './throttle.ts'
import { observe } from './observe.ts'

const runs = Number(process.argv[2] ?? 7)
const goals: Partial<Record<keyof (Samples & GuideSamples), number>> = {
  'cold LCP, slow 4G': 2500, 'cold form usable, slow 4G': 3000, 'warm offline form usable': 1000, 'warm offline LCP': 1000,
  'three taps, machine time': 1000, 'save → receipt': 300, 'INP, worst of the journey': 200, ...guideGoals,
}

const page = (samples: Samples & GuideSamples, browser: string): string => {
  const rows = Object.entries(samples).map(([what, values]) => {
    const { median, low, high, runs: count } = figureOf(values)
    return `| ${what} | ${round(median)} ms | ${round(low)}–${round(high)} | ${count} | ${goals[what as keyof typeof goals] ?? '–'} |`
  })
  const ratio = figureOf(samples['save → commit']).median / figureOf(samples['raw strict put of the same bytes']).median
  return ['# Figures', '', `Measured ${new Date().toISOString().slice(0, 10)} with Chromium ${browser}, Node ${process.versions.node}, ${cpus().length} cores, processor throttled to a quarter,`,
    'real server and PostgreSQL on the same machine. `npm run bench` writes this page. Median, lowest and highest of all runs, in one run of the command.', '',
    '| what | median | spread | samples | goal (ms) |', '| --- | --- | --- | --- | --- |', ...rows, '',
    `A save from the tap to the commit (guard, sealing, safe copy, one strict transaction) takes ${round(ratio)} × the raw strict put.`, ''].join('\n')
}

ensureChromium()
const world = await createWorld()
try {
  const samples = emptySamples()
  for (let run = 0; run < runs; run += 1) await (await coldVisit(world, `cold-${run}`, samples)).off()
  const phone = await world.phone('warm')
  await phone.open('/')
  await phone.installed()
  await phone.context.addInitScript(observe)
  await throttle(phone.page, 'as it is')
  await world.line.cut()
  for (let run = 0; run < runs; run += 1) await warmVisit(phone, samples)
  const guideSamples = emptyGuideSamples()
  await guideVisits(phone, runs, guideSamples)
  const browser = await phone.browserVersion()
  const text = page({ ...samples, ...guideSamples }, browser)
  console.log(text)
  writeFileSync(path.join(import.meta.dirname, 'results.md'), text)
} finally {
  await world.end()
}
