/** What all acts in a case add up to: codes, ids and times, no text. Made by caseMachine.ts only. */
import { Type, type Static } from 'typebox'
import { caseStates, checkCodes, effects, measureKinds, measureStates, notifiedCodes, underlyingCauses } from './caseCodes.ts'
import { Instant, Uuid, maybe, oneOf } from './facts.ts'
import { incidentTypes, triggers } from './vocabulary.ts'

const Day = Type.String()

export const Measure = Type.Object({ id: Uuid, kind: oneOf(measureKinds), due: Day, state: oneOf(measureStates), effect: maybe(oneOf(effects)), shared: Type.Boolean() })
export type Measure = Static<typeof Measure>

export const CaseStatus = Type.Object({
  state: oneOf(caseStates),
  /** How many acts there are; what `seen` of the next one counts. */
  acts: Type.Integer(),
  openedAt: maybe(Instant),
  contactedAt: maybe(Instant),
  /** Consequence × likelihood, 1–25, and the level that follows: ≤ 4 is 1, 5–12 is 2, from 15 or with the gravest consequence 3. */
  risk: maybe(Type.Integer()),
  level: maybe(Type.Integer()),
  types: Type.Array(oneOf(incidentTypes)),
  immediate: Type.Array(oneOf(triggers)),
  underlying: Type.Array(oneOf(underlyingCauses)),
  causesUnknown: Type.Boolean(),
  measures: Type.Array(Measure),
  noMeasure: Type.Boolean(),
  notified: Type.Array(Type.Object({ who: oneOf(notifiedCodes), on: Instant })),
  checks: Type.Array(Type.Object({ check: oneOf(checkCodes), outcome: oneOf(['needed', 'not-needed', 'unsure']), done: Type.Array(Type.String()), at: Instant })),
  /** The question to the reporter that waits for a reply. */
  question: maybe(Uuid),
  answeredAt: maybe(Instant),
  closedAt: maybe(Instant),
  /** The account that closed it: somebody else must sign. */
  closedBy: maybe(Uuid),
  signedAt: maybe(Instant),
  reopenedAt: maybe(Instant),
  verdict: maybe(oneOf(['yes', 'no'])),
  objectionAt: maybe(Instant),
  /** A wish for a measure, or a comment, that the handler has not said anything after. */
  asked: Type.Boolean(),
  stoppedAt: maybe(Instant),
  assigned: maybe(Uuid),
  recused: Type.Array(Uuid),
  escalatedAt: maybe(Instant),
  confidential: Type.Boolean(),
  linked: maybe(Uuid),
  withdrawnAt: maybe(Instant),
  /** The reporter, the safety representative or the clock has said something since a handler last looked. */
  unread: Type.Boolean(),
})
export type CaseStatus = Static<typeof CaseStatus>
