/** A made-up course of a case as the letters that people would have sent, in their order. Pure. */
import { checksToClose, type CasePart, type CaseWhat } from '#contract/caseCodes.ts'
import type { CaseContent } from '#contract/caseLetter.ts'
import { levelOf } from '#contract/caseMachine.ts'
import type { Facts } from '#contract/facts.ts'
import type { ReportContent } from '#contract/letter.ts'
import { dayAt, daysAfter } from '#contract/workdays.ts'
import { graveTypes, type LetterKind } from '#contract/vocabulary.ts'
import { atWork } from './calendar.ts'
import type { Chance } from './random.ts'
import { syntheticId, type SyntheticReport } from './town.ts'
import * as words from './words.ts'

/** How far it has come. `closed` is what nearly all are; the others lie in somebody's inbox today. */
export type Stage = 'new' | 'opened' | 'contacted' | 'asked' | 'measures' | 'closed'
export type Doer = 'reporter' | 'handler' | 'guardian' | 'second'
/** A letter that somebody sent, `at` in milliseconds. */
export interface DemoLetter { id: string; kind: LetterKind; by: Doer; part: CasePart; what: CaseWhat | 'report'; at: number; content: CaseContent | ReportContent | { v: 1 } }
/** `guarded`: the school has a safety representative who can see it. */
export interface Told { report: SyntheticReport; stage: Stage; guarded: boolean; now: number; chance: Chance }

const [minuteMs, dayMs] = [60_000, 86_400_000]
/** The version of the law data that these checks were asked from. */
const rules = '2026-11-23'
type Saying<T = CaseContent> = T extends CaseContent ? Omit<T, 'v' | 'seen'> : never

/** Two letters when the details came later, else one. A few tell it in words too. */
function reportLetters({ report, chance, now }: Told): DemoLetter[] {
  const { facts, unit } = report
  const at = Date.parse(report.receivedAt)
  const withWords: Facts = chance.is(0.3) ? { ...facts, description: words.description(facts.situation) } : facts
  const { occurredAt, tiles, severity, aboutLeader, ...details } = withWords
  const details0 = report.details === null ? Number.POSITIVE_INFINITY : Date.parse(report.details)
  const first: Facts = { unit, ...(occurredAt !== undefined && { occurredAt }), ...(tiles && { tiles }), ...(severity !== undefined && { severity }), ...(aboutLeader !== undefined && { aboutLeader }) }
  const isApart = details0 < now && Object.keys(details).length > 0
  const letter = (kind: 'report' | 'supplement', id: string, time: number, said: Facts): DemoLetter => ({ id, kind, by: 'reporter', part: 'reporter', what: kind, at: time, content: { v: 1, facts: said } })
  return [letter('report', report.id, at, isApart ? first : { unit, ...withWords }), ...(isApart ? [letter('supplement', syntheticId(details0, chance), details0, details)] : [])]
}

/** When the school did what, sooner than it would have when there is little time left until today. */
function timesOf({ report: { receivedAt, course }, now, chance }: Told): { opened: number; contacted: number; closed: number } {
  const came = Date.parse(receivedAt)
  const within = (said: string | null, otherwise: number, share: number) => came + Math.min((said === null ? otherwise : Date.parse(said)) - came, share * (now - came))
  const opened = within(course.openedAt, came + 180 * minuteMs, 0.1)
  const contacted = Math.max(opened + minuteMs, within(course.contactedAt, opened + 240 * minuteMs, 0.25))
  return { opened, contacted, closed: Math.max(contacted + 60 * minuteMs, within(course.closedAt, atWork(contacted + 8 * dayMs, chance), 0.7)) }
}

const hasGraveType = ({ types }: Facts): boolean => types?.some((type) => graveTypes.includes(type)) ?? false

/** Everything that was sent about this report, in the order in which it came. */
export function lettersAbout(told: Told): DemoLetter[] {
  const { report: { facts, course }, stage, guarded, chance, now } = told
  const sent = reportLetters(told)
  const act = (by: Doer, at: number, said: Saying) => {
    const id = syntheticId(Math.round(at), chance)
    sent.push({ id, kind: 'case', by, part: by === 'second' ? 'handler' : by, what: said.what, at: Math.round(at), content: { v: 1, seen: 0, ...said } as CaseContent })
    return id
  }
  const note = (kind: 'opened' | 'withdrawal', by: Doer, at: number) => sent.push({ id: syntheticId(Math.round(at), chance), kind, by, part: by === 'reporter' ? 'reporter' : 'handler', what: kind, at: Math.round(at), content: { v: 1 } })
  const done = () => sent.toSorted((one, other) => one.at - other.at)

  if (stage === 'new') return done()
  const { opened, contacted, closed } = timesOf(told)
  note('opened', 'handler', opened)
  if (stage === 'closed' && course.withdrawnAt !== null) {
    const withdrawn = Math.max(Date.parse(course.withdrawnAt), opened)
    note('withdrawal', 'reporter', withdrawn)
    act('handler', Math.min(now - minuteMs, withdrawn + 90 * minuteMs), { what: 'close', text: words.withdrawnClosing })
    return done()
  }
  if (stage === 'opened') return done()
  act('handler', contacted, { what: 'contact', on: new Date(contacted).toISOString(), way: chance.of([['talk', 75], ['phone', 20], ['message', 5]]), ...(chance.is(0.3) && { text: words.contactNote }) })
  if (stage === 'contacted') return done()

  // The leader sits down with it once, and what has to be told and judged is done in one go.
  const step = Math.min(4 * minuteMs, (closed - contacted) / 60)
  let at = contacted + step
  const next = () => { at += step; return at }
  if (stage === 'asked') {
    act('handler', next(), { what: 'question', text: words.question })
    return done()
  }
  act('handler', next(), { what: 'judgement', consequence: course.consequence, likelihood: course.likelihood, types: facts.types ?? [] })
  act('handler', next(), { what: 'causes', immediate: course.immediate, underlying: course.underlying })
  const kinds = [...course.measures.map(({ kind }) => kind), ...(course.ros ? ['ros-updated' as const] : [])]
  const measures = kinds.map((kind) => act('handler', next(), { what: 'measure', kind, owner: words.owner(kind), due: daysAfter(dayAt(contacted), 10), shared: chance.is(0.7), text: words.measureText }))
  if (stage === 'measures') return done()

  const isAlone = !guarded || course.special === 'confidential'
  const needsOther = levelOf(course.consequence, course.likelihood) === 3 || facts.severity === 3 || hasGraveType(facts)
  if (course.special === 'confidential') act('handler', next(), { what: 'confidential', on: true })
  if (course.special === 'escalated' || (needsOther && isAlone && course.special !== 'recused')) act('handler', next(), { what: 'escalate' })
  if (course.linked !== null) act('handler', next(), { what: 'link', to: course.linked })
  if (isAlone) act('handler', next(), { what: 'notified', who: 'main-safety-rep', on: new Date(contacted).toISOString() })
  for (const check of checksToClose) {
    const needed = (check === 'ros' && course.ros) || (check === 'injury-register' && facts.injury !== undefined && facts.injury !== 'none') || (check === 'work-injury' && facts.injury === 'doctor')
    act('handler', next(), { what: 'check', check, answers: {}, outcome: needed ? 'needed' : 'not-needed', done: check === 'ros' && course.ros ? ['look', 'assess', 'measures', 'inform'] : [], rules })
  }
  if (guarded && !isAlone && chance.is(0.05)) act('guardian', next(), { what: 'comment', text: words.comment })
  if (chance.is(0.08)) {
    act('handler', contacted + (closed - contacted) * 0.45, { what: 'question', text: words.question })
    act('reporter', contacted + (closed - contacted) * 0.6, { what: 'reply', text: words.reply })
  }
  const answered = course.answeredAt === null ? closed : Date.parse(course.answeredAt)
  if (answered > at && answered < closed - 30 * minuteMs) act('handler', answered, { what: 'answer', text: words.answer })
  for (const measure of measures) act('handler', closed - step, { what: 'measure-state', measure, state: 'done' })
  act('handler', closed, { what: 'close', text: words.closing(course.measures[0]?.effect === 'worked') })
  if (needsOther) act(isAlone ? 'second' : 'guardian', Math.min(closed + chance.whole(60, 2_000) * minuteMs, (closed + now) / 2), { what: 'sign' })
  if (course.verdict !== null) act('reporter', Math.min(closed + chance.whole(3_000, 9_000) * minuteMs, (closed + 2 * now) / 3), { what: 'verdict', helped: course.verdict })
  // Some weeks later somebody asks whether it worked.
  const looked = closed + chance.whole(18, 34) * dayMs
  if (looked < now) for (const [nth, measure] of measures.entries()) act('handler', looked, { what: 'measure-state', measure, state: 'done', effect: course.measures[nth]?.effect ?? 'partly' })
  return done()
}
