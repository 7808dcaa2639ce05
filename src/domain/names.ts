/** A soft hint that something looks like a person. It never blocks, and it learns what to leave alone. */
import { notNames } from './notNames.ts'

export interface NameHint { kind: 'name' | 'phone' | 'email' | 'address'; found: string }

const patterns: { kind: NameHint['kind']; pattern: RegExp }[] = [
  { kind: 'email', pattern: /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}/gu },
  { kind: 'phone', pattern: /(?<![\d\p{L}])(?:(?:\+|00)47[ .-]?)?[2-9]\d(?:[ .-]?\d){6}(?![\d\p{L}])/gu },
  { kind: 'address', pattern: /\p{Lu}[\p{L}-]*(?:veien|vegen|vei|veg|gaten|gata|gate|smauet|bakken|svingen|plassen|allé|alleen)\s+\d+\s?[a-zA-Z]?(?![\p{L}\d])/gu },
]
/** A capital inside a sentence: not after a full stop, a colon, a new line or an opening quote. */
const capital = /(?<=[\p{L}\d,;)"»]\s+)\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)*(?![\p{L}])/gu

/** What may be a name, phone number, e-mail or address. `allowed` are the words that were left standing before, in small letters. */
export function findNameHints(text: string, allowed: ReadonlySet<string>): NameHint[] {
  const hints = patterns.flatMap(({ kind, pattern }) => [...text.matchAll(pattern)].map(([found]) => ({ kind, found: found.trim() })))
  const rest = patterns.reduce((left, { pattern }) => left.replace(pattern, (found) => '0'.repeat(found.length)), text)
  for (const [found] of rest.matchAll(capital)) {
    const word = found.toLocaleLowerCase('nb')
    const stem = word.replace(/s$/, '')
    if (notNames.has(word) || notNames.has(stem) || allowed.has(word) || allowed.has(found)) continue
    hints.push({ kind: 'name', found })
  }
  return hints.filter((hint, index) => hints.findIndex(({ found }) => found === hint.found) === index)
}

const places = { name: 'elev A', phone: '[telefon fjernet]', email: '[e-post fjernet]', address: '[adresse fjernet]' } as const
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** "Bytt til «elev A»": every place where it stands as a word of its own. */
export const replaceHint = (text: string, { kind, found }: NameHint, by: string = places[kind]): string =>
  text.replace(new RegExp(`(?<![\\p{L}\\d])${escaped(found)}(?:s(?![\\p{L}]))?(?![\\p{L}\\d])`, 'gu'), () => by)
