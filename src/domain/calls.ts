/** Which numbers a screen offers to call. */
import type { CallTarget, LocalNumberKind } from './guide.ts'

export type PublicNumber = Exclude<CallTarget, LocalNumberKind>
interface KnownNumber { of: string; label: string; number: string }
export interface Call { label: string; href: string; isUrgent: boolean }

const publicNumbers: readonly string[] = ['112', '113', '110', '116117']
export const isPublic = (target: CallTarget): target is PublicNumber => publicNumbers.includes(target)

/** A dialling address: what people write between the digits is left out. */
export const dialTo = (number: string): string => `tel:${number.replace(/[^\d+]/g, '')}`

/** The numbers that can be called now, and the kinds that nobody has filled in. `say` names a public number. */
export function callsFor(targets: readonly CallTarget[], known: readonly KnownNumber[], say: (number: PublicNumber) => string): { calls: Call[]; unset: LocalNumberKind[] } {
  const calls: Call[] = []
  const unset: LocalNumberKind[] = []
  for (const target of targets) {
    if (isPublic(target)) { calls.push({ label: say(target), href: dialTo(target), isUrgent: target !== '116117' }); continue }
    const found = known.find(({ of }) => of === target)
    if (found) calls.push({ label: found.label, href: dialTo(found.number), isUrgent: false })
    else unset.push(target)
  }
  return { calls, unset }
}
