/** What the server has that a phone may see: one row per report or training entry, its latest state, in the order of change. */
import { Type, type Static } from 'typebox'
import { Facts, Instant, Uuid, oneOf } from './facts.ts'
import { TrainingChange } from './training.ts'
import { letterKinds } from './vocabulary.ts'

const maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** To the person who reported: what has become of it. */
export const OwnReport = Type.Object({
  kind: Type.Literal('own'), report: Uuid, seq: Type.Integer(), receivedAt: Instant, openedAt: maybe(Instant), openedBy: maybe(Type.String()), withdrawnAt: maybe(Instant),
  /** False while it was delivered without sign-in and the author has not been seen since. */
  confirmed: Type.Boolean(),
})
export type OwnReport = Static<typeof OwnReport>

/** To a leader or verneombud of the unit: enough for the list. No text, no names. */
export const CaseSummary = Type.Object({
  kind: Type.Literal('case'), report: Uuid, seq: Type.Integer(), unit: Uuid, unitName: Type.String(), receivedAt: Instant, openedAt: maybe(Instant), openedBy: maybe(Type.String()), withdrawnAt: maybe(Instant),
  confirmed: Type.Boolean(),
  /** True when the automatic floor marks it (domain brief 1.5). It never changes the reporter's own severity. */
  grave: Type.Boolean(),
  letters: Type.Integer(),
  /** Codes and times only. */
  facts: Facts,
})
export type CaseSummary = Static<typeof CaseSummary>

export const Change = Type.Union([OwnReport, CaseSummary, TrainingChange])
export type Change = Static<typeof Change>
export const Changes = Type.Object({ changes: Type.Array(Change), cursor: Type.String(), more: Type.Boolean() })
export type Changes = Static<typeof Changes>

/** One case, opened. `masked` says that texts, health and the reporter's name were left out for this reader. */
export const CaseLetter = Type.Object({ id: Uuid, kind: oneOf(letterKinds), at: Instant, receivedAt: Instant, confirmed: Type.Boolean(), facts: Facts })
export type CaseLetter = Static<typeof CaseLetter>
export const Case = Type.Object({ summary: CaseSummary, reporter: maybe(Type.String()), masked: Type.Boolean(), letters: Type.Array(CaseLetter) })
export type Case = Static<typeof Case>
