/**
 * The codes of a case: what a school does with a report until the reporter has an answer. Stable like those in vocabulary.ts, labels beside them (`labels/<l>.cases.json`, not in the first chunk).
 * Sources: domain brief 1.4.8–1.5, 4.2 and 4.3. No TypeBox here: the phone's bundle pays nothing for these lists.
 */

/** Where a case stands. What waits beside it (a question, a stop, an objection) has fields of its own. */
export const caseStates = ['new', 'opened', 'working', 'measures', 'verify', 'closed'] as const
export type CaseState = (typeof caseStates)[number]

/** Who an act counts as: the reporter, whoever handles the case, the safety representative, or Meldt's own clock. */
export const caseParts = ['reporter', 'handler', 'guardian', 'clock'] as const
export type CasePart = (typeof caseParts)[number]

/** Underlying causes, the employer's side first (forskrift om utførelse av arbeid §§ 3A-2, 3A-3). */
export const underlyingCauses = ['staffing', 'lone-work', 'training', 'information', 'plan', 'routine', 'rooms', 'alarm', 'organisation', 'cooperation', 'waiting', 'ros', 'other-cause'] as const
export type UnderlyingCause = (typeof underlyingCauses)[number]

export const measureKinds = ['relief', 'extra-adult', 'group-change', 'signal', 'plan-updated', 'parent-meeting', 'support', 'practice', 'room-change', 'alarm-gear', 'bht', 'services', 'exclusion', 'police-contact', 'ros-updated', 'routine-changed', 'staff-informed', 'other-measure'] as const
export type MeasureKind = (typeof measureKinds)[number]
export const measureStates = ['planned', 'done', 'dropped'] as const
export type MeasureState = (typeof measureStates)[number]
export const effects = ['worked', 'partly', 'not'] as const
export type Effect = (typeof effects)[number]

/** Who was told; the label of `leader` here is `told-leader`. The union is never named: membership is nobody's business (GDPR art. 9). */
export const notifiedCodes = ['leader', 'safety-rep', 'union-rep', 'next-of-kin', 'parents', '113', '112', 'bht', 'labour-inspection', 'nav', 'insurance', 'municipality', 'child-welfare', 'main-safety-rep'] as const
export type Notified = (typeof notifiedCodes)[number]

/** `tried` is no contact yet. */
export const contactWays = ['talk', 'phone', 'message', 'tried'] as const
export type ContactWay = (typeof contactWays)[number]

/** The legal assistants. Their questions and rules are data under content/law. */
export const checkCodes = ['serious-injury', 'work-injury', 'police', 'intervention', 'environment', 'child-welfare', 'sick-leave', 'whistleblowing', 'ros', 'injury-register'] as const
export type CheckCode = (typeof checkCodes)[number]
/** Those that must be answered before a case is closed (domain brief 4.3). */
export const checksToClose: readonly CheckCode[] = ['serious-injury', 'work-injury', 'police', 'child-welfare', 'intervention', 'environment', 'ros', 'injury-register']
/** These tell of somebody's health: for the handler and the reporter only (arbeidsmiljøloven § 5-1). */
export const healthChecks: readonly CheckCode[] = ['work-injury', 'sick-leave', 'injury-register']

/** What somebody does in a case. Each is a letter of kind `case`; `opened`, `supplement` and `withdrawal` are kinds of their own and stand in the same order. */
export const caseActs = [
  'contact', 'judgement', 'causes', 'measure', 'measure-state', 'no-measure', 'notified', 'check', 'note', 'question', 'answer', 'assign', 'recuse', 'escalate', 'confidential', 'link', 'close', 'reopen',
  'comment', 'ask-measure', 'objection', 'stop', 'stop-end', 'sign', 'reply', 'verdict',
] as const
export type CaseAct = (typeof caseActs)[number]
export type CaseWhat = CaseAct | 'opened' | 'supplement' | 'withdrawal'

/** Who may do what in a case. The policy says who is whose handler or guardian. */
export const actsOf: Record<Exclude<CasePart, 'clock'>, readonly CaseAct[]> = {
  handler: ['contact', 'judgement', 'causes', 'measure', 'measure-state', 'no-measure', 'notified', 'check', 'note', 'question', 'answer', 'assign', 'recuse', 'escalate', 'confidential', 'link', 'close', 'reopen', 'comment', 'sign', 'stop-end'],
  guardian: ['comment', 'ask-measure', 'objection', 'stop', 'stop-end', 'sign', 'reopen'],
  reporter: ['reply', 'verdict', 'reopen'],
}

/** Why an act that was kept changed nothing. */
export const idleReasons = ['already-closed', 'not-closed', 'incomplete', 'no-question', 'unknown-measure', 'own-closing', 'too-late', 'no-answer', 'already-signed', 'no-stop', 'safety-rep-lifts', 'withdrawn', 'not-in-unit', 'itself', 'nobody-else'] as const
export type IdleReason = (typeof idleReasons)[number]

/** What a case still lacks before it can be closed (domain brief 4.3). */
export const lackCodes = ['contact', 'judgement', 'immediate', 'underlying', 'measures', 'safety-rep', 'question', 'stop', ...checksToClose.map((check) => `check-${check}` as const)] as const
export type Lack = 'contact' | 'judgement' | 'immediate' | 'underlying' | 'measures' | 'safety-rep' | 'question' | 'stop' | `check-${CheckCode}`

/** What the municipality's clocks count towards. Norms of the municipality, never law. */
export const dueCodes = ['open', 'contact', 'measures', 'answer', 'close', 'sign', 'effect'] as const
export type DueCode = (typeof dueCodes)[number]

/** A notice tells that there is something, and for whom; never what happened. */
export const noticeCodes = ['opened', 'contact', 'question', 'answer', 'closed', 'reopened', 'handed-on', 'new', 'grave', 'supplement', 'reply', 'comment', 'ask-measure', 'objection', 'stop', 'verdict', 'assigned', 'verify', 'overdue', 'escalated', 'pattern', 'withdrawn'] as const
export type NoticeCode = (typeof noticeCodes)[number]

export const caseLimits = { text: 4000, short: 200 } as const
