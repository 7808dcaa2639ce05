/** The form for training and practice: its fields as text, what is missing, and what is said when it is saved. */
import type { TrainingSaying } from '#contract/training.ts'
import { trainingForms, trainingGroups, trainingLimits, trainingNeeds, type TrainingEntry } from '#contract/trainingCodes.ts'
import type { TrainingView } from './training.ts'

/** The answer that is no course and no story of the guidance: `title` says what it was. */
export const own = 'own'

export interface TrainingFields { form: string; choice: string | undefined; title: string; unit: string | undefined; on: string; until: string; people: string; groups: string[]; need: string | undefined; text: string }
export type MissingField = 'choice' | 'title' | 'on' | 'until' | 'people' | 'need'

const two = (value: number) => String(value).padStart(2, '0')
/** A day as the native field has it, some days from now. */
export const dayFrom = (now: Date, days = 0): string => {
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** How far ahead a school usually asks. */
const aTerm = 120

export const emptyFields = (what: TrainingEntry, now: Date): TrainingFields => ({
  form: 'training', choice: undefined, title: '', unit: undefined, on: what === 'plan' ? '' : dayFrom(now), until: dayFrom(now, aTerm), people: '', groups: [], need: undefined, text: '',
})

/** What an entry says, to be corrected; of a plan, what may now be logged. */
export function fieldsOf(view: TrainingView, what: TrainingEntry, now: Date): TrainingFields {
  const same = view.what === what
  const { form, code, title = '', unit, on, until, people, groups, need, text = '' } = view
  const empty = emptyFields(what, now)
  return { ...empty, form, choice: code ?? own, title, unit, ...(same && { on, until: until ?? empty.until, people: people === undefined ? '' : String(people), groups: [...groups], need, text }) }
}

const isDay = (day: string): boolean => /^20\d\d-\d\d-\d\d$/.test(day)
const isCount = (people: string): boolean => /^\d{1,4}$/.test(people.trim()) && Number(people) >= 1 && Number(people) <= trainingLimits.people

/** What stands in the way of saving, in the order of the form. */
export function missingIn(what: TrainingEntry, fields: TrainingFields): MissingField[] {
  const { choice, title, on, until, people, need } = fields
  const wrong: [MissingField, boolean][] = [
    ['choice', choice === undefined], ['title', choice === own && title.trim() === ''], ['need', what === 'request' && need === undefined], ['on', !isDay(on)],
    ['until', what === 'request' && (!isDay(until) || until < on)], ['people', what !== 'plan' && !isCount(people)],
  ]
  return wrong.flatMap(([field, isWrong]) => (isWrong ? [field] : []))
}

const cut = (text: string, limit: number) => [...text.trim()].slice(0, limit).join('')

/** What the fields say, or undefined while something is missing. */
export function sayingOf(what: TrainingEntry, fields: TrainingFields, state: 'planned' | 'done' = 'planned'): TrainingSaying | undefined {
  if (missingIn(what, fields).length > 0) return undefined
  const form = trainingForms.find((one) => one === fields.form) ?? 'training'
  const [title, text] = [cut(fields.title, trainingLimits.title), cut(fields.text, trainingLimits.text)]
  const about = { v: 1 as const, ...(fields.unit !== undefined && { unit: fields.unit }), ...(fields.choice === own ? { title } : { code: fields.choice ?? '' }) }
  const words = text === '' ? {} : { text }
  if (what === 'log') return { ...about, what, form, on: fields.on, people: Number(fields.people), ...words }
  if (what === 'plan') return { ...about, what, form, on: fields.on, groups: trainingGroups.filter((group) => fields.groups.includes(group)), state }
  const need = trainingNeeds.find((one) => one === fields.need)
  return need && { ...about, what, form: 'training', need, people: Number(fields.people), on: fields.on, until: fields.until, ...words }
}
