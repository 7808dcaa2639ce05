/** What is known of an event, in words: one row per question that was answered. */
import type { Facts } from '#contract/facts.ts'
import type { Words } from './words.ts'

export interface Row { label: string; value: string }

/** In the order in which they are asked. A list of what is shown: a new field is silent until it is put here, and a test says so. */
export const factOrder = [
  'occurredAt', 'tiles', 'types', 'severity', 'count', 'onBehalf', 'aboutLeader', 'contactToday', 'place', 'situation', 'actor', 'actorCount', 'grade', 'adaptedOffer', 'repeated', 'exposed', 'staffRole', 'loneWork', 'newEmployee',
  'injury', 'sickLeave', 'reaction', 'triggers', 'weapon', 'intervention', 'otherPupils', 'damage', 'digitalEvidence', 'witnesses', 'wishes', 'before', 'description', 'deescalation', 'done', 'proposal', 'cause',
] as const satisfies readonly (keyof Facts)[]
/** A question whose answer is shown. */
export type Shown = (typeof factOrder)[number]

/** These hold what a person wrote or counted; all others hold codes. */
const plain: readonly Shown[] = ['before', 'description', 'deescalation', 'done', 'proposal', 'cause', 'count', 'witnesses']

/** One answer in words; empty when it was not given. */
export function factInWords(field: Shown, facts: Facts, words: Words): string {
  const value = facts[field]
  if (field === 'severity') return value === undefined ? '' : words.code(`severity-${facts.severity ?? 'none'}`)
  if (value === undefined || value === null || value === '') return ''
  if (field === 'occurredAt') return words.moment(String(value))
  if (typeof value === 'boolean') return words.yesNo(value)
  if (plain.includes(field)) return String(value)
  return (Array.isArray(value) ? value : [value]).map((code) => words.code(code)).join(', ')
}

export const factRows = (facts: Facts, words: Words): Row[] =>
  factOrder.map((field) => ({ label: words.field(field), value: factInWords(field, facts, words) })).filter(({ value }) => value !== '')
