/** A report is the sum of its letters. */
import type { Facts } from '#contract/facts.ts'

/** Compares values as they are sent. The order of a list says nothing. */
const same = (one: unknown, other: unknown): boolean => {
  if (Array.isArray(one) && Array.isArray(other)) return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort())
  return one === other
}
const known = (facts: Facts) => (Object.entries(facts) as [keyof Facts, unknown][]).filter(([, value]) => value !== undefined)

/**
 * The first of the list is the report, the others are its supplements, oldest first. A supplement may correct the report; when two
 * supplements say different things of one field, the newest is shown and all are told.
 */
export function sumOf(factsList: Facts[]): { facts: Facts; differing: { field: keyof Facts; values: unknown[] }[] } {
  const facts: Facts = Object.assign({}, ...factsList.map((each) => Object.fromEntries(known(each))))
  const said = new Map<keyof Facts, unknown[]>()
  for (const supplement of factsList.slice(1)) {
    for (const [field, value] of known(supplement)) {
      const values = said.get(field) ?? []
      if (!values.some((other) => same(other, value))) said.set(field, [...values, value])
    }
  }
  const differing = [...said].filter(([, values]) => values.length > 1).map(([field, values]) => ({ field, values }))
  return { facts, differing }
}

/** Only what is new beside what is known: what a supplement needs to carry. */
export const newIn = (facts: Facts, before: Facts): Facts =>
  Object.fromEntries(known(facts).filter(([field, value]) => !same(value, before[field])))

/** A field left empty says nothing; it is not sent. */
export const withoutEmpty = (facts: Facts): Facts =>
  Object.fromEntries(known(facts).filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0)))
