/** Running text without its links and weights. */
import type { Inline } from './guide.ts'

export const inWords = (text: readonly Inline[]): string => text.map((part) => {
  if (typeof part === 'string') return part
  return 'bold' in part ? inWords(part.bold) : part.text
}).join('')
