/**
 * The state machine of a case: pure, in one file, used by the server (the truth) and by the phone (what its own unsent acts would add).
 * A case is the fold of its acts in the order in which the server took them; that order never changes afterwards. An act that does not fit is kept
 * all the same, with the reason why it changed nothing: whoever wrote it offline sees what became of it. States and what closing asks for: domain brief 4.2 and 4.3.
 */
import { actsOf, checksToClose, type CaseAct, type CasePart, type CaseState, type IdleReason, type Lack } from './caseCodes.ts'
import type { CaseContent, CaseContentOf } from './caseLetter.ts'
import type { CaseStatus } from './caseStatus.ts'
import { graveTypes, type IncidentType } from './vocabulary.ts'

/** One act: who did it, when they wrote it (ISO), and what it says in codes. `opened`, `supplement` and `withdrawal` say nothing more. */
export interface Act { id: string; part: CasePart; author: string | null; at: string; content: CaseContent | { what: 'opened' | 'supplement' | 'withdrawal' } }
/** What the machine must know of the report itself. `safetyRepKnows`: the unit has a safety representative who can see it; `types`: what the reporter says that it was. */
export interface CaseGround { grave: boolean; severity: number | null; safetyRepKnows: boolean; types?: readonly IncidentType[] }
export interface Step { status: CaseStatus; idle?: IdleReason }

export const reopenDays = 30
const dayMs = 86_400_000

export const newCase = (): CaseStatus => ({
  state: 'new', acts: 0, openedAt: null, contactedAt: null, risk: null, level: null, types: [], immediate: [], underlying: [], causesUnknown: false, measures: [], noMeasure: false, notified: [], checks: [],
  question: null, answeredAt: null, closedAt: null, closedBy: null, signedAt: null, reopenedAt: null, verdict: null, objectionAt: null, asked: false, stoppedAt: null, assigned: null, recused: [], escalatedAt: null,
  confidential: false, linked: null, withdrawnAt: null, unread: true,
})

/** 1–3, as the reporter's scale: the gravest consequence is always 3 (domain brief 1.5). */
export function levelOf(consequence: number, likelihood: number): 1 | 2 | 3 {
  const risk = consequence * likelihood
  if (consequence === 5 || risk >= 15) return 3
  return risk <= 4 ? 1 : 2
}

/** How grave the case is: the leader's judgement when there is one, else what the reporter and the floor say. Null when nobody has said. */
export const gravity = ({ level }: Pick<CaseStatus, 'level'>, { grave, severity }: Pick<CaseGround, 'grave' | 'severity'>): number | null => level ?? (grave ? 3 : severity)

/** Level 3 is closed by two: somebody else than the closer signs; whoever closes cannot judge what the reporter said away. Not by the floor alone: it also knows of health, which whoever signs may not be able to tell from it. */
export const needsSecond = (status: CaseStatus, ground: CaseGround): boolean =>
  status.level === 3 || ground.severity === 3 || [...status.types, ...ground.types ?? []].some((type) => graveTypes.includes(type))

/** What is missing before the case can be closed, in the order in which it is best done. Empty: it can. A withdrawn one asks only that dangerous work is not stopped. */
export function lacks(status: CaseStatus, ground: CaseGround): Lack[] {
  const unanswered = checksToClose.filter((wanted) => !status.checks.some(({ check }) => check === wanted))
  const missing: [Lack, boolean][] = [
    ['contact', status.contactedAt === null],
    ['judgement', status.level === null],
    ['immediate', status.immediate.length === 0 && !status.causesUnknown],
    ['underlying', status.underlying.length === 0 && !status.causesUnknown],
    ['measures', !status.noMeasure && !status.measures.some(({ state }) => state !== 'dropped')],
    ['safety-rep', !ground.safetyRepKnows && !status.notified.some(({ who }) => who === 'safety-rep' || who === 'main-safety-rep')],
    ['question', status.question !== null],
    ['stop', status.stoppedAt !== null],
    ...unanswered.map((check): [Lack, boolean] => [`check-${check}`, true]),
  ]
  return missing.filter(([lack, isMissing]) => isMissing && (status.withdrawnAt === null || lack === 'stop')).map(([lack]) => lack)
}

const isClosed = ({ state }: CaseStatus) => state === 'closed' || state === 'verify'

/** Where an open case stands, read from what has been done. What has been worked on stays so, also when a question has its reply or causes were taken back. */
function openState(status: CaseStatus): CaseState {
  if (status.measures.some(({ state }) => state === 'planned')) return 'measures'
  const isWorkedOn = (status.state !== 'new' && status.state !== 'opened')
    || status.contactedAt !== null || status.level !== null || status.immediate.length + status.underlying.length + status.measures.length + status.checks.length + status.notified.length > 0
    || status.causesUnknown || status.noMeasure || status.answeredAt !== null || status.question !== null
  if (isWorkedOn) return 'working'
  return status.openedAt === null ? 'new' : 'opened'
}

/** What may still be said in a closed case; everything else asks for reopening first. */
const afterClosing: readonly string[] = ['opened', 'supplement', 'withdrawal', 'reopen', 'sign', 'objection', 'comment', 'note', 'answer', 'verdict', 'measure-state', 'ask-measure', 'stop', 'stop-end', 'recuse', 'escalate', 'confidential', 'link', 'assign', 'reply', 'close']

type Change = Partial<CaseStatus>
type Rule<W extends Act['content']['what']> = (status: CaseStatus, act: Act & { content: Extract<Act['content'], { what: W }> }, ground: CaseGround) => Change | IdleReason

const isLate = (status: CaseStatus, { at, part }: Act): boolean =>
  part !== 'handler' && status.closedAt !== null && Date.parse(at) - Date.parse(status.closedAt) > reopenDays * dayMs

/** What follows another act is not before it, whatever the clocks of two phones say: else an answer would be overdue for ever, or waited for by nobody. */
const after = (at: string, other: string | null): string => (other !== null && Date.parse(other) > Date.parse(at) ? other : at)

function change(status: CaseStatus, { measure, state, effect }: CaseContentOf<'measure-state'>): Change | IdleReason {
  if (!status.measures.some(({ id }) => id === measure)) return 'unknown-measure'
  return { measures: status.measures.map((one) => (one.id === measure ? { ...one, state, effect: effect ?? (state === 'planned' ? null : one.effect) } : one)) }
}

/** One rule for each act: what it changes, or why it changes nothing. */
const rules: { [W in Act['content']['what']]: Rule<W> } = {
  opened: (status, { at }) => ({ openedAt: status.openedAt ?? at }),
  supplement: () => ({}),
  withdrawal: (status, { at }) => ({ withdrawnAt: status.withdrawnAt ?? at }),
  contact: (status, { content }) => (content.way === 'tried' ? {} : { contactedAt: status.contactedAt ?? content.on }),
  judgement: (_, { content: { consequence, likelihood, types } }) => ({ risk: consequence * likelihood, level: levelOf(consequence, likelihood), types }),
  causes: (_, { content: { immediate, underlying, text } }) => ({ immediate, underlying, causesUnknown: (immediate.length === 0 || underlying.length === 0) && (text ?? '').trim() !== '' }),
  measure: (status, { id, content: { kind, due, shared } }) => ({ noMeasure: false, measures: [...status.measures, { id, kind, due, shared, state: 'planned', effect: null }] }),
  'measure-state': (status, { content }) => change(status, content),
  'no-measure': () => ({ noMeasure: true }),
  notified: (status, { content: { who, on } }) => ({ notified: [...status.notified, { who, on }] }),
  check: (status, { at, content: { check, outcome, done } }) => ({ checks: [...status.checks.filter((one) => one.check !== check), { check, outcome, done, at }] }),
  note: () => ({}),
  question: (status, { id }) => (status.withdrawnAt === null ? { question: id } : 'withdrawn'),
  reply: (status) => (status.question === null ? 'no-question' : { question: null }),
  answer: ({ reopenedAt }, { at }) => ({ answeredAt: after(at, reopenedAt) }),
  assign: ({ recused }, { content }) => (recused.includes(content.to) ? 'not-in-unit' : { assigned: content.to }),
  recuse: (status, { author }) => (author === null ? {} : { recused: [...new Set([...status.recused, author])], assigned: status.assigned === author ? null : status.assigned }),
  escalate: (status, { at }) => ({ escalatedAt: status.escalatedAt ?? at }),
  confidential: (_, { content }) => ({ confidential: content.on }),
  link: (_, { content }) => ({ linked: content.to }),
  close: (status, { at, author }, ground) => {
    if (isClosed(status)) return 'already-closed'
    if (lacks(status, ground).length > 0) return 'incomplete'
    const state = needsSecond(status, ground) && status.withdrawnAt === null ? 'verify' : 'closed'
    return { state, closedAt: after(at, status.reopenedAt), closedBy: author, answeredAt: after(at, status.reopenedAt), signedAt: null, verdict: null, objectionAt: null }
  },
  sign: (status, { at, author }) => {
    if (status.state === 'closed') return status.signedAt === null ? 'already-closed' : 'already-signed'
    if (status.state !== 'verify') return 'not-closed'
    return author === status.closedBy ? 'own-closing' : { state: 'closed', signedAt: after(at, status.closedAt) }
  },
  reopen: (status, act) => {
    if (!isClosed(status)) return 'not-closed'
    return isLate(status, act) ? 'too-late' : { state: 'working', reopenedAt: after(act.at, status.closedAt), closedAt: null, closedBy: null, signedAt: null, verdict: null }
  },
  comment: (_, { part }) => ({ asked: part === 'guardian' }),
  'ask-measure': () => ({ asked: true }),
  objection: (status, act) => {
    if (!isClosed(status)) return 'not-closed'
    return isLate(status, act) ? 'too-late' : { objectionAt: act.at, asked: true }
  },
  stop: (status, { content }) => ({ stoppedAt: status.stoppedAt ?? content.on }),
  'stop-end': (status, { part }, { safetyRepKnows }) => {
    if (status.stoppedAt === null) return 'no-stop'
    // The stop is the representative's to lift. Where none can see the case any more, whoever handles it does, and says why.
    return part === 'handler' && safetyRepKnows ? 'safety-rep-lifts' : { stoppedAt: null }
  },
  verdict: (status, { content }) => (status.answeredAt === null ? 'no-answer' : { verdict: content.helped }),
}

/** Whether this part may do this act at all. The policy has decided who the part is. */
export const mayDo = (part: CasePart, what: CaseAct): boolean => part !== 'clock' ? actsOf[part].includes(what) : what === 'escalate'

/** Whoever handles a case has it open, with or without a letter that says so. But for whoever gives it up: the next one has not looked. */
function count(status: CaseStatus, { part, at, content: { what } }: Act): CaseStatus {
  const isLookedAt = part === 'handler' && what !== 'recuse'
  return { ...status, acts: status.acts + 1, unread: !isLookedAt, openedAt: status.openedAt ?? (isLookedAt ? at : null) }
}
const placed = (status: CaseStatus): CaseStatus => (isClosed(status) ? status : { ...status, state: openState(status) })

/** An act that changes nothing, for a reason that only the server knows. */
export const idleStep = (status: CaseStatus, act: Act, idle: IdleReason): Step => ({ status: placed(count(status, act)), idle })

/** Takes one act. An act that changes nothing still counts and may make the case unread. */
export function step(status: CaseStatus, act: Act, ground: CaseGround): Step {
  const { what } = act.content
  const rule = rules[what] as Rule<typeof what>
  const outcome = isClosed(status) && !afterClosing.includes(what) ? 'already-closed' : rule(status, act as never, ground)
  return typeof outcome === 'string' ? idleStep(status, act, outcome) : { status: placed({ ...count(status, act), ...outcome }) }
}

/** All acts of a case, in the order in which they were taken. */
export const fold = (acts: readonly Act[], ground: CaseGround): CaseStatus => acts.reduce((status, act) => step(status, act, ground).status, newCase())
