/**
 * A made-up municipality, from a seed: the same again each time, and nobody's. Believable where it matters for numbers: few schools have most, few situations stand behind most events and
 * fall when something is done, hours and seasons of a school, reports that come late. Codes and times only, no texts, no names. Pure.
 */
import type { Facts } from '#contract/facts.ts'
import { startOf } from '#contract/periods.ts'
import { anyDay, anyMinute, daysBetween, momentOf, schoolYearsIn, shareOf, writtenAt, type Days } from './calendar.ts'
import { courseOf, type Course } from './course.ts'
import { chanceOf, seedOf, type Chance } from './random.ts'
import { factsOf, lasting, type Lasting, type SchoolKind } from './situations.ts'

/** `share`: of the town's events against the other schools; drawn when it is not given. */
export interface SyntheticSchool { id: string; kind: SchoolKind; share?: number }
/** `from` and `to` are days, `to` the first one after; nothing has come in since its midnight. `perYear`: events of the whole town in a school year, on average. */
export interface Wishes { seed: number; schools: readonly SyntheticSchool[]; from: string; to: string; perYear: number }
/** `reporter`: which of the school's staff, from 0. `details`: the rest of the facts came in a letter of its own at this time. */
export interface SyntheticReport { id: string; unit: string; reporter: number; facts: Facts; receivedAt: string; details: string | null; course: Course }

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000]
export const staffWhoReport = 8

/** An id that grows with time (UUIDv7), from chance that can be repeated. */
export function syntheticId(time: number, chance: Chance): string {
  const digits = time.toString(16).padStart(12, '0')
  const hex = (length: number) => Math.floor(chance.next() * 16 ** length).toString(16).padStart(length, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7${hex(3)}-${chance.one(['8', '9', 'a', 'b'])}${hex(3)}-${hex(6)}${hex(6)}`
}

/** Six of ten tell the same day; a few wait for weeks. */
function toldAfter(minute: number, chance: Chance): number {
  const leftOfDay = Math.max(30, 20 * 60 - minute)
  return chance.of<() => number>([
    [() => Math.min(leftOfDay * minuteMs, (4 + 90 * Math.exp(chance.normal() * 0.9)) * minuteMs), 62], [() => dayMs + (chance.next() - 0.6) * 5 * hourMs, 23],
    [() => (1.5 + chance.next() * 5) * dayMs, 11], [() => (7.2 + chance.next() * 20) * dayMs, 4],
  ])()
}

interface Scene { within: Lasting; first: number; last: number; /** From this day on it happens seldom: something was done. */ eased: number }
interface Place { school: SyntheticSchool; days: Days; chance: Chance; diligence: number; now: number }

function* tell({ school, chance, diligence, now, days }: Place, { within, first, last, eased }: Scene, isRepeated: boolean): Generator<SyntheticReport> {
  let nth = anyDay(days, first, last, chance)
  if (nth >= eased && chance.is(0.8)) nth = anyDay(days, first, Math.max(first, eased - 1), chance)
  const day = days.days[nth] ?? ''
  const minute = anyMinute(chance, { afterSchool: within.afterSchool, around: isRepeated ? within.around : undefined })
  const at = momentOf(day, minute)
  const facts: Facts = { occurredAt: writtenAt(at, day), ...factsOf(within, isRepeated, chance) }
  const came = Math.round(at + toldAfter(minute, chance))
  const one = (receivedAt: number, reporter: number, said: Facts, linked: string | null): SyntheticReport => {
    const course = courseOf(said, receivedAt, { chance, diligence, now, linked })
    const details = receivedAt + chance.whole(20, 2_000) * minuteMs
    return {
      id: syntheticId(receivedAt, chance), unit: school.id, reporter, facts: course.special === 'recused' ? { ...said, aboutLeader: true } : said, receivedAt: new Date(receivedAt).toISOString(),
      details: chance.is(0.1) && details < now ? new Date(details).toISOString() : null, course,
    }
  }
  if (came >= now) return
  const report = one(came, chance.one(within.reporters), facts, null)
  yield report
  const again = came + chance.whole(10, 400) * minuteMs
  // Now and then a colleague tells of the same, a little otherwise.
  if (chance.is(0.02) && again < now) yield one(again, chance.whole(0, staffWhoReport - 1), { ...facts, ...factsOf(within, isRepeated, chance), tiles: facts.tiles ?? [] }, report.id)
}

/** A school year: some situations that last for a while, and what happens besides. */
function* yearOf(place: Place, first: number, last: number, mean: number): Generator<SyntheticReport> {
  const { school, chance } = place
  const all = chance.count(mean)
  const scenes = Array.from({ length: Math.max(1, Math.round(all / 22)) }, (): Scene & { weight: number } => {
    const begins = Math.max(first, chance.whole(first - 40, Math.max(first, last - 10)))
    const length = chance.whole(25, 95)
    return { within: lasting(school.kind, staffWhoReport, chance), first: begins, last: Math.min(last, begins + length), eased: begins + Math.round(length * (0.5 + chance.next() * 0.3)), weight: Math.exp(chance.normal() * 0.9) }
  })
  const weights = scenes.map((scene) => [scene, scene.weight] as const)
  for (let nth = 0; nth < all; nth += 1) {
    if (chance.is(0.76)) yield* tell(place, chance.of(weights), true)
    else yield* tell(place, { within: lasting(school.kind, staffWhoReport, chance), first, last, eased: last + 1 }, false)
  }
}

/** School by school, in no order within one. */
export function* townOf({ seed, schools, from, to, perYear }: Wishes): Generator<SyntheticReport> {
  const days = daysBetween(from, to)
  const now = startOf(to)
  const shares = schools.map((school) => school.share ?? Math.exp(chanceOf(seed ^ seedOf(`share/${school.id}`)).normal() * 0.95))
  const whole = shares.reduce((sum, share) => sum + share, 0)
  for (const [nth, school] of schools.entries()) {
    const chance = chanceOf(seed ^ seedOf(school.id))
    const place: Place = { school, days, chance, now, diligence: chance.next() }
    for (const { first, last } of schoolYearsIn(days)) yield* yearOf(place, first, last, (perYear * (shares[nth] ?? 0) * shareOf(days, first, last)) / whole)
  }
}

/** The same, all at once and in the order in which it came in. */
export const makeTown = (wishes: Wishes): SyntheticReport[] => [...townOf(wishes)].sort((one, other) => (one.receivedAt < other.receivedAt ? -1 : 1))
