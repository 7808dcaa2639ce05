/** The guidance as the search sees it: every text with its pieces, in sentences. Plain data, so that it can be sent to a worker. */
import type { Block, Guide, GuideItem, SearchWords } from '#app/domain/guide.ts'
import { inWords } from '#app/domain/inWords.ts'

export type Locale = Guide['locale']
/** Where in a text: a section of an article by its anchor, a step of a walk-through by its number. */
export interface Place { id: string; title: string }
export interface Piece { place?: Place; title: string; sentences: string[] }
export interface SearchDocument { id: string; kind: GuideItem['kind']; phase: GuideItem['phase']; title: string; summary: string; words: string[]; pieces: Piece[] }
/** All that the index is made of. */
export interface SearchSource { locale: Locale; documents: SearchDocument[]; words: SearchWords }

/** A full stop in «kl. 14» or «f.eks.» ends no sentence: the next letter is not a capital. */
const sentenceEnd = /(?<=[.?!…]["»”’]?)\s+(?=["«“‘]?[\p{Lu}\d])/u
const sentencesOf = (text: string): string[] => text.split(sentenceEnd).map((one) => one.trim()).filter((one) => one !== '')
const blockSentences = (block: Block): string[] => ('items' in block ? block.items : [block.text]).flatMap((text) => sentencesOf(inWords(text)))
const placed = (id: string, title: string): { place?: Place } => (title === '' ? {} : { place: { id, title } })

function piecesOf(item: GuideItem): Piece[] {
  if (item.kind === 'article') return item.sections.map(({ id, title, blocks }) => ({ ...placed(id, title), title, sentences: blocks.flatMap(blockSentences) }))
  if (item.kind === 'walk') return item.steps.map(({ title, text, checks }, nth) => ({ ...placed(String(nth + 1), title), title, sentences: [...sentencesOf(inWords(text)), ...checks] }))
  if (item.kind === 'course') return [{ title: '', sentences: item.blocks.flatMap(blockSentences) }]
  const moments = item.moments.map(({ title, blocks, choices }) => ({ title, sentences: [...blocks.flatMap(blockSentences), ...choices.flatMap(({ text, feedback }) => [text, ...sentencesOf(inWords(feedback))])] }))
  return [{ title: '', sentences: item.opening.flatMap(blockSentences) }, ...moments]
}

export const sourceOf = ({ locale, items, search }: Guide): SearchSource => ({
  locale, words: search, documents: items.map((item) => ({ id: item.id, kind: item.kind, phase: item.phase, title: item.title, summary: item.summary, words: item.words, pieces: piecesOf(item) })),
})
