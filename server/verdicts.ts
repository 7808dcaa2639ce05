/** The words in which letters are judged, shared by whoever judges a kind. */
import type { ProblemCode } from '#contract/problem.ts'
import type { Grant } from '#contract/session.ts'
import type { OpenLetter } from './keys/openLetter.ts'

/** Whose letter it is. */
export interface Writer { id: string; tenant: string; name: string; units: string[]; isClosed: boolean; grants: readonly Grant[] }
export type Judged = { letter: OpenLetter; account: string; confirmed: boolean }
export type Turned = { status: 'conflict' | 'gone' | 'refused' | 'later'; code: ProblemCode }

/** It may come again. */
export const later = (code: ProblemCode): Turned => ({ status: 'later', code })
/** It will never be taken as it is. */
export const refused = (code: ProblemCode): Turned => ({ status: 'refused', code })
