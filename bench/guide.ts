/** The search of the guidance: what the first search costs the page, how long the index takes, how long a question takes. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Rollup } from 'vite'
import { ensureChromium } from '../tools/chromium.ts'
import { compileGuide } from '../tools/guide/compile.ts'
import type { Phone } from '../tests/support/e2e/phone.ts'
import { createWorld } from '../tests/support/e2e/world.ts'
import { searchSlips, searchTasks } from '../tests/unit/support/searchTasks.ts'
import type { SearchBench } from './guidePage.ts'
import { figureOf, round } from './statistics.ts'
import { throttle } from './throttle.ts'

const locales = ['nb', 'nn', 'en'] as const
const names = ['search, texts handed to the worker', 'first search, longest block until the answer', 'first search, drawing the answer', 'first search, letter → answer', 'search index, all at once', 'question, p95 of the tasks'] as const
export type GuideSamples = Record<(typeof names)[number], number[]>
export const guideGoals: Partial<Record<keyof GuideSamples, number>> = { 'search, texts handed to the worker': 50, 'question, p95 of the tasks': 20 }
export const emptyGuideSamples = (): GuideSamples => ({ 'search, texts handed to the worker': [], 'first search, longest block until the answer': [], 'first search, drawing the answer': [], 'first search, letter → answer': [], 'search index, all at once': [], 'question, p95 of the tasks': [] })

/** Types the first question on the guidance's home, and lets a timer tick meanwhile: the longest gap between two ticks is what a finger would have felt. */
async function firstSearch({ page, origin }: Phone, samples: GuideSamples): Promise<void> {
  await page.goto(`${origin}/guide`, { waitUntil: 'load' })
  const field = page.locator('input[type=search]')
  await field.waitFor()
  await page.waitForTimeout(1350)
  await field.focus()
  await page.evaluate(() => {
    // As often as a browser lets a timer run, and no oftener: a flood of messages would be the load itself.
    const beat = 4
    const noted = { block: 0, drawn: 0, typedAt: 0, answeredAt: 0 }
    let last = performance.now()
    const tick = (): void => {
      const now = performance.now()
      const gap = now - last - beat
      last = now
      if (noted.answeredAt > 0) { noted.drawn = gap; return }
      if (noted.typedAt > 0) noted.block = Math.max(noted.block, gap)
      setTimeout(tick, beat)
    }
    tick()
    document.querySelector('input[type=search]')?.addEventListener('input', () => { noted.typedAt ||= performance.now() }, true)
    new MutationObserver(() => { if (document.querySelector('.result')) noted.answeredAt ||= performance.now() }).observe(document, { childList: true, subtree: true })
    Object.assign(globalThis, { noted })
  })
  await field.pressSequentially('s')
  await page.locator('.result').first().waitFor()
  await page.waitForTimeout(300)
  const { block, drawn, typedAt, answeredAt } = await page.evaluate(() => (globalThis as unknown as { noted: Record<'block' | 'drawn' | 'typedAt' | 'answeredAt', number> }).noted)
  samples['first search, longest block until the answer'].push(block)
  samples['first search, drawing the answer'].push(drawn)
  samples['first search, letter → answer'].push(answeredAt - typedAt)
}

/** The engine as one script. A worker is not throttled by the browser's tools, so the same code is timed on a page, which is. */
async function engineScript(): Promise<string> {
  const entry = path.join(import.meta.dirname, 'guidePage.ts')
  const made = await build({ configFile: false, logLevel: 'warn', build: { write: false, lib: { entry, formats: ['iife'], name: 'guidePage' } } })
  const [first] = (Array.isArray(made) ? made : [made]) as Rollup.RollupOutput[]
  return first?.output[0].code ?? ''
}

async function engine({ page, origin }: Phone, script: string, samples: GuideSamples): Promise<void> {
  // Another screen, so that the next run comes to the guidance anew: a question stays with its entry of the history.
  await page.goto(`${origin}/more`, { waitUntil: 'load' })
  await page.evaluate(script)
  for (const locale of locales) {
    const questions = [...searchTasks[locale], ...searchSlips[locale]].map(([question]) => question)
    const { handed, index, times } = await page.evaluate(([guide, asked]) => (globalThis as unknown as SearchBench).timeSearch(guide, asked), [compileGuide(locale), questions] as const)
    samples['search, texts handed to the worker'].push(handed)
    samples['search index, all at once'].push(index)
    samples['question, p95 of the tasks'].push(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN)
  }
}

/** Offline, on a phone that has the app, at a quarter of the processor. */
export async function guideVisits(phone: Phone, runs: number, samples: GuideSamples): Promise<void> {
  const script = await engineScript()
  for (let run = 0; run < runs; run += 1) {
    await firstSearch(phone, samples)
    await engine(phone, script, samples)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureChromium()
  const world = await createWorld()
  try {
    const phone = await world.phone('guide')
    await phone.open('/')
    await phone.installed()
    await throttle(phone.page, 'as it is')
    await world.line.cut()
    const samples = emptyGuideSamples()
    await guideVisits(phone, Number(process.argv[2] ?? 7), samples)
    for (const name of names) {
      const { median, low, high, runs } = figureOf(samples[name])
      console.log(`| ${name} | ${round(median)} ms | ${round(low)}–${round(high)} | ${runs} | ${guideGoals[name] ?? '–'} |`)
    }
  } finally {
    await world.end()
  }
}
