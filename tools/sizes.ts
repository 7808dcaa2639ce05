/** Byte budgets of the built app. A phone on a bad line pays for every one; the build fails when we forget it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './gate/step.ts'
import { foreignAddresses } from './sizes/foreignAddresses.ts'
import { entryGraph, filesOf, gzipBytes } from './sizes/graph.ts'

const kilo = 1000
const dist = path.resolve(root, process.argv[2] ?? 'dist')
const files = filesOf(dist)
const byEnding = (...endings: string[]) => files.filter((file) => endings.some((ending) => file.endsWith(ending)))
const size = (list: string[]) => list.reduce((sum, file) => sum + gzipBytes(path.join(dist, file)), 0)

const entry = entryGraph(dist)
/** The guidance of a language is text, with a budget of its own. */
const guideMark = /^(?:const|var|let) \w+=JSON\.parse\([`'"]\{\\?"locale\\?":/
const guides = byEnding('.js').filter((file) => guideMark.test(readFileSync(path.join(dist, file), 'utf8')))
const lazy = byEnding('.js').filter((file) => file !== 'sw.js' && !entry.has(file) && !guides.includes(file))
const heaviest = lazy.map((file) => [file, size([file])] as const).toSorted((a, b) => b[1] - a[1])[0] ?? ['none', 0]
const fonts = byEnding('.woff2', '.woff', '.ttf', '.otf')
const foreign = files.flatMap((file) => foreignAddresses(file, () => readFileSync(path.join(dist, file), 'utf8')))

interface Budget { what: string; is: number; limit: number; unit: 'B' | '' ; exact?: boolean }
const budgets: Budget[] = [
  { what: 'entry JS (index.html and its static imports), gz', is: size([...entry]), limit: 80 * kilo, unit: 'B' },
  { what: 'all CSS, gz', is: size(byEnding('.css')), limit: 20 * kilo, unit: 'B' },
  { what: 'font files', is: fonts.length, limit: 1, unit: '', exact: true },
  { what: 'font bytes', is: fonts.reduce((sum, file) => sum + readFileSync(path.join(dist, file)).length, 0), limit: 50 * kilo, unit: 'B' },
  { what: 'service worker, gz', is: size(byEnding('sw.js')), limit: 40 * kilo, unit: 'B' },
  { what: `heaviest lazy chunk (${heaviest[0]}), gz`, is: heaviest[1], limit: 60 * kilo, unit: 'B' },
  { what: 'languages of the guidance', is: guides.length, limit: 3, unit: '', exact: true },
  { what: 'heaviest language of the guidance, gz', is: Math.max(0, ...guides.map((file) => size([file]))), limit: 120 * kilo, unit: 'B' },
  { what: 'addresses of other origins that would be fetched', is: foreign.length, limit: 0, unit: '' },
]

const within = ({ is, limit, exact }: Budget) => (exact === true ? is === limit : is <= limit)
for (const budget of budgets) {
  const show = (value: number) => (budget.unit === 'B' ? `${(value / kilo).toFixed(1)} KB` : String(value))
  console.log(`${within(budget) ? 'ok  ' : 'OVER'} ${show(budget.is).padStart(9)} of ${show(budget.limit).padStart(8)}  ${budget.what}`)
}
for (const address of foreign) console.log(`     ${address}`)
if (entry.size === 0 || byEnding('sw.js').length === 0) throw new Error('dist has no entry script or no service worker: was it built?')
process.exitCode = budgets.every(within) ? 0 : 1
