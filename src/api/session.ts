import type { Session } from '#contract/session.ts'
import { call, hasMembers, type Outcome } from './client.ts'

const isSession = (value: unknown): value is Session => hasMembers(value, 'account', 'municipality')
const isNothing = (value: unknown): value is null => value === null

/** Who is signed in. Nobody is an ordinary answer. */
export const getSession = (): Promise<Outcome<Session>> => call({ path: '/session', isAnswer: isSession })

export const endSession = (): Promise<Outcome<null>> => call({ method: 'POST', path: '/session/end', body: {}, isAnswer: isNothing })
