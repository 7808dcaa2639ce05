/** The small forms of a case: which fields each act asks for, what is missing, and what is said when it is saved. Fields are text, as a form has them. */
import { contactWays, effects, measureKinds, measureStates, notifiedCodes, underlyingCauses, type CaseAct } from '#contract/caseCodes.ts'
import type { CaseSummary } from '#contract/changes.ts'
import { incidentTypes, triggers } from '#contract/vocabulary.ts'
import type { CaseSaying } from './caseSaying.ts'
import { dateField, fromFields, isFuture, timeField, toOffsetIso } from './when.ts'

export interface ActFields {
  on: string; time: string; way: string | undefined; text: string; consequence: string | undefined; likelihood: string | undefined; types: string[]; immediate: string[]; underlying: string[]
  kind: string; owner: string; due: string; shared: boolean; state: string | undefined; effect: string | undefined; who: string[]; to: string | undefined
}
export type ActField = 'when' | 'way' | 'consequence' | 'likelihood' | 'types' | 'immediate' | 'underlying' | 'kind' | 'owner' | 'due' | 'shared' | 'state' | 'effect' | 'who' | 'to' | 'text'

/** What has a form of this kind. `check` has a screen of its own; a reporter's acts stand with the report. */
export const formActs = [
  'contact', 'judgement', 'causes', 'measure', 'measure-state', 'no-measure', 'notified', 'note', 'question', 'answer', 'assign', 'recuse', 'escalate', 'confidential', 'link', 'close', 'reopen',
  'comment', 'ask-measure', 'objection', 'stop', 'stop-end', 'sign',
] as const satisfies readonly CaseAct[]
export type FormAct = (typeof formActs)[number]

/** The fields of each form, in their order. */
export const fieldsOf: Record<FormAct, readonly ActField[]> = {
  contact: ['way', 'when', 'text'], judgement: ['consequence', 'likelihood', 'types'], causes: ['immediate', 'underlying', 'text'], measure: ['kind', 'owner', 'due', 'text', 'shared'],
  'measure-state': ['state', 'effect', 'text'], 'no-measure': ['text'], notified: ['who', 'when'], note: ['text'], question: ['text'], answer: ['text'], assign: ['to'], recuse: [], escalate: ['text'],
  confidential: [], link: ['to'], close: ['text'], reopen: ['text'], comment: ['text'], 'ask-measure': ['text'], objection: ['text'], stop: ['when', 'text'], 'stop-end': ['when', 'text'], sign: ['text'],
}
const mustSpeak: readonly FormAct[] = ['no-measure', 'note', 'question', 'answer', 'close', 'comment', 'ask-measure', 'objection', 'stop', 'stop-end']
/** Whether the text may be left empty. */
export const isTextOptional = (act: FormAct): boolean => !mustSpeak.includes(act)

const aWeek = 7
const day = (date: Date) => toOffsetIso(date).slice(0, 10)

/** What a form begins with: what the case or the reporter has said already. */
export function emptyFields(act: FormAct, { facts, status }: CaseSummary, now: Date): ActFields {
  const at = toOffsetIso(now)
  const isJudged = status.level !== null
  return {
    on: dateField(at), time: timeField(at), way: undefined, text: '', consequence: undefined, likelihood: undefined, types: [...(isJudged ? status.types : facts.types ?? [])],
    immediate: [...(status.immediate.length > 0 ? status.immediate : facts.triggers ?? [])], underlying: [...status.underlying], kind: '', owner: '',
    due: day(new Date(now.getFullYear(), now.getMonth(), now.getDate() + aWeek)), shared: true, state: act === 'measure-state' ? 'done' : undefined, effect: undefined, who: [], to: undefined,
  }
}

const oneOf = <T extends string>(list: readonly T[], value: string | undefined): T | undefined => list.find((one) => one === value)
const these = <T extends string>(list: readonly T[], values: readonly string[]): T[] => list.filter((one) => values.includes(one))
const isDay = (value: string) => /^20\d\d-\d\d-\d\d$/.test(value)
const whenOf = ({ on, time }: ActFields): string | undefined => (isDay(on) ? fromFields(on, time) : undefined)
/** No cause is known: then it is said why. */
const isUnknownCause = ({ immediate, underlying }: ActFields) => immediate.length === 0 || underlying.length === 0

/** What stands in the way of saving, in the order of the form. */
export function missingIn(act: FormAct, fields: ActFields, now: Date): ActField[] {
  const { way, consequence, likelihood, kind, owner, due, state, who, to, text } = fields
  const when = whenOf(fields)
  const wrong: Partial<Record<ActField, boolean>> = {
    when: when === undefined || isFuture(when, now), way: way === undefined, consequence: consequence === undefined, likelihood: likelihood === undefined, kind: kind === '', owner: owner.trim() === '', due: !isDay(due),
    state: state === undefined, who: who.length === 0, to: to === undefined, text: text.trim() === '' && (mustSpeak.includes(act) || (act === 'causes' && isUnknownCause(fields))),
  }
  return fieldsOf[act].filter((field) => wrong[field])
}

const numberOf = (value: string | undefined) => Number(value ?? 0)

/** What the fields say: one act, or several when several were told. `target` is the measure, or what the switch is set to. */
export function sayingsOf(act: FormAct, fields: ActFields, { target, now }: { target?: string | undefined; now: Date }): CaseSaying[] {
  if (missingIn(act, fields, now).length > 0) return []
  const on = whenOf(fields) ?? toOffsetIso(now)
  const { text } = fields
  const words = text.trim() === '' ? {} : { text }
  switch (act) {
    case 'contact': return [{ what: act, on, way: oneOf(contactWays, fields.way) ?? 'talk', ...words }]
    case 'judgement': return [{ what: act, consequence: numberOf(fields.consequence), likelihood: numberOf(fields.likelihood), types: these(incidentTypes, fields.types) }]
    case 'causes': return [{ what: act, immediate: these(triggers, fields.immediate), underlying: these(underlyingCauses, fields.underlying), ...words }]
    case 'measure': return [{ what: act, kind: oneOf(measureKinds, fields.kind) ?? 'other-measure', owner: fields.owner, due: fields.due, shared: fields.shared, ...words }]
    case 'measure-state': {
      const [state, effect] = [oneOf(measureStates, fields.state) ?? 'done', oneOf(effects, fields.effect)]
      return target === undefined ? [] : [{ what: act, measure: target, state, ...(state === 'done' && effect && { effect }), ...words }]
    }
    case 'notified': return these(notifiedCodes, fields.who).map((who) => ({ what: act, who, on }))
    case 'assign': return fields.to === undefined ? [] : [{ what: act, to: fields.to }]
    case 'link': return fields.to === undefined ? [] : [{ what: act, to: fields.to === 'none' ? null : fields.to }]
    case 'recuse': return [{ what: act }]
    case 'confidential': return [{ what: act, on: target !== 'off' }]
    case 'stop': return [{ what: act, on, text }]
    case 'stop-end': return [{ what: act, on, ...words }]
    case 'escalate': case 'reopen': case 'sign': return [{ what: act, ...words }]
    default: return [{ what: act, text }]
  }
}
