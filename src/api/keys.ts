import type { Keys } from '#contract/session.ts'
import { call, hasMembers, type Outcome } from './client.ts'

const isKeys = (value: unknown): value is Keys => hasMembers(value, 'sealing', 'signing') && Array.isArray((value as Keys).sealing) && (value as Keys).sealing.length > 0

/** Public: anybody may seal a letter to the school. */
export const getKeys = (): Promise<Outcome<Keys>> => call({ path: '/keys', isAnswer: isKeys })
