/**
 * A word without its ending, so that «sparket», «sparker» and «sparking» are one. Short rules of our own, over folded words: docs/decisions/0010.
 * Bokmål and nynorsk share theirs, and their endings fall alike: «hendelsen» and «hendinga», «sparket» and «sparka».
 */
import type { Locale } from './documents.ts'

/** Below three letters nothing is left to tell words apart. */
const shortest = 3

/** Longest first. Nouns, adjectives, verbs, and the nouns that are made of verbs. */
const norwegian = ['elsene', 'hetene', 'heiten', 'ingane', 'ingene', 'elsen', 'elser', 'heita', 'heten', 'ingar', 'ingen', 'inger', 'ande', 'else', 'ende', 'anes', 'enes', 'heit', 'inga', 'ane', 'ede', 'ene', 'ens', 'ers', 'ets', 'het', 'ing',
  'ar', 'de', 'en', 'er', 'et', 'st', 'te', 'a', 'e', 's', 't']
const english = ['ively', 'ments', 'ings', 'ions', 'ment', 'ness', 'ers', 'ied', 'ies', 'ing', 'ion', 'ive', 'ed', 'er', 'es', 'ly', 'e', 's', 'y']

/** These end many short words that have no ending: «saks», «bitt». */
const light = new Set(['s', 't', 'st'])

/** The danger is not the father. */
const danger = new Set(['fare', 'farer', 'fara', 'farar', 'farene'])

function cut(word: string, endings: readonly string[]): string {
  const ending = endings.find((one) => word.endsWith(one) && word.length - one.length >= (light.has(one) ? shortest + 1 : shortest) && !(one === 's' && word.endsWith('ss')))
  return ending === undefined ? word : word.slice(0, -ending.length)
}
/** «redd» and «reddet», «hit» and «hitting». */
const single = (word: string): string => (word.length > shortest ? word.replace(/([b-df-hj-np-tv-z])\1$/, '$1') : word)

function norwegianStem(word: string): string {
  // «trussel» → «trusler», «artikkel» → «artikler»: the e between goes, and the letter before it is single.
  const whole = /el(?:en)?$/.test(word) ? word.replace(/([bdfgkmnprst])\1el(?:en)?$/, '$1l') : word
  const bare = cut(whole, norwegian).replace(/([gk])j$/, '$1').replace(/(.{2})leg$/, '$1lig')
  return single(bare)
}

export function stem(word: string, locale: Locale): string {
  if (/^\d/.test(word)) return word
  return locale === 'en' ? single(cut(word, english)) : danger.has(word) ? 'fare' : norwegianStem(word)
}
