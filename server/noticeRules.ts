/** Whom an act is told to, and in which word. Pure. Whoever did it is never told; a notice never says what happened. */
import type { CasePart, CaseWhat, NoticeCode } from '#contract/caseCodes.ts'
import type { CaseStatus } from '#contract/caseStatus.ts'

/** `to`: a group of people around the report, or one account. */
export interface Telling { to: 'reporter' | 'handlers' | 'guardians' | 'overseers' | (string & {}); what: NoticeCode }

/** A report that has just come. `isHurt`: somebody has seen a doctor, which a safety representative must not be able to tell from the word. */
export function ofReport({ isUrgent, isHurt, isEscalated }: { isUrgent: boolean; isHurt: boolean; isEscalated: boolean }): Telling[] {
  return [{ to: 'handlers', what: isUrgent || isHurt ? 'grave' : 'new' }, { to: 'guardians', what: isUrgent ? 'grave' : 'new' }, ...(isEscalated ? [{ to: 'overseers', what: 'escalated' } as const] : [])]
}

const closing = ({ state }: CaseStatus): Telling[] => [
  { to: 'reporter', what: 'closed' }, { to: 'guardians', what: state === 'verify' ? 'verify' : 'closed' }, ...(state === 'verify' ? [{ to: 'handlers', what: 'verify' } as const] : []),
]
const fromReporter: Partial<Record<CaseWhat, NoticeCode>> = { supplement: 'supplement', reply: 'reply', verdict: 'verdict', withdrawal: 'withdrawn' }
const fromGuardian: Partial<Record<CaseWhat, NoticeCode>> = { comment: 'comment', 'ask-measure': 'ask-measure', objection: 'objection', stop: 'stop', 'stop-end': 'stop' }
const toReporter: Partial<Record<CaseWhat, NoticeCode>> = { question: 'question', answer: 'answer', escalate: 'handed-on' }

/** An act that counted. `before` and `after` are the case around it; `to` the account that it was given to. */
export interface Counted { what: CaseWhat; part: CasePart; before: CaseStatus; after: CaseStatus; to?: string }

/** Whoever does something in a case has opened it, with or without a letter that says so. */
export const ofAct = (act: Counted): Telling[] =>
  [...(act.before.openedAt === null && act.after.openedAt !== null ? [{ to: 'reporter', what: 'opened' } as const] : []), ...tellingsOf(act)]

function tellingsOf({ what, part, before, after, to }: Counted): Telling[] {
  const handling = (code: NoticeCode): Telling[] => [{ to: 'handlers', what: code }, ...(after.escalatedAt === null ? [] : [{ to: 'overseers', what: code } as const])]
  if (what === 'close') return closing(after)
  if (what === 'sign') return handling('closed')
  if (what === 'reopen') return [{ to: 'reporter', what: 'reopened' }, ...handling('reopened'), { to: 'guardians', what: 'reopened' }]
  if (what === 'assign' && to !== undefined) return [{ to, what: 'assigned' }]
  // What went on already goes nowhere.
  if (what === 'escalate') return before.escalatedAt === null ? [{ to: 'reporter', what: 'handed-on' }, { to: 'overseers', what: 'escalated' }] : []
  if (part === 'handler' && what === 'comment') return [{ to: 'guardians', what: 'comment' }]
  const code = part === 'reporter' ? fromReporter[what] : part === 'guardian' ? fromGuardian[what] : undefined
  if (code !== undefined) return handling(code)
  const told = part === 'handler' ? toReporter[what] : undefined
  return told === undefined ? [] : [{ to: 'reporter', what: told }]
}
