/** The order of the inbox, and its four heaps. */
import { gravity } from '#contract/caseMachine.ts'
import type { CaseSummary } from '#contract/changes.ts'
import { groundOf } from './caseView.ts'

/** "Ikke vurdert" stands between the middle and the mild: nobody has said that it was nothing. */
const weight = (summary: CaseSummary): number => gravity(summary.status, groundOf(summary)) ?? 1.5
/** Somebody has said something that nobody who handles it has looked at. */
export const isUnread = ({ status }: CaseSummary): boolean => status.unread && status.withdrawnAt === null

/** Unread first, then severity, then age (the oldest has waited longest). */
export const byUrgency = (one: CaseSummary, other: CaseSummary): number =>
  Number(isUnread(other)) - Number(isUnread(one)) || weight(other) - weight(one) || one.receivedAt.localeCompare(other.receivedAt)

export const heaps = ['new', 'followup', 'due', 'done'] as const
export type Heap = (typeof heaps)[number]

/** What has run out, or will by the end of tomorrow. */
export function isDueSoon({ due }: CaseSummary, now: number): boolean {
  const today = new Date(now)
  const dayAfterTomorrow = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 2).getTime()
  // A norm counts to the midnight after its last day.
  return due.some(({ at }) => Date.parse(at) <= dayAfterTomorrow)
}

const isDone = ({ status }: CaseSummary): boolean => status.state === 'closed' || status.withdrawnAt !== null

/** Whether a case lies in this heap. What is due lies in another heap too. */
export function isIn(heap: Heap, summary: CaseSummary, now: number): boolean {
  if (heap === 'due') return isDueSoon(summary, now)
  if (isDone(summary)) return heap === 'done'
  return (summary.status.openedAt === null ? 'new' : 'followup') === heap
}
