import type { Push, PushSubscription } from '#contract/push.ts'
import { call, hasMembers, type Outcome } from './client.ts'

const isPush = (value: unknown): value is Push => hasMembers(value, 'key', 'isOn')
const isNothing = (value: unknown): value is null => value === null

export const getPush = (account: string): Promise<Outcome<Push>> => call({ path: '/push', account, isAnswer: isPush })
export const putPush = (account: string, body: PushSubscription): Promise<Outcome<null>> => call({ method: 'PUT', path: '/push', body, account, isAnswer: isNothing })
export const endPush = (account: string, endpoint: string): Promise<Outcome<null>> => call({ method: 'POST', path: '/push/end', body: { endpoint }, account, isAnswer: isNothing })
