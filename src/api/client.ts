/** The API's end on the phone. Nothing throws past this file: a call ends in one of these outcomes. */
import type { Problem } from '#contract/problem.ts'

export type Outcome<T> =
  | { kind: 'ok'; value: T }
  /** No answer: no line, a dead server, or too slow. */
  | { kind: 'unreachable' }
  /** Somebody else answered: a wi-fi's login page, a proxy. */
  | { kind: 'captive' }
  | { kind: 'problem'; status: number; code: Problem['code'] | `http-${number}`; retryAfterMs?: number }

export interface Call<T> {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
  /** Whose rows are meant: the server refuses if another person is signed in. */
  account?: string
  /** `if-match` or `if-none-match`; "nothing new" is then the problem with status 304. */
  headers?: Record<string, string>
  /** Tells our answer from a stranger's. */
  isAnswer: (value: unknown) => value is T
}

const base = '/api/v1'
const patience = 30_000
/** A slow line gets the time that its bytes need: 4 kB a second. */
export const patienceFor = (bytes: number) => patience + Math.round(bytes / 4)

const isJson = (response: Response) => /^application\/(?:problem\+)?json\b/.test(response.headers.get('content-type') ?? '')

/** Seconds or a date, as RFC 9110 has it. */
function retryAfter(response: Response): { retryAfterMs?: number } {
  const said = response.headers.get('retry-after')
  if (said === null) return {}
  const wait = /^\d+$/.test(said) ? Number(said) * 1000 : new Date(said).getTime() - Date.now()
  return Number.isFinite(wait) && wait > 0 ? { retryAfterMs: wait } : {}
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** An answer as an outcome. */
export async function read<T>(response: Response, isAnswer: Call<T>['isAnswer']): Promise<Outcome<T>> {
  // Not followed: a redirect of an API call is a stranger's work.
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400 && response.status !== 304)) return { kind: 'captive' }
  const value = isJson(response) ? await jsonOf(response) : undefined
  if (response.ok) return isAnswer(value) ? { kind: 'ok', value } : { kind: 'captive' }
  const code = value instanceof Object && 'code' in value && typeof value.code === 'string' ? value.code : `http-${response.status}` as const
  return { kind: 'problem', status: response.status, code, ...retryAfter(response) }
}

export async function call<T>({ method = 'GET', path, body, account, headers, isAnswer }: Call<T>): Promise<Outcome<T>> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  try {
    const response = await fetch(base + path, {
      method, redirect: 'manual', cache: 'no-store', credentials: 'same-origin',
      signal: AbortSignal.timeout(patienceFor(text?.length ?? 0)),
      headers: { accept: 'application/json, application/problem+json', ...(text !== undefined && { 'content-type': 'application/json' }), ...(account !== undefined && { 'x-account': account }), ...headers },
      ...(text !== undefined && { body: text }),
    })
    return response.status === 204 ? await read(new Response('null', { headers: { 'content-type': 'application/json' } }), isAnswer) : await read(response, isAnswer)
  } catch (cause) {
    return unreachable(cause)
  }
}

/** No answer came: the outcome of whatever a fetch throws. */
export function unreachable(cause: unknown): { kind: 'unreachable' } {
  console.info('No answer', cause)
  return { kind: 'unreachable' }
}

/** For shapes: a plain object with these members. */
export const hasMembers = (value: unknown, ...names: string[]): boolean => value instanceof Object && names.every((name) => name in value)
