/**
 * Three cookies, three powers (security brief 2.3). All with Max-Age: a cookie without it dies with an installed app's process. Secure also on
 * http://localhost, where browsers accept it. Lax, not Strict: Strict loses the login when an installed app starts.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** `sid` reads and acts, `dev` only delivers, `tx` finishes one login. */
export const cookieNames = { session: '__Host-sid', device: '__Host-dev', login: '__Host-tx' } as const
export const whoCookie = '__Host-who'
type CookieName = (typeof cookieNames)[keyof typeof cookieNames]

const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const

/** 256 random bits for a cookie, and the hash that the table keeps. */
export function newSecret(): { value: string; hash: Buffer } {
  const bytes = randomBytes(32)
  return { value: bytes.toString('base64url'), hash: createHash('sha256').update(bytes).digest() }
}

/** The hash of the cookie that came with the request; undefined when there is none of the right form. */
export function cookieHash(request: FastifyRequest, name: CookieName): Buffer | undefined {
  const value = request.cookies[name]
  if (value === undefined || !/^[A-Za-z0-9_-]{43}$/.test(value)) return undefined
  return createHash('sha256').update(Buffer.from(value, 'base64url')).digest()
}

/** Puts a cookie on the answer. */
export const giveCookie = (reply: FastifyReply, name: CookieName, value: string, seconds: number) =>
  reply.setCookie(name, value, { ...attributes, maxAge: seconds })

/**
 * Says to the page whose rows it may show: only the account's id, and no power at all. The page has it before any request, so that on a shared phone nobody
 * sees the last person's rows for even a moment.
 */
export const nameWho = (reply: FastifyReply, account: string, seconds: number) =>
  reply.setCookie(whoCookie, account, { ...attributes, httpOnly: false, maxAge: seconds })

/** Takes a cookie away. */
export const takeCookie = (reply: FastifyReply, name: CookieName | typeof whoCookie) =>
  reply.setCookie(name, '', { ...attributes, maxAge: 0 })
