/** For whom somebody reads: their roles, in the guidance's words. */
import type { Grant } from '#contract/session.ts'
import type { Reader } from './guide.ts'

/** Everybody reads as staff; a leader and a safety representative also as that. The most particular is first. */
export const readersOf = (grants: readonly Grant[]): Reader[] => [
  ...(grants.some(({ role }) => role === 'leder') ? ['leader' as const] : []),
  ...(grants.some(({ role }) => role === 'verneombud') ? ['safetyRep' as const] : []),
  'staff',
]

/** Whether somebody reads what a school's risk meetings decided: its leaders and its safety representatives. */
export const readsMeetings = (grants: readonly Grant[], unit: string): boolean => grants.some((grant) => (grant.role === 'leder' || grant.role === 'verneombud') && grant.unit?.id === unit)
