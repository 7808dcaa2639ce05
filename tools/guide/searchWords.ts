/** `content/search/<language>.json`: what people call things. A Norwegian search knows both written languages, so nb and nn are read together. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { SearchWords } from '../../src/domain/guide.ts'
import type { Locale } from './frontMatter.ts'
import { WritingError } from './markdown.ts'

const sources: Record<Locale, readonly Locale[]> = { nb: ['nb', 'nn'], nn: ['nn', 'nb'], en: ['en'] }

function read(locale: Locale): SearchWords {
  const name = `content/search/${locale}.json`
  const { ignore, same } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../..', name), 'utf8')) as { ignore: string; same: string[] }
  const groups = same.map((line) => line.split(' '))
  for (const group of groups) {
    if (group.length < 2 || group.includes('')) throw new WritingError(name, `“${group.join(' ')}” wants at least two words with one space between`)
    const twin = group.find((word, nth) => group.indexOf(word) < nth)
    if (twin !== undefined) throw new WritingError(name, `“${twin}” stands twice in one line`)
  }
  return { ignore: ignore.split(' '), same: groups }
}

/** Groups of words that are searched as one, and the words that are passed over. */
export function searchWordsIn(locale: Locale): SearchWords {
  const known = sources[locale].map(read)
  return { ignore: [...new Set(known.flatMap(({ ignore }) => ignore))], same: known.flatMap(({ same }) => same) }
}
