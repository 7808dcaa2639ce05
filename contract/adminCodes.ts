/** Bounds and words of the administration. No TypeBox: the phone pays nothing for these lines. */

/** A role ends by itself after this many days at the latest, so that nobody keeps one by being forgotten (security paper 2.5). */
export const longestGrant = 400
export const importLimits = { rows: 5_000, bytes: 1_000_000 } as const

/** What may be wrong with a row of a table. */
export const importFaults = ['columns', 'too-many', 'unit', 'subject', 'name', 'role', 'unit-needed', 'unit-not-for-role', 'from', 'to', 'too-long', 'twice', 'table'] as const
export type ImportFault = (typeof importFaults)[number]
