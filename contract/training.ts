/**
 * Training and practice as letters. Kind `training`; the header's `report` is the entry's own id. The first letter of an entry has the entry's id and says what it is;
 * a later letter with the same `what` corrects it as a whole, `reply` answers a request, `removal` takes it away. Nothing is edited in place.
 * Counts and groups, never names: no participant and no pupil.
 */
import { Type, type Static } from 'typebox'
import { Day, Instant, Uuid, maybe, oneOf } from './facts.ts'
import { trainingAnswers, trainingEntries, trainingForms, trainingGroups, trainingLimits, trainingNeeds, trainingStates } from './trainingCodes.ts'
import { roles } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
/** The id of a course or practice story of the guidance. Stories come and go, so it is any neutral word. */
const Code = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' })
const Title = Type.String({ minLength: 1, maxLength: trainingLimits.title })
const text = Type.String({ maxLength: trainingLimits.text })
const People = Type.Integer({ minimum: 1, maximum: trainingLimits.people })
const Groups = Type.Array(oneOf(trainingGroups), { maxItems: trainingGroups.length, uniqueItems: true })

/** Course or story by `code`, or something of one's own by `title`; at least one of them. */
const about = { unit: Type.Optional(Uuid), form: oneOf(trainingForms), code: Type.Optional(Code), title: Type.Optional(Title) }

export const TrainingLog = Type.Object({ v: Type.Literal(1), what: Type.Literal('log'), ...about, on: Day, people: People, text: Type.Optional(text) }, closed)
export const TrainingPlan = Type.Object({ v: Type.Literal(1), what: Type.Literal('plan'), ...about, on: Day, groups: Groups, state: oneOf(['planned', 'done']) }, closed)
export const TrainingRequest = Type.Object({
  v: Type.Literal(1), what: Type.Literal('request'), ...about, form: Type.Literal('training'), need: oneOf(trainingNeeds), people: People, on: Day, until: Day, text: Type.Optional(text),
}, closed)
export const TrainingReply = Type.Object({ v: Type.Literal(1), what: Type.Literal('reply'), state: oneOf(trainingAnswers), message: Type.Optional(text) }, closed)
export const TrainingRemoval = Type.Object({ v: Type.Literal(1), what: Type.Literal('removal') }, closed)

export const TrainingContent = Type.Union([TrainingLog, TrainingPlan, TrainingRequest, TrainingReply, TrainingRemoval])
export type TrainingContent = Static<typeof TrainingContent>
/** What makes or corrects an entry. */
export type TrainingSaying = Extract<TrainingContent, { what: (typeof trainingEntries)[number] }>

/** An entry's latest state, to those who may read it. A removed entry tells only that it is gone. `report` is the entry's id. */
export const TrainingChange = Type.Object({
  kind: Type.Literal('training'), report: Uuid, seq: Type.Integer(), unit: Uuid, unitName: Type.String(), what: oneOf(trainingEntries), form: oneOf(trainingForms),
  code: maybe(Code), title: maybe(Type.String()), on: Day, until: maybe(Day), people: maybe(People), groups: Groups, need: maybe(oneOf(trainingNeeds)), state: oneOf(trainingStates),
  text: maybe(Type.String()), message: maybe(Type.String()), byRole: oneOf(roles), receivedAt: Instant, changedAt: Instant, answeredAt: maybe(Instant), removed: Type.Boolean(),
})
export type TrainingChange = Static<typeof TrainingChange>
