/** What a school did with a report: how soon somebody came, what they found, what they tried and whether it worked. Codes and times only. */
import type { Effect, MeasureKind, UnderlyingCause } from '#contract/caseCodes.ts'
import type { Facts } from '#contract/facts.ts'
import { graveTypes, type Trigger } from '#contract/vocabulary.ts'
import { levelOf } from '#contract/caseMachine.ts'
import { atWork } from './calendar.ts'
import type { Chance } from './random.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export interface Course {
  /** ISO times; null when it has not come to that. */
  openedAt: string | null; contactedAt: string | null; answeredAt: string | null; closedAt: string | null; withdrawnAt: string | null
  consequence: number; likelihood: number; level: 1 | 2 | 3
  immediate: Trigger[]; underlying: UnderlyingCause[]
  measures: { kind: MeasureKind; effect: Effect | null }[]
  /** The risk assessment was updated. */
  ros: boolean
  /** Whether it helped, when the reporter said so. */
  verdict: 'yes' | 'no' | null
  /** Handed on to the municipality, hidden from the safety representative, or about the leader. Rare. */
  special: 'escalated' | 'confidential' | 'recused' | null
  /** An earlier report of the same event. */
  linked: string | null
}

const causes: readonly (readonly [UnderlyingCause, number])[] = [
  ['staffing', 22], ['lone-work', 12], ['plan', 14], ['organisation', 12], ['training', 9], ['information', 7], ['waiting', 8], ['rooms', 6], ['routine', 4], ['cooperation', 3], ['ros', 2], ['alarm', 1],
]
const tried: readonly (readonly [MeasureKind, number])[] = [
  ['extra-adult', 20], ['plan-updated', 19], ['group-change', 12], ['relief', 10], ['parent-meeting', 11], ['support', 9], ['staff-informed', 6], ['signal', 4], ['practice', 3], ['services', 3], ['room-change', 2], ['routine-changed', 1],
]
const slowly = (chance: Chance, middle: number, spread: number) => middle * Math.exp(chance.normal() * spread)

/** What becomes of a report, as far as it has come before `now`. `diligence`: 0 is a school that answers late, 1 one that answers soon. */
export function courseOf(facts: Facts, receivedAt: number, { chance, diligence, now, linked }: { chance: Chance; diligence: number; now: number; linked: string | null }): Course {
  const grave = facts.types?.some((type) => graveTypes.includes(type)) === true || facts.injury === 'doctor'
  const severity = facts.severity ?? 1
  const consequence = grave ? chance.whole(4, 5) : Math.min(4, severity + chance.whole(0, 1))
  const likelihood = chance.whole(facts.repeated === 'yes' ? 2 : 1, facts.repeated === 'yes' ? 4 : 3)
  const pace = 1.6 - diligence
  const opened = atWork(receivedAt + slowly(chance, 3.5 * hourMs * pace, 0.9), chance)
  const contacted = atWork(opened + slowly(chance, (severity === 3 ? 2 : 9) * hourMs * pace, 0.8), chance)
  const closed = atWork(contacted + slowly(chance, 8.5 * dayMs * pace, 0.55), chance)
  const answered = contacted + (closed - contacted) * (chance.is(0.4) ? chance.next() : 1)
  const isWithdrawn = chance.is(0.012)
  const at = (time: number) => (time < now ? new Date(time).toISOString() : null)
  const isLeft = chance.is(0.03 * pace)
  return {
    openedAt: at(opened), contactedAt: at(contacted), answeredAt: isLeft || isWithdrawn ? null : at(answered), closedAt: isLeft || isWithdrawn ? null : at(closed), withdrawnAt: isWithdrawn ? at(receivedAt + slowly(chance, 10 * hourMs, 1)) : null,
    consequence, likelihood, level: levelOf(consequence, likelihood),
    immediate: facts.triggers ?? ['unknown-trigger'], underlying: [...new Set([chance.of(causes), ...(chance.is(0.35) ? [chance.of(causes)] : [])])],
    measures: [...new Set([chance.of(tried), ...(chance.is(0.3) ? [chance.of(tried)] : [])])].map((kind) => ({ kind, effect: chance.is(0.8) ? chance.of<Effect>([['worked', 42], ['partly', 40], ['not', 18]]) : null })),
    ros: chance.is(0.12 + 0.3 * diligence + (severity === 3 ? 0.2 : 0)), verdict: chance.is(0.2) ? chance.of<'yes' | 'no'>([['yes', 70], ['no', 30]]) : null,
    special: chance.of<Course['special']>([[null, 980], ['escalated', 9], ['confidential', 7], ['recused', 4]]), linked,
  }
}
