/** The law as data: `content/law/acts.json` and `paragraphs.json`; places to read on: `content/sites.json`. Names and gists in three languages, our own words. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Law, Site } from '../../src/domain/guide.ts'
import type { Locale } from './frontMatter.ts'

type Texts = Record<Locale, string>
/** `number` as in "§ 4-3". `checked`: the date of the consolidated text that was read; the paragraph was in force then. */
export interface Paragraph { act: string; number: string; gist: Texts; checked: string }
export interface Act { name: Texts; lovdata: string }

const read = <T>(...parts: string[]): T => JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../content', ...parts), 'utf8')) as T
export const acts = (): Record<string, Act> => read('law', 'acts.json')
export const paragraphs = (): Record<string, Paragraph> => read('law', 'paragraphs.json')

/** `https://lovdata.no/lov/2005-06-17-62/§4-3`: the address by which Lovdata itself is cited. A whole chapter leads to the act. */
const addressOf = ({ lovdata }: Act, { number }: Paragraph) => `https://lovdata.no/${lovdata}${number.startsWith('§ ') ? `/${encodeURIComponent('§')}${number.slice(2).replaceAll(' ', '')}` : ''}`

export function lawsIn(locale: Locale): Record<string, Law> {
  const known = acts()
  return Object.fromEntries(Object.entries(paragraphs()).map(([id, paragraph]) => {
    const act = known[paragraph.act]
    if (!act) throw new Error(`content/law/paragraphs.json: ${id} belongs to no act`)
    return [id, { name: `${act.name[locale]} ${paragraph.number}`, gist: paragraph.gist[locale], inForce: paragraph.checked, url: addressOf(act, paragraph) }]
  }))
}

export function sitesIn(locale: Locale): Record<string, Site> {
  const all = read<Record<string, { name: Texts; url: string }>>('sites.json')
  return Object.fromEntries(Object.entries(all).map(([id, { name, url }]) => [id, { name: name[locale], url }]))
}
