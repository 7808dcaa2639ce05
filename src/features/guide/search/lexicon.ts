/** What the search knows of the words of one language: their stems, the words inside compounds, and other words for the same thing. */
import type { SearchWords } from '#app/domain/guide.ts'
import type { Locale } from './documents.ts'
import { fold, spellings } from './fold.ts'
import { stem } from './stem.ts'

/** The stems under which a word is found. `parts` are those of the words that it is made of. */
export interface Keys { own: string[]; parts: string[]; all: string[] }
export interface Lexicon {
  keysOf: (word: string) => Keys
  /** Every stem, also of words that say nothing: for whole phrases. */
  stemsOf: (word: string) => string[]
  /** The stems of other words for the same thing. */
  sameAs: (word: string) => string[]
  isKnown: (stem: string) => boolean
  /** Whether the word says nothing in a question. */
  isIgnored: (word: string) => boolean
}

/** «for», «ut» and the like stand before many words without being a word in them. */
const shortestHead = 3
const shortestTail = 4

/**
 * A compound is a word that another known word ends, with a known word before it (a binding s or e falls with the ending): avviksmelding is avvik and melding.
 * `vocabulary` is every word of the texts, so that only what the texts speak of is split.
 */
export function lexiconOf(locale: Locale, { ignore, same }: SearchWords, vocabulary: Iterable<string>): Lexicon {
  const named = new Set(same.flat().map(fold))
  // «får» says nothing, but «far» does: without its Norwegian letter a word is passed over only where it names nothing else.
  const asWritten = new Set(ignore)
  const ignored = new Set(ignore.flatMap(spellings).filter((spelt) => !named.has(spelt)))
  const isIgnored = (word: string) => asWritten.has(word.toLowerCase()) || spellings(word).every((spelt) => ignored.has(spelt))
  const stems = new Map<string, string>()
  const stemOf = (word: string): string => {
    const there = stems.get(word)
    if (there !== undefined) return there
    const made = stem(word, locale)
    stems.set(word, made)
    return made
  }
  const known = new Set<string>()
  for (const word of [...vocabulary, ...same.flat()].filter((one) => !isIgnored(one))) for (const spelt of spellings(word)) if (!ignored.has(spelt)) known.add(stemOf(spelt))

  const splits = (spelt: string): string[] => {
    const parts = new Set<string>()
    for (let at = shortestHead; at <= spelt.length - shortestTail; at += 1) {
      const tail = stemOf(spelt.slice(at))
      if (tail.length < shortestTail || !known.has(tail)) continue
      const head = stemOf(spelt.slice(0, at))
      if (known.has(head)) { parts.add(head); parts.add(tail) }
    }
    return [...parts]
  }
  const kept = new Map<string, Keys>()
  const keysOf = (word: string): Keys => {
    const there = kept.get(word)
    if (there) return there
    const spelt = isIgnored(word) ? [] : spellings(word).filter((one) => !ignored.has(one))
    const own = [...new Set(spelt.map(stemOf))]
    const parts = [...new Set(spelt.flatMap(splits))].filter((part) => !own.includes(part))
    const made = { own, parts, all: [...own, ...parts] }
    kept.set(word, made)
    return made
  }
  // A short stem may be two words' («far» and «fare»), so short words of a group count as they are written.
  const groupKey = (spelt: string) => (stemOf(spelt).length > shortestHead ? stemOf(spelt) : spelt)
  const groups = new Map<string, string[]>()
  for (const group of same) {
    const members = [...new Set(group.flatMap((word) => keysOf(word).own))]
    for (const key of new Set(group.flatMap(spellings).map(groupKey))) groups.set(key, [...groups.get(key) ?? [], ...members])
  }
  return {
    keysOf,
    stemsOf: (word) => spellings(word).map(stemOf),
    sameAs: (word) => {
      const { own } = keysOf(word)
      return [...new Set(spellings(word).flatMap((spelt) => groups.get(groupKey(spelt)) ?? []))].filter((other) => !own.includes(other))
    },
    isKnown: (key) => known.has(key),
    isIgnored,
  }
}
