/** Runs axe in a page and says in one line per fault what is wrong and where. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(source)
  const { violations } = await page.evaluate((values) => {
    const { axe: checker } = globalThis as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }
    return checker.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] })
  }, tags)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} – ${failureSummary ?? ''}`))
}
