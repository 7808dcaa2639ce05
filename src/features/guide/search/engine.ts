/** Answers a question. Texts in which all its words are found come first; typing errors, endings, compounds and other words for the same thing are forgiven. */
import type { SearchOptions } from 'minisearch'
import type { Place, SearchDocument, SearchSource } from './documents.ts'
import { excerptOf, type Excerpt, type Matched } from './excerpt.ts'
import { wordsIn } from './fold.ts'
import type { Lexicon } from './lexicon.ts'
import { buildIndex, phraseOf, type SearchIndex } from './index.ts'

export interface SearchResult extends Pick<SearchDocument, 'id' | 'title' | 'kind' | 'phase'> {
  /** Where in the text: the section of an article (its id is the anchor), or the step of a walk-through (its id is the number). */
  section?: Place
  sentence: Excerpt['sentence']
}

/** More than a person reads. */
const most = 12
/** A question of more letters is cut. */
const longest = 200
/** A text below this share of the best one is noise. */
const floor = 0.12
/** Another word for it counts a little less than the word itself; a part of a compound less again. */
const otherWord = 0.7
const partOfWord = 0.5
/** How much a whole phrase of people's own words weighs, as a share of all that a text could get. */
const phraseGain = 0.5
/** Stories and courses answer whoever asks for them by their own words; in need, the texts come first. */
const kindWeight: Record<SearchDocument['kind'], number> = { article: 1, walk: 1.1, practice: 0.7, course: 0.75 }

/** The weight of a hit in a text at which it is half as good as can be. */
const halfway = 12

const fuzzyBy = (term: string): number => (term.length < 4 ? 0 : term.length < 7 ? 1 : 2)

interface Asked { word: string; isLast: boolean }
interface Score { total: number; covered: number; matched: Matched }

/** What is looked for instead of one word, with how much each counts. */
function lookups({ word, isLast }: Asked, lexicon: Lexicon): { term: string; weight: number; options: SearchOptions }[] {
  const { own, parts } = lexicon.keysOf(word)
  const isKnown = own.some(lexicon.isKnown)
  const exact: SearchOptions = { prefix: false, fuzzy: false }
  return [
    ...own.map((term, nth) => ({ term, weight: nth === 0 || !isKnown ? 1 : partOfWord, options: { prefix: isLast && (!isKnown || term.length > 3), fuzzy: isKnown ? false : fuzzyBy(term), weights: { prefix: 0.6, fuzzy: 0.5 } } })),
    ...lexicon.sameAs(word).map((term) => ({ term, weight: otherWord, options: exact })),
    ...(isKnown ? [] : parts).map((term) => ({ term, weight: partOfWord, options: exact })),
  ]
}

/** How rare something is among the texts: what stands in nearly all of them tells little. */
const rarity = (holders: number, texts: number): number => Math.log(1 + (texts - holders + 0.5) / (holders + 0.5)) + 0.1

/** The texts that hold one word of the question, or another word for it. A share near 1: the text is about it. Rarity is taken out, so that a rare other name of a common thing is not mistaken for a rare thing. */
function found(asked: Asked, nth: number, { mini, texts, lexicon }: SearchIndex): Map<string, { share: number; terms: Matched }> {
  const all = new Map<string, { share: number; terms: Matched }>()
  for (const { term, weight, options } of lookups(asked, lexicon)) {
    const hits = mini.search(term, options)
    const rare = rarity(hits.length, texts.size)
    for (const { id, score, terms } of hits) {
      const of = all.get(id) ?? { share: 0, terms: new Map() }
      all.set(id, of)
      of.share = Math.max(of.share, weight * (score / rare) / (score / rare + halfway))
      for (const one of terms) if ((of.terms.get(one)?.weight ?? 0) < weight) of.terms.set(one, { asked: nth, weight })
    }
  }
  return all
}

/** How many texts hold it: mostly those that are about it, a little those that mention it. */
const holdersOf = (found: Map<string, { share: number }>): number => 0.3 * found.size + 0.7 * [...found.values()].reduce((sum, { share }) => sum + share, 0)

function scoresOf(asked: Asked[], index: SearchIndex): { scores: Map<string, Score>; most: number } {
  const scores = new Map<string, Score>()
  let most = 0
  for (const [nth, one] of asked.entries()) {
    const holders = found(one, nth, index)
    const weight = rarity(holdersOf(holders), index.texts.size)
    most += weight
    for (const [id, { share, terms }] of holders) {
      const of = scores.get(id) ?? { total: 0, covered: 0, matched: new Map() }
      scores.set(id, of)
      of.total += share * weight
      of.covered += weight
      for (const [term, match] of terms) of.matched.set(term, { asked: match.asked, weight: match.weight * weight })
    }
  }
  for (const of of scores.values()) of.total *= of.covered / most
  return { scores, most }
}

const holds = (long: readonly string[], short: readonly string[]): boolean => long.some((_, at) => short.every((word, nth) => long[at + nth] === word))

function rank(text: string, index: SearchIndex): [string, Score][] {
  const { lexicon, texts, phrases } = index
  const words = wordsIn(text)
  const asked = words.filter(({ word }) => !lexicon.isIgnored(word)).map(({ word, to }) => ({ word, isLast: to === text.trimEnd().length }))
  const { scores, most } = scoresOf(asked, index)
  const said = phraseOf(text, lexicon)
  for (const [id, { document: { kind } }] of texts) {
    const isSaid = phrases.get(id)?.some(({ all, telling }) => holds(said.all, all) || (telling.length > 1 && holds(said.telling, telling)))
    const of = scores.get(id) ?? { total: 0, covered: 0, matched: new Map() }
    of.total = (of.total + (isSaid ? phraseGain * (most || 1) : 0)) * kindWeight[kind]
    if (of.total > 0) scores.set(id, of)
  }
  return [...scores].toSorted(([, a], [, b]) => b.total - a.total)
}

export interface Engine { search: (text: string) => SearchResult[] }

/** Builds an engine over the texts of one language. */
export async function engineOf(source: SearchSource, pause: () => Promise<void> = () => Promise.resolve()): Promise<Engine> {
  const index = await buildIndex(source, pause)
  return {
    search(question) {
      const ranked = rank(question.slice(0, longest), index)
      const least = (ranked[0]?.[1].total ?? 0) * floor
      return ranked.slice(0, most).filter(([, { total }]) => total >= least).flatMap(([id, { matched }]) => {
        const indexed = index.texts.get(id)
        if (!indexed) return []
        const { title, kind, phase } = indexed.document
        const { place, sentence } = excerptOf(indexed, matched)
        return [{ id, title, kind, phase, ...(place ? { section: place } : {}), sentence }]
      })
    },
  }
}
