/** The whole gate, on a fresh machine after `npm ci`: one command, and a last line that says how many passed and failed. */
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensureChromium } from './chromium.ts'
import { root, runTool, step, type StepResult } from './gate/step.ts'
import { vitestCounts, type Counts } from './gate/vitestCounts.ts'

const out = path.join(root, 'tests', 'out')
const report = path.join(out, 'vitest.json')
const tool = (name: string, ...words: string[]) => async (): Promise<boolean> => (await runTool(name, words)) === 0

const steps: [string, () => Promise<boolean> | boolean][] = [
  ['Chromium', () => { console.log(ensureChromium()); return true }],
  ['types: contract', tool('tsc', '-p', 'tsconfig.contract.json')],
  ['types: server', tool('tsc', '-p', 'tsconfig.server.json')],
  ['types: worker', tool('tsc', '-p', 'tsconfig.worker.json')],
  ['types: browser', tool('tsc', '-p', 'tsconfig.browser.json')],
  ['types: app', tool('vue-tsc', '-p', 'tsconfig.app.json')],
  ['lint', tool('oxlint', '--deny-warnings')],
  ['dead code', tool('knip', '--no-progress')],
  ['build', tool('vite', 'build')],
  ['byte budgets', tool('node', '--import', 'tsx', 'tools/sizes.ts')],
]

const runVitest = async (): Promise<Counts> => {
  rmSync(report, { force: true })
  mkdirSync(out, { recursive: true })
  const code = await runTool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  const counts = vitestCounts(report)
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

const results: StepResult[] = []
for (const [name, work] of steps) results.push(await step(name, work))

let tests: Counts = { passed: 0, failed: 1 }
await step('tests', async () => {
  tests = await runVitest()
  return tests.failed === 0
})

const failedSteps = results.filter(({ ok }) => !ok)
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.map(({ name }) => name).join(', ')}`)
const failed = failedSteps.length + tests.failed
console.log(`\n${results.length - failedSteps.length + tests.passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
