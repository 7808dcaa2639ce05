/** What a case waits for, and until when. The clocks are norms that the municipality sets, never law (domain brief 4.2); the app says so beside each. */
import { Type, type Static } from 'typebox'
import type { DueCode } from './caseCodes.ts'
import { gravity, type CaseGround } from './caseMachine.ts'
import type { CaseStatus } from './caseStatus.ts'
import { dayAt, daysAfter, endOf, workdayAfter } from './workdays.ts'

const days = (maximum: number) => Type.Integer({ minimum: 0, maximum })
/** `contact` is by level: [level 1, 2, 3]. `open`, `contact`, `measures` and `sign` are working days, the others days; `escalate` is the days that something may be overdue. */
export const Clocks = Type.Object({
  open: days(20), contact: Type.Tuple([days(20), days(20), days(20)]), measures: days(60), answer: days(90), close: Type.Tuple([days(365), days(365), days(365)]), sign: days(60), effect: days(365), escalate: days(60),
}, { additionalProperties: false })
export type Clocks = Static<typeof Clocks>
export const defaultClocks: Clocks = { open: 1, contact: [3, 1, 0], measures: 5, answer: 7, close: [14, 30, 30], sign: 5, effect: 42, escalate: 3 }

export interface Due { what: DueCode; at: string }

/** Whoever has it opened anew waits for a new answer. */
const isAnswered = ({ answeredAt, reopenedAt }: CaseStatus): boolean => answeredAt !== null && (reopenedAt === null || Date.parse(answeredAt) >= Date.parse(reopenedAt))

/** What is waited for now, the earliest first. `receivedAt` is ISO; so is each `at`, the end of the last day. */
export function dueOf(status: CaseStatus, ground: CaseGround & { receivedAt: string }, clocks: Clocks): Due[] {
  if (status.withdrawnAt !== null) return []
  const from = dayAt(Date.parse(status.reopenedAt ?? ground.receivedAt))
  // What nobody has judged is treated as the middle.
  const level = (gravity(status, ground) ?? 2) - 1
  const isOpen = status.state !== 'closed' && status.state !== 'verify'
  const worked = (n: number) => workdayAfter(from, n)
  const waits: [DueCode, boolean, string][] = [
    ['open', status.openedAt === null, worked(clocks.open)],
    ['contact', isOpen && status.contactedAt === null, worked(clocks.contact[level] ?? clocks.contact[1])],
    ['measures', isOpen && !status.noMeasure && !status.measures.some(({ state }) => state !== 'dropped'), worked(clocks.measures)],
    ['answer', isOpen && !isAnswered(status), daysAfter(from, clocks.answer)],
    ['close', isOpen, daysAfter(from, clocks.close[level] ?? clocks.close[1])],
    ['sign', status.state === 'verify', workdayAfter(dayAt(Date.parse(status.closedAt ?? ground.receivedAt)), clocks.sign)],
    // Whether what was done has worked is asked a while after it was done.
    ['effect', status.state === 'closed' && status.measures.some(({ state, effect }) => state === 'done' && effect === null), daysAfter(dayAt(Date.parse(status.closedAt ?? ground.receivedAt)), clocks.effect)],
  ]
  return waits.filter(([, isWaiting]) => isWaiting).map(([what, , day]) => ({ what, at: new Date(endOf(day)).toISOString() })).toSorted((one, other) => one.at.localeCompare(other.at))
}
