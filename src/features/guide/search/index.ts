/** The index over the texts: which text holds a stem, and where it weighs most. */
import MiniSearch from 'minisearch'
import type { Place, SearchDocument, SearchSource } from './documents.ts'
import { wordsIn, type Found } from './fold.ts'
import { lexiconOf, type Lexicon } from './lexicon.ts'

/** A sentence with its words, cut once, and the stems under which each is found (given when all words are known). */
export interface Sentence { text: string; words: Found[]; keys: string[][] }
export interface Indexed { document: SearchDocument; summary: Sentence; pieces: { place?: Place; title: Sentence; sentences: Sentence[] }[] }
/** Words in a row as stems: all of them, and those that tell something. */
export interface Phrase { all: string[]; telling: string[] }
export interface SearchIndex { lexicon: Lexicon; mini: MiniSearch<Row>; texts: Map<string, Indexed>; phrases: Map<string, Phrase[]> }

/** What is indexed of a text, as stems with a space between. */
type Row = Record<'id' | (typeof fields)[number], string>
const fields = ['title', 'words', 'headings', 'summary', 'text', 'parts'] as const

const cut = (text: string): Sentence => ({ text, words: wordsIn(text), keys: [] })
const prepare = (document: SearchDocument): Indexed => ({
  document, summary: cut(document.summary), pieces: document.pieces.map(({ place, title, sentences }) => ({ ...(place ? { place } : {}), title: cut(title), sentences: sentences.map(cut) })),
})

function rowOf({ document, summary, pieces }: Indexed, { keysOf }: Lexicon): Row {
  const all = { title: wordsIn(document.title), words: wordsIn(document.words.join(' ')), headings: pieces.flatMap(({ title }) => title.words), summary: summary.words, text: pieces.flatMap(({ sentences }) => sentences.flatMap(({ words }) => words)) }
  const stems = (found: Found[]) => found.flatMap(({ word }) => keysOf(word).own).join(' ')
  return {
    id: document.id, title: stems(all.title), words: stems(all.words), headings: stems(all.headings), summary: stems(all.summary), text: stems(all.text),
    parts: Object.values(all).flatMap((found) => found.flatMap(({ word }) => keysOf(word).parts)).join(' '),
  }
}

export const phraseOf = (text: string, { stemsOf, keysOf }: Lexicon): Phrase => {
  const words = wordsIn(text).map(({ word }) => word)
  return { all: words.flatMap(stemsOf), telling: words.flatMap((word) => keysOf(word).own) }
}

const allOf = ({ summary, pieces }: Indexed): Sentence[] => [summary].concat(...pieces.map(({ title, sentences }) => [title].concat(sentences)))
const wordsOf = (indexed: Indexed): string[] =>
  wordsIn([indexed.document.title].concat(indexed.document.words).join(' ')).concat(...allOf(indexed).map(({ words }) => words)).map(({ word }) => word)

/** How many texts are taken in before `pause` is asked: a slice is a few milliseconds on a modest phone. */
const slice = 6

/** Builds the index. `pause` lets others have a turn: nothing in a worker, a break on the main thread. */
export async function buildIndex({ locale, documents, words }: SearchSource, pause: () => Promise<void>): Promise<SearchIndex> {
  const texts = new Map<string, Indexed>()
  const vocabulary = new Set<string>()
  const phrases = new Map<string, Phrase[]>()
  const each = async (work: (document: SearchDocument) => void) => {
    for (const [nth, document] of documents.entries()) {
      if (nth % slice === slice - 1) await pause()
      work(document)
    }
  }
  await each((document) => {
    const indexed = prepare(document)
    texts.set(document.id, indexed)
    for (const word of wordsOf(indexed)) vocabulary.add(word)
  })
  const lexicon = lexiconOf(locale, words, vocabulary)
  await pause()
  const mini = new MiniSearch<Row>({ fields: [...fields], tokenize: (text) => (text === '' ? [] : text.split(' ')), processTerm: (term) => term, searchOptions: { boost: { title: 4, words: 3, headings: 2, summary: 1.5, text: 1, parts: 0.5 } } })
  await each((document) => {
    const indexed = texts.get(document.id)
    if (!indexed) return
    mini.add(rowOf(indexed, lexicon))
    for (const sentence of allOf(indexed)) sentence.keys = sentence.words.map(({ word }) => lexicon.keysOf(word).all)
    phrases.set(document.id, document.words.map((phrase) => phraseOf(phrase, lexicon)).filter(({ all }) => all.length > 1))
  })
  return { lexicon, mini, texts, phrases }
}
