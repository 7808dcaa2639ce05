/** One spelling for what people write in many ways: no capitals, no accents, no Norwegian letters, no hyphens. */

/** Letters that do not come apart into a letter and an accent. `aa` is how å is written where the keyboard has none. */
const letters: Record<string, string> = { æ: 'ae', ø: 'o', ð: 'd', ß: 'ss', œ: 'oe' }

export const fold = (text: string): string => text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[æøðßœ]/g, (letter) => letters[letter] ?? letter).replaceAll('aa', 'a')

/** A word as it stands in a text, with its place there. Word and hyphen belong together: `ROS-analyse` is one. */
export interface Found { word: string; from: number; to: number }

const wordPattern = /[\p{L}\p{N}]+(?:[-‐‑'’][\p{L}\p{N}]+)*/gu

export const wordsIn = (text: string): Found[] => [...text.matchAll(wordPattern)].map(({ 0: word, index }) => ({ word, from: index, to: index + word.length }))

/** The spellings under which a word is kept: all of it without hyphens, and its parts. The ’s of a genitive falls away, and «can’t» is «cant». */
export function spellings(word: string): string[] {
  const parts = fold(word).replace(/['’]s?$/, '').replaceAll(/['’]/g, '').split(/[-‐‑]/).filter((part) => part !== '')
  return parts.length > 1 ? [parts.join(''), ...parts] : parts
}
