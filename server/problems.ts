/** Every way that a request can fail: a stable code, a status and a title for developers. The phone has the words. */
import type { ProblemCode } from '#contract/problem.ts'

const known = {
  'invalid-request': [400, 'The request is not in the agreed form'],
  'sign-in-needed': [401, 'Sign in first'],
  'fresh-sign-in-needed': [403, 'Sign in again first: /auth/login?step_up=1'],
  'not-allowed': [403, 'Not allowed'],
  'wrong-origin': [403, 'The request does not come from this app'],
  'not-found': [404, 'Nothing is here for you'],
  'wrong-account': [409, 'Someone else is signed in on this device'],
  'already-used-id': [409, 'The id is used for other content'],
  'version-conflict': [409, 'Somebody else has changed or removed it since'],
  'last-administrator': [409, 'Nobody would be left to give roles'],
  'cursor-unknown': [410, 'The cursor is unknown; start again without it'],
  'erased': [410, 'It was erased'],
  'too-large': [413, 'The request is too large'],
  'wrong-media-type': [415, 'Only application/json is taken here'],
  'foreign-unit': [422, 'The unit is not one of yours'],
  'invalid-content': [422, 'The content is not in the agreed form'],
  'invalid-envelope': [422, 'The envelope cannot be opened'],
  'unknown-key': [422, 'The letter is sealed to a key that is unknown here'],
  'unknown-report': [422, 'The report is unknown'],
  'unknown-entry': [422, 'The training entry is unknown'],
  'wrong-entry': [422, 'The letter does not fit the training entry that it names'],
  'too-much': [422, 'There is no room for more; remove something first'],
  'too-many-requests': [429, 'Too many requests; see Retry-After'],
  'server-error': [500, 'The server failed'],
  'not-ready': [503, 'The server is not ready; see Retry-After'],
  'try-again': [503, 'Try again; see Retry-After'],
} as const satisfies Record<ProblemCode, readonly [number, string]>

/** Thrown by a route to answer with a problem document. It carries no words about a person. */
export class Failure extends Error {
  override name = 'Failure'
  readonly status: number
  readonly code: ProblemCode
  constructor(code: ProblemCode, { status = known[code][0], detail }: { status?: number; detail?: string } = {}) {
    super(known[code][1])
    this.code = code
    this.status = status
    if (detail !== undefined) this.detail = detail
  }
  readonly detail?: string
}

/** The document of a failure, as it is sent. */
export const problemDocument = ({ code, status, detail }: Failure) =>
  ({ type: 'about:blank', title: known[code][1], status, code, ...(detail === undefined ? {} : { detail }) })

/** What a request may be refused with before a route sees it, by the status that Fastify gives. */
const codeOfStatus: Record<number, ProblemCode> = {
  400: 'invalid-request', 401: 'sign-in-needed', 403: 'not-allowed', 404: 'not-found', 413: 'too-large', 414: 'too-large', 415: 'wrong-media-type',
  429: 'too-many-requests', 431: 'too-large', 503: 'not-ready',
}

/** The database is away, ending, starting or full: it will be back, and so may the phone. PostgreSQL's classes 08, 53 and 57, and the socket's own words. */
const isAway = (error: unknown): boolean => error instanceof Error && 'code' in error && /^(?:08\w{3}|53\w{3}|57P0[1-5]|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/.test(String(error.code))

/** Any error as a failure. What is not understood is a server error, and its text stays in the house. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (isAway(error)) return new Failure('not-ready')
  const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  const code = codeOfStatus[status]
  if (code !== undefined) return new Failure(code, { status })
  return status >= 400 && status < 500 ? new Failure('invalid-request', { status }) : new Failure('server-error')
}
