/** What somebody does in a case, before it is a letter. */
import { caseLimits } from '#contract/caseCodes.ts'
import type { CaseContent } from '#contract/caseLetter.ts'
import { scrubIdNumbers } from './guard.ts'

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
/** An act without what every letter carries. */
export type CaseSaying = Without<CaseContent, 'v' | 'seen'>

const limits = { text: caseLimits.text, owner: caseLimits.short, reference: caseLimits.short } as const
const isText = (field: string): field is keyof typeof limits => Object.hasOwn(limits, field)

/** The last gate before any write: id numbers go out of every text, a half emoji or a NUL too, and an empty text says nothing. */
export function scrubSaying<T extends CaseSaying>(said: T): T {
  const fields = Object.entries(said).flatMap(([field, value]: [string, unknown]) => {
    if (!isText(field) || typeof value !== 'string') return [[field, value]]
    const clean = scrubIdNumbers(value.replaceAll(/\p{Surrogate}|\0/gu, '\uFFFD')).text.trim()
    return clean === '' ? [] : [[field, [...clean].slice(0, limits[field]).join('')]]
  })
  return Object.fromEntries(fields) as T
}
