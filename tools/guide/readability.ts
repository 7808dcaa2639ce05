/** How heavy a text is to read, measured. */

/** Sentences of a text; a heading or a check without a full stop counts as one. */
export const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+/).map((part) => part.trim()).filter((part) => part !== '')

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:[-’'][\p{L}\p{N}]+)*/gu) ?? []

/** LIX (Björnsson 1968): words per sentence + percentage of words longer than six letters. Below 40 is easy prose. Parts are sentences of their own. */
export function lix(parts: string[]): number {
  const sentences = parts.flatMap(sentencesOf)
  const words = sentences.flatMap(wordsOf)
  if (words.length === 0) return 0
  return words.length / sentences.length + (100 * words.filter((word) => word.length > 6).length) / words.length
}
