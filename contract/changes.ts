/** What the server has that a phone may see: one row per report or training entry, its latest state, in the order of change. */
import { Type, type Static } from 'typebox'
import { caseParts, dueCodes, idleReasons, noticeCodes } from './caseCodes.ts'
import { CaseContent } from './caseLetter.ts'
import { CaseStatus } from './caseStatus.ts'
import { Facts, Instant, Uuid, maybe, oneOf } from './facts.ts'
import { TrainingChange } from './training.ts'
import { letterKinds } from './vocabulary.ts'

/** What is waited for, and until when by the municipality's own norm. */
const Due = Type.Object({ what: oneOf(dueCodes), at: Instant })

/**
 * One act in a case, as far as this reader may see it: what is not theirs is missing from `content`, or the act is. `nth` is its place; `seen` how many acts its
 * writer knew of, so what lies between was written at the same time. `idle` says why it changed nothing. `by` is a name, or null for the clock and for whoever may not know it.
 */
export const CaseEvent = Type.Object({
  id: Uuid, nth: Type.Integer(), seen: Type.Integer(), part: oneOf(caseParts), by: maybe(Type.String()), mine: Type.Boolean(), at: Instant, receivedAt: Instant, idle: maybe(oneOf(idleReasons)),
  content: Type.Union([CaseContent, Type.Object({ what: oneOf(['opened', 'supplement', 'withdrawal']) }, { additionalProperties: false })]),
})
export type CaseEvent = Static<typeof CaseEvent>

/** To the person who reported: what has become of it. `timeline` holds what is meant for them, texts included, oldest first. */
export const OwnReport = Type.Object({
  kind: Type.Literal('own'), report: Uuid, seq: Type.Integer(), receivedAt: Instant, openedAt: maybe(Instant), openedBy: maybe(Type.String()), withdrawnAt: maybe(Instant),
  /** False while it was delivered without sign-in and the author has not been seen since. */
  confirmed: Type.Boolean(),
  status: Type.Pick(CaseStatus, ['state', 'acts', 'openedAt', 'contactedAt', 'measures', 'question', 'answeredAt', 'closedAt', 'reopenedAt', 'verdict', 'stoppedAt', 'escalatedAt']),
  /** What the reporter waits for: contact, an answer. */
  due: Type.Array(Due),
  timeline: Type.Array(CaseEvent),
})
export type OwnReport = Static<typeof OwnReport>

/** To whoever handles or oversees it: enough for the list. No text, no names. */
export const CaseSummary = Type.Object({
  kind: Type.Literal('case'), report: Uuid, seq: Type.Integer(), unit: Uuid, unitName: Type.String(), receivedAt: Instant, openedAt: maybe(Instant), openedBy: maybe(Type.String()), withdrawnAt: maybe(Instant),
  confirmed: Type.Boolean(),
  /** True when the automatic floor marks it (domain brief 1.5). It never changes the reporter's own severity. */
  grave: Type.Boolean(),
  letters: Type.Integer(),
  /** Codes and times only. */
  facts: Facts,
  status: CaseStatus,
  due: Type.Array(Due),
  /** Somebody of the unit's safety representatives can see it, so they are informed. */
  safetyRepKnows: Type.Boolean(),
  /** As what this reader acts: like a leader, or as the safety representative. One's own report is nobody's own case. */
  part: oneOf(['handler', 'guardian']),
})
export type CaseSummary = Static<typeof CaseSummary>

/** A case that was this reader's to see and is not any more (a recusal, confidential, another unit): the phone forgets it. */
export const CaseGone = Type.Object({ kind: Type.Literal('case-gone'), report: Uuid, seq: Type.Integer() })
export type CaseGone = Static<typeof CaseGone>

/** That there is something, and where. `report` is the notice's own id, `about` the report. */
export const Notice = Type.Object({ kind: Type.Literal('notice'), report: Uuid, seq: Type.Integer(), about: Uuid, what: oneOf(noticeCodes), at: Instant })
export type Notice = Static<typeof Notice>

export const Change = Type.Union([OwnReport, CaseSummary, CaseGone, Notice, TrainingChange])
export type Change = Static<typeof Change>
export const Changes = Type.Object({ changes: Type.Array(Change), cursor: Type.String(), more: Type.Boolean() })
export type Changes = Static<typeof Changes>

/** One case, opened. `masked` says that texts, health and the reporter's name were left out for this reader. */
export const CaseLetter = Type.Object({ id: Uuid, kind: oneOf(letterKinds), at: Instant, receivedAt: Instant, confirmed: Type.Boolean(), facts: Facts })
export type CaseLetter = Static<typeof CaseLetter>
/** `people`: who may handle it, to assign it to. `linked`: other reports of the same event that this reader may see. `me` is the reader's account. */
export const Case = Type.Object({
  summary: CaseSummary, reporter: maybe(Type.String()), masked: Type.Boolean(), letters: Type.Array(CaseLetter), events: Type.Array(CaseEvent),
  people: Type.Array(Type.Object({ id: Uuid, name: Type.String() })), linked: Type.Array(Uuid),
})
export type Case = Static<typeof Case>

/** Who has read and written in a case, newest first. `by` is null for Meldt's own clock. */
export const CaseLog = Type.Object({ entries: Type.Array(Type.Object({ at: Instant, by: maybe(Type.String()), action: Type.String() })) })
export type CaseLog = Static<typeof CaseLog>
