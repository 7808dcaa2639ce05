/** The sentence that answers, and where in it the words stand. */
import type { Place } from './documents.ts'
import type { Indexed, Sentence } from './index.ts'

export interface Excerpt { place?: Place; sentence: { text: string; marks: [number, number][] } }

/** Two or three lines on a phone. */
const longest = 180

/** For each stem that was found: which word of the question it answers, and how much it weighs. */
export type Matched = Map<string, { asked: number; weight: number }>

interface Judged { score: number; marks: [number, number][] }

/** Called for every sentence of a text: it makes nothing that it does not return. */
function judge({ words, keys }: Sentence, matched: Matched): Judged {
  const marks: [number, number][] = []
  let best: Map<number, number> | undefined
  for (const [nth, { from, to }] of words.entries()) {
    let isHit = false
    for (const key of keys[nth] ?? []) {
      const hit = matched.get(key)
      if (!hit) continue
      isHit = true
      best ??= new Map()
      if ((best.get(hit.asked) ?? 0) < hit.weight) best.set(hit.asked, hit.weight)
    }
    if (isHit) marks.push([from, to])
  }
  let score = 0
  for (const weight of best?.values() ?? []) score += weight
  return { score, marks }
}

/** A long sentence is shown from shortly before its first mark. */
function shorten(text: string, marks: [number, number][]): Excerpt['sentence'] {
  if (text.length <= longest) return { text, marks }
  const first = marks[0]?.[0] ?? 0
  const begin = first < longest / 2 ? 0 : text.lastIndexOf(' ', first - longest / 4) + 1
  const end = begin + longest >= text.length ? text.length : Math.max(text.lastIndexOf(' ', begin + longest), marks[0]?.[1] ?? 0)
  const lead = begin > 0 ? '… ' : ''
  const shown = marks.filter(([from, to]) => from >= begin && to <= end).map(([from, to]): [number, number] => [from - begin + lead.length, to - begin + lead.length])
  return { text: `${lead}${text.slice(begin, end)}${end < text.length ? ' …' : ''}`, marks: shown }
}

/** The best sentence of a text; its summary when the words stand in no sentence (people's own words for it never do). */
export function excerptOf({ summary, pieces }: Indexed, matched: Matched): Excerpt {
  const ofSummary = judge(summary, matched)
  let best: { score: number; text: string; marks: [number, number][]; place?: Place } = { ...ofSummary, text: summary.text }
  for (const { place, title, sentences } of pieces) {
    const ofTitle = judge(title, matched).score / 2
    for (const [nth, sentence] of sentences.entries()) {
      const { score, marks } = judge(sentence, matched)
      // Below a heading that matches, the first sentence speaks for it.
      const total = score > 0 || nth === 0 ? score + ofTitle : 0
      if (total > best.score) best = { score: total, text: sentence.text, marks, ...(place ? { place } : {}) }
    }
  }
  return { ...(best.place ? { place: best.place } : {}), sentence: shorten(best.text, best.marks) }
}
