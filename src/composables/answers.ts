/** How an answer in a form becomes facts. An answer that was taken back is no fact. */
import type { Facts } from '#contract/facts.ts'

export type Field = keyof Facts
export type Answer = Facts[Field] | undefined

const isNothing = (value: Answer): boolean => value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)
const isSame = (one: Answer, other: Answer): boolean =>
  one === other || (Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((value, index) => value === other[index]))

const without = (facts: Facts, field: Field): Facts => Object.fromEntries(Object.entries(facts).filter(([name]) => name !== field))

/** The facts with one more answer. */
export const withAnswer = (facts: Facts, field: Field, value: Answer): Facts =>
  (isNothing(value) ? without(facts, field) : { ...facts, [field]: value })

/**
 * What is new beside what is known. Saying the same again is nothing new. Emptying a list, a text or a tick that is known is new and is said as such;
 * a single answer can only be replaced by another.
 */
export function withNews(known: Facts, news: Facts, field: Field, value: Answer): Facts {
  if (isSame(known[field], value) || (isNothing(known[field]) && isNothing(value))) return without(news, field)
  return value === undefined ? without(news, field) : { ...news, [field]: value }
}
