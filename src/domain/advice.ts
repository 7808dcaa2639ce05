/** Which texts of the guidance fit what was logged. Reckoned on the phone, told to nobody. */
import type { Facts } from '#contract/facts.ts'
import type { GuideItem, Reader } from './guide.ts'

/** The order of weight: what one must not miss first. A field that is not here weighs 1. */
const weights: Record<string, number> = { weapon: 7, injury: 6, sickLeave: 6, intervention: 6, otherPupils: 5, contactToday: 4, exposed: 4, type: 4, actor: 4, loneWork: 4, digitalEvidence: 3, severity: 2, repeated: 2, tile: 2 }

/** The field's values as words; `type` and `tile` are lists of codes under their plural names. */
function valuesOf(facts: Facts, field: string): string[] {
  const named: Record<string, keyof Facts> = { type: 'types', tile: 'tiles', trigger: 'triggers', wish: 'wishes' }
  const value = facts[named[field] ?? field as keyof Facts]
  return (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && one !== null).map(String)
}

/** What one token of `fits` is worth for these facts: `field:value`, `type:DIG-*`, `injury:*` (any but none), or `always`, which leads with a walk-through and ends with an article. */
function worth(token: string, facts: Facts, kind: GuideItem['kind']): number {
  if (token === 'always') return kind === 'walk' ? 5 : 0.5
  const [field = '', wanted = ''] = token.split(':')
  const matches = wanted.endsWith('*')
    ? (value: string) => value !== 'none' && value.startsWith(wanted.slice(0, -1))
    : (value: string) => value === wanted
  return valuesOf(facts, field).some(matches) ? weights[field] ?? 1 : 0
}

/**
 * The texts that fit, best first, at most `limit`. Walk-throughs before articles of the same weight; only what is written for one of these readers, and afterwards
 * more than beforehand: whoever reads this has just logged something.
 */
export function adviceFor(facts: Facts, items: readonly GuideItem[], readers: readonly Reader[], limit: number): GuideItem[] {
  const scored = items
    .filter((item) => item.kind !== 'practice' && item.kind !== 'course' && readers.some((reader) => item.readers[0] === reader || (reader !== 'staff' && item.readers.includes(reader))))
    .map((item) => ({ item, fit: item.fits.reduce((sum, token) => sum + worth(token, facts, item.kind), 0) }))
    .filter(({ fit }) => fit > 0)
  const isMain = ({ readers: [first] }: GuideItem) => first !== undefined && readers.includes(first)
  const rank = ({ item, fit }: typeof scored[number]) => fit + (isMain(item) ? 2 : 0) + (item.phase === 'after' ? 1.5 : 0) + (item.kind === 'walk' ? 1 : 0) - item.order / 10_000
  return scored.toSorted((a, b) => rank(b) - rank(a)).slice(0, limit).map(({ item }) => item)
}
