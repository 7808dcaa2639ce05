/**
 * Acts in a case as letters (kind `case`; the header's `report` is the case). Append-only: nothing is edited, a later act says something else.
 * `seen` is how many acts the writer's phone knew of when it was written: when two act at once both acts are kept, and it shows.
 */
import { Type, type Static, type TProperties } from 'typebox'
import { caseLimits, checkCodes, contactWays, effects, measureKinds, measureStates, notifiedCodes, underlyingCauses } from './caseCodes.ts'
import { Day, Instant, Uuid, oneOf } from './facts.ts'
import { answers, incidentTypes, triggers } from './vocabulary.ts'

const text = Type.String({ maxLength: caseLimits.text })
const said = Type.String({ minLength: 1, maxLength: caseLimits.text })
const short = Type.String({ minLength: 1, maxLength: caseLimits.short })
const Word = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' })
const oneToFive = Type.Integer({ minimum: 1, maximum: 5 })
const listOf = <const T extends readonly string[]>(values: T) => Type.Array(oneOf(values), { maxItems: values.length, uniqueItems: true })
const act = <const W extends string, P extends TProperties>(what: W, fields: P) =>
  Type.Object({ v: Type.Literal(1), what: Type.Literal(what), seen: Type.Integer({ minimum: 0, maximum: 1_000_000 }), ...fields }, { additionalProperties: false })

export const CaseContent = Type.Union([
  act('contact', { on: Instant, way: oneOf(contactWays), text: Type.Optional(text) }),
  /** The leader's own view: consequence × likelihood, and which types it was. The reporter's answer stays as it is (domain brief 1.5). */
  act('judgement', { consequence: oneToFive, likelihood: oneToFive, types: listOf(incidentTypes) }),
  /** At least one of each, or unknown with a reason. */
  act('causes', { immediate: listOf(triggers), underlying: listOf(underlyingCauses), text: Type.Optional(text) }),
  /** The letter's id is the measure's. `shared`: the reporter sees it too. */
  act('measure', { kind: oneOf(measureKinds), owner: short, due: Day, shared: Type.Boolean(), text: Type.Optional(text) }),
  act('measure-state', { measure: Uuid, state: oneOf(measureStates), effect: Type.Optional(oneOf(effects)), text: Type.Optional(text) }),
  act('no-measure', { text: said }),
  act('notified', { who: oneOf(notifiedCodes), on: Instant }),
  /** What a legal assistant asked and what came of it. `rules`: the version of the data that it asked from. `reference`: a number in another archive. */
  act('check', {
    check: oneOf(checkCodes), answers: Type.Record(Word, oneOf(answers), { additionalProperties: false }), outcome: oneOf(['needed', 'not-needed', 'unsure']), done: Type.Array(Word, { maxItems: 20, uniqueItems: true }),
    rules: Day, reference: Type.Optional(short), text: Type.Optional(text),
  }),
  act('note', { text: said }),
  act('question', { text: said }),
  act('answer', { text: said }),
  act('assign', { to: Uuid }),
  /** "I am partial": the case is no longer this handler's to see. */
  act('recuse', {}),
  act('escalate', { text: Type.Optional(text) }),
  act('confidential', { on: Type.Boolean() }),
  /** Several reports of one event. Null takes it out again. */
  act('link', { to: Type.Union([Uuid, Type.Null()]) }),
  /** Always with an answer to whoever reported. */
  act('close', { text: said }),
  act('reopen', { text: Type.Optional(text) }),
  act('comment', { text: said }),
  act('ask-measure', { text: said }),
  act('objection', { text: said }),
  /** Stop of dangerous work (arbeidsmiljøloven § 6-3). */
  act('stop', { on: Instant, text: said }),
  act('stop-end', { on: Instant, text: Type.Optional(text) }),
  act('sign', { text: Type.Optional(text) }),
  act('reply', { text: said }),
  act('verdict', { helped: oneOf(['yes', 'no']), text: Type.Optional(text) }),
])
export type CaseContent = Static<typeof CaseContent>
export type CaseContentOf<W extends CaseContent['what']> = Extract<CaseContent, { what: W }>
/** The fields that hold free text: ciphertext on the server, guarded on the phone. Everything else is codes, ids and times. */
export const caseTexts = ['text', 'owner', 'reference'] as const
