/** RFC 9457 problem document. `code` is stable and is what a phone acts on; `title` is for developers. The phone has the words. */
import { Type, type Static } from 'typebox'

export const Problem = Type.Object({
  type: Type.String(), title: Type.String(), status: Type.Integer(), code: Type.String(),
  detail: Type.Optional(Type.String()),
})
export type Problem = Static<typeof Problem>

/** Every code that the API may answer with. Letter answers use the second group. */
export const problemCodes = [
  'invalid-request', 'not-found', 'sign-in-needed', 'fresh-sign-in-needed', 'wrong-account', 'wrong-origin', 'too-large', 'wrong-media-type', 'too-many-requests',
  'cursor-unknown', 'not-ready', 'server-error',
  'already-used-id', 'erased', 'invalid-envelope', 'unknown-key', 'invalid-content', 'foreign-unit', 'unknown-report', 'unknown-entry', 'wrong-entry', 'not-allowed', 'last-administrator', 'try-again', 'version-conflict', 'too-much',
] as const
export type ProblemCode = (typeof problemCodes)[number]
