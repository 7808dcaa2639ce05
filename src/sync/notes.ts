/** What is written on a letter's row before and after a request: pure steps from row to row. */
import type { Receipt } from '#contract/letter.ts'
import type { LetterRow } from '#app/db/rows.ts'
import { never } from '#app/db/rows.ts'

type Step = (row: LetterRow) => LetterRow

/** Before the request, so that a kill during it needs no repair. */
export const attempted = (now: number, wait: number, patience: number): Step => ({ waitsForSignIn: _waits, ...row }) =>
  ({ ...row, attempts: row.attempts + 1, lastTriedAt: now, sendingUntil: now + patience, nextAttemptAt: now + wait })

/** No use yet. `wait` overrides what was set before the request. */
export const failed = (next?: number): Step => ({ sendingUntil: _until, ...row }) => next === undefined ? row : { ...row, nextAttemptAt: next }

/** The server broke down: next time it travels in smaller company. */
export const suspected = (next?: number): Step => (row) => ({ ...failed(next)(row), suspect: (row.suspect ?? 0) + 1 })

/** It asks who we are and kept nothing: that was no attempt. */
export const waitsForSignIn = (next: number): Step => ({ sendingUntil: _until, ...row }) =>
  ({ ...row, attempts: Math.max(0, row.attempts - 1), waitsForSignIn: true, nextAttemptAt: next })

/** A person must act. It stays where it is. */
export const refused = (code: string, wholeRequest: boolean): Step => ({ sendingUntil: _until, ...row }) =>
  ({ ...row, refusedBecause: code, nextAttemptAt: never, ...(wholeRequest && { wholeRequest: true as const }) })

/** The only step that ends a letter's wait. */
export const received = (receipt: Receipt, now: number): Step =>
  ({ sendingUntil: _until, nextAttemptAt: _next, refusedBecause: _why, wholeRequest: _whole, suspect: _suspect, waitsForSignIn: _waits, ...row }) =>
    ({ ...row, receipt, deliveredAt: now })
