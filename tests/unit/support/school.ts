/**
 * A stand-in for the server, behind `fetch`: it keeps letters by id and hash and signs receipts with a real key, so that the phone's checks are real.
 * The flow tests run the same phone against the real server. The Web Lock is a stand-in too: Node has none.
 */
import { vi } from 'vitest'
import type { Changes } from '#contract/changes.ts'
import type { DeliveryAnswer, LetterHeader, SealedLetter } from '#contract/letter.ts'
import type { Keys } from '#contract/session.ts'
import { signedPart } from '#contract/wire.ts'
import { fromBase64url, toBase64url } from '#app/crypto/base64url.ts'
import { letterHash } from '#app/crypto/hash.ts'

export interface Request { method: string; path: string; body: { letters?: SealedLetter[]; ids?: string[] }; headers: Headers }

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } })
export const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code }), { status, headers: { 'content-type': 'application/problem+json', ...headers } })

export const headerOf = (letter: SealedLetter): LetterHeader => JSON.parse(new TextDecoder().decode(fromBase64url(letter.header))) as LetterHeader
const raw = async (key: CryptoKey) => toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', key)))

export async function createSchool() {
  const signing = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const sealing = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const keys: Keys = { sealing: [{ kid: 'seal-1', publicKey: await raw(sealing.publicKey) }], signing: [{ kid: 'sign-1', publicKey: await raw(signing.publicKey) }], time: new Date().toISOString() }
  const kept = new Map<string, { hash: string; answer: DeliveryAnswer }>()
  const requests: Request[] = []
  const school = {
    keys, kept, requests, privateKey: sealing.privateKey,
    /** Set to answer something else; undefined falls back to the ordinary answer. */
    instead: undefined as ((request: Request) => Promise<Response | undefined> | Response | undefined) | undefined,
    /** Replaces the answer to one letter. */
    judge: undefined as ((header: LetterHeader) => DeliveryAnswer | undefined) | undefined,
    changes: { changes: [], cursor: '1.0', more: false } as Changes,
    posts: () => requests.filter(({ path }) => path === '/api/v1/letters'),
    deliver,
    ordinary,
  }

  async function receive(letter: SealedLetter): Promise<DeliveryAnswer> {
    const { id } = headerOf(letter)
    const hash = await letterHash(fromBase64url(letter.header), fromBase64url(letter.body))
    const before = kept.get(id)
    if (before) return before.hash === hash && 'receipt' in before.answer ? { ...before.answer, status: 'known' } : { status: 'conflict', id, code: 'already-used-id' }
    const part = { id, hash, receivedAt: new Date().toISOString(), seq: kept.size + 1, kid: 'sign-1' }
    const signature = toBase64url(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signing.privateKey, new TextEncoder().encode(signedPart(part)))))
    const answer: DeliveryAnswer = { status: 'received', id, receipt: { ...part, signature } }
    kept.set(id, { hash, answer })
    return answer
  }
  async function deliver(letters: SealedLetter[]): Promise<DeliveryAnswer[]> {
    const answers: DeliveryAnswer[] = []
    for (const letter of letters) answers.push(school.judge?.(headerOf(letter)) ?? await receive(letter))
    return answers
  }
  async function ordinary({ path, body }: Request): Promise<Response> {
    if (path === '/api/v1/keys') return json(keys)
    if (path === '/api/v1/letters/have') return json({ here: (body.ids ?? []).filter((id) => kept.has(id)), gone: [] })
    if (path === '/api/v1/letters') return json({ answers: await deliver(body.letters ?? []) })
    if (path.startsWith('/api/v1/changes')) return json(school.changes)
    return problem(404, 'not-found')
  }

  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const request: Request = { method: init.method ?? 'GET', path, headers: new Headers(init.headers), body: typeof init.body === 'string' ? JSON.parse(init.body) as Request['body'] : {} }
    requests.push(request)
    return await school.instead?.(request) ?? await ordinary(request)
  })
  vi.stubGlobal('navigator', { locks: lockStandIn() })
  return school
}
export type School = Awaited<ReturnType<typeof createSchool>>

type Mode = 'shared' | 'exclusive'

function lockStandIn() {
  const held = new Map<string, { mode: Mode; end: Promise<void> }[]>()
  return {
    async request<T>(name: string, { mode = 'exclusive', ifAvailable = false }: { mode?: Mode; ifAvailable?: boolean }, work: (lock: { name: string } | null) => Promise<T>): Promise<T> {
      const holders = held.get(name) ?? []
      held.set(name, holders)
      const inTheWay = () => holders.filter((holder) => mode === 'exclusive' || holder.mode === 'exclusive')
      if (ifAvailable && inTheWay().length > 0) return work(null)
      while (inTheWay().length > 0) await Promise.race(inTheWay().map(({ end }) => end))
      let done: () => void = () => undefined
      const mine = { mode, end: new Promise<void>((resolve) => { done = resolve }) }
      holders.push(mine)
      try {
        return await work({ name })
      } finally {
        holders.splice(holders.indexOf(mine), 1)
        done()
      }
    },
  }
}
