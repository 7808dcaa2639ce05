/** Everything under `content/` in one language as one object. A mistake stops the build with the file's name and a sentence. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Assistant } from '../../src/domain/assistant.ts'
import type { Article, Course, Guide, GuideItem, Law, Practice, Site, Step, Walk } from '../../src/domain/guide.ts'
import { assistantFlaws } from './assistantFlaws.ts'
import { assistantsIn, fileOf } from './assistants.ts'
import { sectionsOf, stepsOf, storyOf } from './bodies.ts'
import { readFrontMatter, type Facts, type Locale, type Words } from './frontMatter.ts'
import { lawsIn, sitesIn } from './law.ts'
import { searchWordsIn } from './searchWords.ts'
import { blockText, linksOf, linksOfBlock, partsOf, plainText, WritingError } from './markdown.ts'

export const contentRoot = path.resolve(import.meta.dirname, '../../content')
const rooms = { article: 'guide', walk: 'walks', practice: 'practice', course: 'courses' } as const
type Kind = GuideItem['kind']

/** Words that a person reads in a minute when it matters. Short texts count as one minute. */
const wordsPerMinute = 180

const stepText = ({ title, text, checks }: Step) => [title, plainText(text), ...checks].join(' ')

/** All words of an item, for reading time, search and tests. */
export function itemText(item: GuideItem): string {
  if (item.kind === 'article') return item.sections.flatMap(({ title, blocks }) => [title, ...blocks.map(blockText)]).join(' ')
  if (item.kind === 'walk') return item.steps.map(stepText).join(' ')
  if (item.kind === 'course') return item.blocks.map(blockText).join(' ')
  return [...item.opening.map(blockText), ...item.moments.flatMap(({ title, blocks, choices }) => [title, ...blocks.map(blockText), ...choices.flatMap(({ text, feedback }) => [text, plainText(feedback)])])].join(' ')
}

/** All links of an item. */
export function itemLinks(item: GuideItem): { kind: string; to: string }[] {
  if (item.kind === 'article') return item.sections.flatMap(({ blocks }) => blocks.flatMap(linksOfBlock))
  if (item.kind === 'walk') return item.steps.flatMap(({ text, read }) => [...linksOf(text), ...(read === undefined ? [] : [{ kind: 'item', to: read }])])
  if (item.kind === 'course') return item.blocks.flatMap(linksOfBlock)
  return [...item.opening.flatMap(linksOfBlock), ...item.moments.flatMap(({ blocks, choices }) => [...blocks.flatMap(linksOfBlock), ...choices.flatMap(({ feedback }) => linksOf(feedback))])]
}

type Body = Pick<Article, 'kind' | 'sections'> | Pick<Walk, 'kind' | 'steps'> | Pick<Practice, 'kind' | 'opening' | 'moments'> | Pick<Course, 'kind' | 'form' | 'needs' | 'blocks'>

function bodyOf(kind: Kind, body: string, facts: Facts, file: string): Body {
  if (kind === 'article') return { kind, sections: sectionsOf(body, file) }
  if (kind === 'walk') return { kind, steps: stepsOf(body, file) }
  if (kind === 'practice') return { kind, ...storyOf(body, file) }
  if (facts.form === undefined) throw new WritingError(file, 'form is missing')
  return { kind, form: facts.form, needs: facts.needs, blocks: partsOf(body, file).flatMap(({ blocks }) => blocks) }
}

function itemOf(id: string, kind: Kind, words: Words, facts: Facts, body: string, file: string): GuideItem {
  const { phase, lenses, readers, confirmers, fits, related, order } = facts
  const made = { id, ...words, phase, lenses, readers, confirmers, fits, related, order, sites: facts.sites, laws: facts.laws, minutes: 1, ...bodyOf(kind, body, facts, file) } as GuideItem
  const cited = itemLinks(made).filter((link) => link.kind === 'law').map(({ to }) => to)
  made.laws = [...new Set([...cited, ...facts.laws])]
  made.minutes = Math.max(1, Math.round(itemText(made).split(/\s+/).length / wordsPerMinute))
  return made
}

const read = (kind: Kind, locale: Locale, id: string) => readFileSync(path.join(contentRoot, rooms[kind], locale, `${id}.md`), 'utf8')
const idsOf = (kind: Kind, locale: Locale) => readdirSync(path.join(contentRoot, rooms[kind], locale)).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3)).toSorted()

function itemsOf(kind: Kind, locale: Locale): GuideItem[] {
  return idsOf(kind, locale).map((id) => {
    const file = `content/${rooms[kind]}/${locale}/${id}.md`
    const master = readFrontMatter(read(kind, 'nb', id), 'nb', `content/${rooms[kind]}/nb/${id}.md`)
    const { words, body } = readFrontMatter(read(kind, locale, id), locale, file)
    if (!master.facts) throw new WritingError(file, 'there is no bokmål file of that name')
    return itemOf(id, kind, words, master.facts, body, file)
  })
}

interface Led { id: string; links: { kind: string; to: string }[] }
const to = (kind: string, ids: readonly string[]) => ids.map((id) => ({ kind, to: id }))
const ledByItem = (item: GuideItem): Led => ({ id: item.id, links: [...itemLinks(item), ...to('item', item.related), ...to('law', item.laws), ...to('site', item.sites)] })
const ledByAssistant = ({ id, laws, read: reading, steps }: Assistant): Led =>
  ({ id: fileOf(id), links: [...to('law', laws), ...to('item', reading), ...steps.flatMap((step) => [...to('law', step.laws), ...to('site', step.sites)])] })

/** Every link that leads nowhere, told as "where: what". */
export function deadLinks({ items, assistants, laws, sites }: Guide): string[] {
  const ids = new Set(items.map(({ id }) => id))
  const known = (link: { kind: string; to: string }) => link.kind === 'tel' || (link.kind === 'item' ? ids.has(link.to) : link.kind === 'law' ? link.to in laws : link.to in sites)
  return [...items.map(ledByItem), ...assistants.map(ledByAssistant)].flatMap(({ id, links }) => links.filter((link) => !known(link)).map((link) => `${id}: ${link.kind}:${link.to}`))
}

/** The guidance in one language. Throws a WritingError that a writer understands. */
export function compileGuide(locale: Locale): Guide {
  const items = (Object.keys(rooms) as Kind[]).flatMap((kind) => itemsOf(kind, locale)).toSorted((a, b) => a.order - b.order)
  const assistants = assistantsIn(locale)
  const links = [...items.map(ledByItem), ...assistants.map(ledByAssistant)].flatMap((one) => one.links)
  const idsOfKind = (kind: string) => new Set(links.filter((link) => link.kind === kind).map((link) => link.to))
  const [cited, sited] = [idsOfKind('law'), idsOfKind('site')]
  const pick = <T>(all: Record<string, T>, wanted: Set<string>): Record<string, T> => Object.fromEntries(Object.entries(all).filter(([id]) => wanted.has(id)))
  const guide: Guide = { locale, items, assistants, laws: pick<Law>(lawsIn(locale), cited), sites: pick<Site>(sitesIn(locale), sited), search: searchWordsIn(locale) }
  const twin = items.map(({ id }) => id).find((id, nth, all) => all.indexOf(id) < nth)
  if (twin !== undefined) throw new WritingError('content', `two texts have the id ${twin}`)
  const flaw = assistants.flatMap(assistantFlaws)[0]
  if (flaw !== undefined) throw new WritingError('content', flaw)
  return guide
}
