/** The shapes that the phone's rooms share. Rules that work on them live beside this file. */
import type { Facts } from '#contract/facts.ts'
import type { LetterKind } from '#contract/vocabulary.ts'
import type { CaseEvent, OwnReport } from '#contract/changes.ts'

/** What somebody has begun to write. A kept draft is shown as a Kladd in the list; the one that is not kept is the open form. */
export interface Draft {
  id: string
  /** The report it will be, or that it adds to. For a new report this is the draft's own id. */
  report: string
  kind: 'report' | 'supplement'
  kept: boolean
  /** When it was last written (ISO). */
  at: string
  facts: Facts
}

/** What is known about one letter's way to the school. Times are ISO. */
export interface LetterState {
  id: string
  kind: LetterKind
  at: string
  attempts: number
  /** When it will be tried next; undefined when it has a receipt or was refused. */
  nextAttemptAt?: string
  lastTriedAt?: string
  /** Set while a request that carries it is on its way; never later than that request's time-out. */
  sendingUntil?: string
  /** A problem code: it will not be sent as it is; a person must act. */
  refusedBecause?: string
  /** Set only when the receipt's signature was checked on this phone. */
  receivedAt?: string
}

/** One report as its author sees it: the sum of its letters, how they travelled, and what the school did. */
export interface ReportView {
  id: string
  savedAt: string
  facts: Facts
  /** Two supplements that said different things of one field: both are kept and shown. */
  differing: { field: keyof Facts; values: unknown[] }[]
  letters: LetterState[]
  /** With what the author has said since already counted in its status. */
  school?: OwnReport
  /** All that its author may know of what happened to it, in order; what was said here and not told back yet comes last. */
  happenings?: Happening[]
}

/** One act in one's own case. `waits`: it lies on this phone and is not sent. */
export interface Happening extends Pick<CaseEvent, 'id' | 'part' | 'by' | 'mine' | 'at' | 'idle' | 'content'> { waits: boolean }

export type StatusCode = 'draft' | 'queued' | 'sending' | 'sent' | 'opened' | 'followup' | 'closed' | 'retry' | 'action' | 'conflict' | 'withdrawn'

/** How the last talk with the server went. `signIn`: it asks who we are; nothing was lost and attempts were not counted. */
export type SyncResult = 'done' | 'busy' | 'unreachable' | 'sign-in' | 'slow-down' | 'update-needed' | 'captive'

/** The outbox at a glance, for the strip and the sheet. `onlyTraining`: what needs somebody is no report; `inCase`: it is in this case of another's. */
export interface OutboxSummary { waiting: number; needsYou: number; onlyTraining?: true; inCase?: string; nextAttemptAt?: string; lastTriedAt?: string; lastReceivedAt?: string }

export interface StorageState { persisted: boolean | null; usedBytes: number | null; quotaBytes: number | null; ok: boolean }
