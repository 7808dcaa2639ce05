/** The status is never stored. It is read from what is known (ux paper 2.4). */
import type { OwnReport } from '#contract/changes.ts'
import type { Facts } from '#contract/facts.ts'
import type { LetterState, ReportView, StatusCode } from './model.ts'

export interface DeliveryStatus { code: StatusCode; at?: string }

const status = (code: StatusCode, at?: string | null): DeliveryStatus => at === undefined || at === null ? { code } : { code, at }
const isDelivered = ({ receivedAt }: LetterState) => receivedAt !== undefined

/** What waits outranks what arrived: "sent" is said when all of it is. */
function ofWaiting(waiting: LetterState[], now: Date): DeliveryStatus {
  if (waiting.some(({ sendingUntil }) => sendingUntil !== undefined && new Date(sendingUntil) > now)) return status('sending')
  const next = waiting.map(({ nextAttemptAt }) => nextAttemptAt).filter((at) => at !== undefined).sort()[0]
  return status(waiting.some(({ attempts }) => attempts > 0) ? 'retry' : 'queued', next)
}

/** What the school has done with it. A closing that somebody else must look over yet is not the end. */
function ofSchool({ status: { state, closedAt } }: Pick<OwnReport, 'status'>, openedAt: string): DeliveryStatus {
  if (state === 'closed') return status('closed', closedAt)
  return state === 'new' || state === 'opened' ? status('opened', openedAt) : status('followup')
}

export function deliveryStatus(view: ReportView, now: Date): DeliveryStatus {
  const { letters, school } = view
  const refused = letters.find(({ refusedBecause }) => refusedBecause !== undefined)
  if (refused) return status(refused.refusedBecause === 'already-used-id' ? 'conflict' : 'action', refused.lastTriedAt)
  const withdrawal = letters.find(({ kind }) => kind === 'withdrawal')
  if (withdrawal || school?.withdrawnAt) return status('withdrawn', school?.withdrawnAt ?? withdrawal?.at)
  const waiting = letters.filter((letter) => !isDelivered(letter))
  if (waiting.length > 0) return ofWaiting(waiting, now)
  const openedAt = school?.openedAt ?? school?.status.openedAt
  if (school && openedAt) return ofSchool(school, openedAt)
  const report = letters.find(({ kind }) => kind === 'report') ?? letters[0]
  const receivedAt = report?.receivedAt ?? school?.receivedAt
  return receivedAt === undefined ? status('queued') : status('sent', receivedAt)
}

/** What a Kladd lacks before it can be a report. Severity may be left: it is then "Ikke vurdert". */
export const draftMissing = (facts: Facts): 'tiles'[] => (facts.tiles?.length ?? 0) > 0 || (facts.types?.length ?? 0) > 0 ? [] : ['tiles']
