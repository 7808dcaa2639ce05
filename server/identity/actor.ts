/** Who is asking. Decorated on every request of the API as `request.actor`. */
import type { FastifyRequest } from 'fastify'
import { Failure } from '../problems.ts'

export interface RequestActor {
  /** The account of the session; null when nobody is signed in. */
  account: string | null
  via: 'session' | 'device' | 'none'
  /** Accounts that this device may deliver for. Also filled when there is a session. */
  deviceAccounts: string[]
  /** When the person last showed the identity provider who they are; missing when it was not asked. */
  shownAt?: Date
  /** The session's place in the table (hex of the hash), never the cookie's value. */
  sessionId?: string
  /** The device's place in the table (hex of the hash). */
  deviceId?: string
}

export const nobody: RequestActor = { account: null, via: 'none', deviceAccounts: [] }

declare module 'fastify' {
  interface FastifyRequest { actor: RequestActor }
}

/**
 * The signed-in account, for what only its person may read. The phone says in `X-Account` whom it believes is signed in: on a shared phone
 * that may be yesterday's answer, and rows must never land in another person's database.
 */
export function requireAccount(request: FastifyRequest): string {
  const { account } = request.actor
  if (account === null) throw new Failure('sign-in-needed')
  if (request.headers['x-account'] !== account) throw new Failure('wrong-account')
  return account
}
