/** What the guidance must hold, whoever writes it. A failing test names the text and says what is wrong with it. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Block, GuideItem, Inline } from '../../src/domain/guide.ts'
import { compileGuide, contentRoot, deadLinks, itemLinks, itemText } from '../../tools/guide/compile.ts'
import { locales, type Locale } from '../../tools/guide/frontMatter.ts'
import { plainText } from '../../tools/guide/markdown.ts'
import { lix, sentencesOf } from '../../tools/guide/readability.ts'

const guides = Object.fromEntries(locales.map((locale) => [locale, compileGuide(locale)])) as Record<Locale, ReturnType<typeof compileGuide>>
const sources = locales.flatMap((locale) => ['guide', 'walks', 'practice', 'courses'].flatMap((room) =>
  readdirSync(path.join(contentRoot, room, locale)).map((name) => ({ file: `${room}/${locale}/${name}`, locale, text: readFileSync(path.join(contentRoot, room, locale, name), 'utf8') }))))
const body = (text: string) => text.replace(/^---[\s\S]*?\n---\n/, '')
const all = locales.flatMap((locale) => guides[locale].items.map((item) => ({ locale, item, name: `${locale} ${item.id}` })))
const where = (wrong: (text: string) => boolean) => sources.filter(({ text }) => wrong(text)).map(({ file }) => file)

const shapeOfInline = (text: Inline[]): string[] => text.flatMap((part) => (typeof part === 'string' ? [] : 'bold' in part ? shapeOfInline(part.bold) : [`${part.link.kind}:${part.link.to}`])).toSorted()
const shapeOfBlock = (block: Block) => ('items' in block ? [block.kind, block.items.length] : [block.kind])
/** What must be the same in all languages: how it is cut, what is asked, where it leads. */
function shapeOf(item: GuideItem): unknown {
  const links = [...new Set(itemLinks(item).map(({ kind, to }) => `${kind}:${to}`))].toSorted()
  if (item.kind === 'article') return { links, sections: item.sections.map(({ blocks }) => blocks.map(shapeOfBlock)) }
  if (item.kind === 'walk') return { steps: item.steps.map(({ text, checks, calls, timer, read }) => ({ links: shapeOfInline(text), checks: checks.length, calls, seconds: timer?.seconds, read })) }
  if (item.kind === 'practice') return { links, opening: item.opening.map(shapeOfBlock), moments: item.moments.map(({ blocks, choices }) => ({ blocks: blocks.map(shapeOfBlock), choices: choices.map(({ worth }) => worth) })) }
  return { links, blocks: item.blocks.map(shapeOfBlock) }
}

describe('the three languages', () => {
  it.each(['nn', 'en'] as const)('have the same texts: %s', (locale) => {
    expect(guides[locale].items.map(({ id }) => id)).toEqual(guides.nb.items.map(({ id }) => id))
  })

  it.each((['nn', 'en'] as const).flatMap((locale) => guides.nb.items.map(({ id }) => [locale, id] as const)))('are cut alike: %s %s', (locale, id) => {
    const of = (from: Locale) => guides[from].items.find((item) => item.id === id)
    const [here, master] = [of(locale), of('nb')]
    expect(here && shapeOf(here)).toEqual(master && shapeOf(master))
  })

  it('are themselves: no bokmål in nynorsk', () => {
    const bokmål = /(?<![\p{L}])(ikke|hva|hvem|hvor|hvordan|hvorfor|hvis|jeg|noe|noen|fra|skole|skolen|vold|volden|trusler|bare|mer|mye|uke|uker|gjør|ansatte?|verneombud(et)?|arbeidsgiver|elevene|foreldrene|hendelse[nr]?|oppfølgingen)(?![\p{L}])/iu
    expect(sources.filter(({ locale, text }) => locale === 'nn' && bokmål.test(body(text).replace(/\]\([a-z]+:[^)]+\)/g, ']').replaceAll(/^(read|call|timer):.*$/gm, ''))).map(({ file, text }) => `${file}: ${bokmål.exec(body(text))?.[0]}`)).toEqual([])
  })

  it('are themselves: no Norwegian in English', () => {
    expect(sources.filter(({ locale, text }) => locale === 'en' && /(?<![\p{L}])(og|ikke|eleven|du skal)(?![\p{L}])/u.test(body(text))).map(({ file }) => file)).toEqual([])
  })
})

describe('the law', () => {
  it('is cited by link only, so that a paragraph has one home', () => {
    expect(where((text) => /§|(?:paragraf|section|kapittel|chapter) \d/i.test(text))).toEqual([])
  })

  it('has none of the numbers that are out of date (domain paper 0.1)', () => {
    const outdated = /23\s?A|13-07\.05|\b15 G\b|kommunaldirektør\w* (?:må|kan bare)|(?:innen|within|inside) (?:24|48|72) (?:timer|timar|hours)|\b(?:24|48|72) (?:timer|timar|hours)\b/i
    expect(sources.filter(({ text }) => outdated.test(text)).map(({ file, text }) => `${file}: ${outdated.exec(text)?.[0]}`)).toEqual([])
  })

  it('is not counted: no figures of the statistics in a text that outlives them', () => {
    expect(where((text) => /\b(?:4[ .,]?658|5[ .,]?199|3[ .,]?892|1[ .,]?929|1[ .,]?764|1[ .,]?316)\b/.test(text))).toEqual([])
  })
})

describe('a walk-through', () => {
  const steps = all.flatMap(({ item, name }) => (item.kind === 'walk' ? item.steps.map((step, nth) => ({ step, name: `${name} ${nth + 1}` })) : []))

  it('has at most two sentences a step', () => {
    expect(steps.filter(({ step }) => sentencesOf(plainText(step.text)).length > 2).map(({ name }) => name)).toEqual([])
  })

  it('reads easily: LIX of each step at most 40', () => {
    expect(steps.map(({ step, name }) => ({ name, lix: Math.round(lix([step.title, plainText(step.text), ...step.checks])) })).filter((step) => step.lix > 40)).toEqual([])
  })

  it('has short titles, and as many steps as a hand counts', () => {
    expect(steps.filter(({ step }) => step.title.split(' ').length > 6).map(({ name, step }) => `${name}: ${step.title}`)).toEqual([])
    expect(all.filter(({ item }) => item.kind === 'walk' && (item.steps.length < 4 || item.steps.length > 10)).map(({ name }) => name)).toEqual([])
  })
})

describe('the library', () => {
  const wanted = {
    walk: ['rising', 'safety', 'away', 'message', 'meeting', 'first-aid', 'first-hour', 'colleague', 'hands', 'leader-day', 'leader-weeks', 'talk', 'ros'],
    practice: ['story-line', 'story-door', 'story-after'],
    course: ['course-ros', 'course-report', 'course-handling', 'course-e-learning', 'course-extended', 'course-neuro'],
  }
  it.each(Object.entries(wanted))('has every %s that people need', (kind, ids) => {
    const here = guides.nb.items.filter((item) => item.kind === kind).map(({ id }) => id)
    expect(ids.filter((id) => !here.includes(id))).toEqual([])
  })

  it('serves each phase, lens and reader', () => {
    const articles = guides.nb.items.filter(({ kind }) => kind === 'article' || kind === 'walk')
    const groups = (['before', 'during', 'after'] as const).flatMap((phase) => {
      const here = articles.filter((item) => item.phase === phase)
      const byLens = (['staff', 'pupil'] as const).map((lens) => ({ name: `${phase} ${lens} lens`, items: here.filter(({ lenses }) => lenses.includes(lens)) }))
      const byReader = (['staff', 'leader', 'safetyRep'] as const).map((reader) => ({ name: `${phase} ${reader}`, items: here.filter(({ readers }) => readers.includes(reader)) }))
      return byLens.concat(byReader)
    })
    const empty = groups.filter(({ items }) => items.length === 0).map(({ name }) => name)
    expect(empty).toEqual([])
  })

  it('has words for the search in every text', () => {
    expect(all.filter(({ item }) => item.words.length < 4).map(({ name }) => name)).toEqual([])
  })

  it('says everything once, in a text that can be read in a break', () => {
    expect(all.filter(({ item }) => item.kind === 'article' && (itemText(item).split(/\s+/).length > 520 || itemText(item).split(/\s+/).length < 90)).map(({ item, name }) => `${name}: ${itemText(item).split(/\s+/).length} words`)).toEqual([])
  })

  it.each(locales)('has no dead link: %s', (locale) => { expect(deadLinks(guides[locale])).toEqual([]) })

  it('neither shouts nor decorates', () => {
    expect(where((text) => /!(?!\[)|\p{Extended_Pictographic}/u.test(body(text)))).toEqual([])
  })

  it('has neutral ids, since they stand in addresses', () => {
    expect(guides.nb.items.map(({ id }) => id).filter((id) => /vold|trus|slag|slatt|kniv|vapen|violen|threat|weapon|knife|hit|attack|assault/.test(id))).toEqual([])
  })
})
