/** Training and practice as the screens show them: what the school's server tells, and over it what this phone has written since. */
import type { TrainingChange, TrainingContent, TrainingSaying } from '#contract/training.ts'
import type { TrainingEntry, TrainingForm, TrainingGroup, TrainingNeed, TrainingState } from '#contract/trainingCodes.ts'
import type { Grant } from '#contract/session.ts'
import type { Role } from '#contract/vocabulary.ts'
import { scrubIdNumbers } from './guard.ts'
import type { LetterState } from './model.ts'

/** One entry. `letters` are those that this phone wrote: how they travel is the entry's status. */
export interface TrainingView {
  id: string; what: TrainingEntry; form: TrainingForm; code?: string; title?: string; on: string; until?: string; people?: number; groups: readonly TrainingGroup[]; need?: TrainingNeed
  state: TrainingState; text?: string; message?: string; byRole?: Role; unit?: string; unitName?: string; changedAt: string; answeredAt?: string; letters: LetterState[]
}

export const isSaying = (content: TrainingContent): content is TrainingSaying => content.what === 'log' || content.what === 'plan' || content.what === 'request'

/** The last gate before any write: id numbers go out of every text. */
export function scrubTraining<T extends TrainingContent>(content: T): T {
  const texts = ['title', 'text', 'message'] as const
  const clean = texts.flatMap((field) => {
    const text = (content as Partial<Record<typeof field, string>>)[field]?.trim()
    return text === undefined || text === '' ? [] : [[field, scrubIdNumbers(text).text]]
  })
  const rest = Object.fromEntries(Object.entries(content).filter(([field]) => !(texts as readonly string[]).includes(field)))
  return { ...rest, ...Object.fromEntries(clean) } as T
}

const known = <T extends object>(fields: T) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> }

function ofSchool(change: TrainingChange): TrainingView {
  const { report: id, what, form, on, groups, state, byRole, unit, unitName, changedAt, code, title, until, people, need, text, message, answeredAt } = change
  return { id, what, form, on, groups, state, byRole, unit, unitName, changedAt, letters: [], ...known({ code, title, until, people, need, text, message, answeredAt }) }
}

/** A correction says the whole of it anew; an answer that was given stands. */
function corrected(id: string, before: TrainingView | undefined, said: TrainingSaying, at: string): TrainingView {
  const { unit = said.unit, unitName, byRole, message, answeredAt, state } = before ?? {}
  const next = said.what === 'log' ? 'done' : said.what === 'plan' ? said.state : 'asked'
  return {
    id, what: said.what, form: said.form, on: said.on, groups: said.what === 'plan' ? said.groups : [], state: answeredAt !== undefined && state !== undefined ? state : next, changedAt: at, letters: [],
    ...known({ code: said.code, title: said.title, unit, unitName, byRole, message, answeredAt }),
    ...known(said.what === 'plan' ? {} : { people: said.people, text: said.text }), ...known(said.what === 'request' ? { need: said.need, until: said.until } : {}),
  }
}

/** The sum of both sides, or undefined when the entry is gone. `said` is what the server does not tell yet, oldest first. */
export function trainingView(id: string, school: TrainingChange | undefined, said: readonly { content: TrainingContent; at: string }[]): TrainingView | undefined {
  if (school?.removed) return undefined
  let view = school && ofSchool(school)
  for (const { content, at } of said) {
    if (content.what === 'removal') return undefined
    if (isSaying(content)) view = corrected(id, view, content, at)
    else if (view) {
      const { message: _before, ...rest } = view
      view = { ...rest, state: content.state, answeredAt: at, changedAt: at, ...known({ message: content.message }) }
    }
  }
  return view
}

/** Newest day first; of one day, what was written last. */
export const newestFirst = (views: readonly TrainingView[]): TrainingView[] => views.toSorted((one, other) => other.on.localeCompare(one.on) || (one.id < other.id ? 1 : -1))
export const soonestFirst = (views: readonly TrainingView[]): TrainingView[] => newestFirst(views).toReversed()

/** The day on which something of this form was last done. */
export const lastDone = (views: readonly TrainingView[], form: TrainingForm): string | undefined => newestFirst(views.filter((view) => view.what === 'log' && view.form === form))[0]?.on

/** Whether a day lies more than half a year back, by the calendar. No day at all is longer ago than any. */
export function isHalfYearAgo(day: string | undefined, now: Date): boolean {
  if (day === undefined) return true
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1 + 6, date) < new Date(now.getFullYear(), now.getMonth(), now.getDate())
}

/** What somebody may do here, from what was granted to them. The server decides; this is what the screen offers. */
export interface TrainingRights { reads: boolean; logs: readonly string[]; plans: readonly string[]; answers: boolean }
export function trainingRights(grants: readonly Grant[]): TrainingRights {
  const unitsOf = (...roles: Role[]) => [...new Set(grants.filter(({ role }) => roles.includes(role)).flatMap(({ unit }) => unit?.id ?? []))]
  const has = (...roles: Role[]) => grants.some(({ role }) => roles.includes(role))
  return { reads: has('leder', 'verneombud', 'hms', 'eier-admin'), logs: unitsOf('leder', 'verneombud'), plans: unitsOf('leder'), answers: has('hms') }
}
