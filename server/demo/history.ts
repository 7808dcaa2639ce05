/**
 * Two school years of the demo municipality, so that the numbers have something to say: made-up reports at its three schools and some others, and what came of them. Put in once, as rows like any other;
 * nobody is told of them, and the log holds one line.
 */
import { randomBytes } from 'node:crypto'
import { schoolYearOf } from '#contract/periods.ts'
import { dayAt, daysAfter, isWorkday } from '#contract/workdays.ts'
import type { Database, Sql } from '../database/database.ts'
import type { Keyring } from '../keys/keys.ts'
import { findOrCreateAccount } from '../queries/accounts.ts'
import { closeClockWork } from '../queries/clock.ts'
import type { Stage } from './acts.ts'
import { momentOf, writtenAt } from './calendar.ts'
import { demoCase, type DemoCase, type Person } from './demoCase.ts'
import { keptLetter } from './keep.ts'
import { chanceOf, type Chance } from './random.ts'
import { bytes, grantStaff, hasHistory, insertEvents, insertFigures, insertLetters, insertReports, insertSchool, insertTrainings, numberLetters, saveCases, type LetterRow, type TrainingRow } from './rows.ts'
import type { SchoolKind } from './situations.ts'
import { makeTown, staffWhoReport, syntheticId, type SyntheticReport } from './town.ts'

/** A school of the demo, with who is who there by the demo's own names; `name` is for a school that is there only for its past. `open`: how far its newest cases have come, the newest first. */
export interface DemoSchool { id: string; name?: string; kind: SchoolKind; perYear: number; leader: string; guardian: string | null; posts: number; pupils: number; open: readonly Stage[] }
export interface DemoTown { issuer: string; tenant: string; schools: readonly DemoSchool[]; overseer: string; administrator: string; /** Tells some of the reports of her school. */ known: string }

const action = 'demo.history'
const seed = 2_026

/** The same report on another day, as if it had happened then. */
function movedTo(day: string, report: SyntheticReport, chance: Chance): SyntheticReport {
  const at = momentOf(day, chance.whole(9 * 60, 13 * 60))
  const receivedAt = at + chance.whole(8, 70) * 60_000
  return {
    ...report, id: syntheticId(receivedAt, chance), receivedAt: new Date(receivedAt).toISOString(), details: null, facts: { ...report.facts, occurredAt: writtenAt(at, day), tiles: ['hit'], types: ['FYS-SLAG'], severity: 2, injury: 'pain', aboutLeader: false },
    course: { ...report.course, linked: null, special: null, withdrawnAt: null, openedAt: null, contactedAt: null },
  }
}
/** The last working days before this one, the latest first. */
function workdaysBefore(day: string, n: number): string[] {
  const days: string[] = []
  for (let one = daysAfter(day, -1); days.length < n; one = daysAfter(one, -1)) if (isWorkday(one)) days.push(one)
  return days
}

interface Told { report: SyntheticReport; stage: Stage }
/** A school's past: closed, but for the newest ones, which came in these days. */
function pastOf({ id, kind, perYear, open, guardian }: DemoSchool, now: number, chance: Chance): Told[] {
  const today = dayAt(now)
  const town = makeTown({ seed, schools: [{ id, kind, share: 1 }], from: `${schoolYearOf(today) - 2}-08-01`, to: today, perYear })
  const closed = town.slice(0, town.length - open.length).map((report): Told => {
    const isOurs = report.course.special !== 'recused' || guardian !== null
    return { stage: 'closed', report: isOurs ? report : { ...report, facts: { ...report.facts, aboutLeader: false }, course: { ...report.course, special: null } } }
  })
  const days = workdaysBefore(today, open.length)
  const recent = town.slice(town.length - open.length).map((report, nth) => ({ report: movedTo(days[nth] ?? today, report, chance), stage: open[nth] ?? 'new' }))
  return [...closed, ...recent]
}

const accountsOf = async (sql: Sql, town: DemoTown, keyring: Keyring, names: ReadonlyMap<string, string>): Promise<Map<string, Person>> => {
  const people = new Map<string, Person>()
  for (const [subject, name] of names) people.set(subject, { id: await findOrCreateAccount(sql, { issuer: town.issuer, subject, name, keyring }), name })
  return people
}
/** Schools that nobody of the demo leads have made-up people for it, so that the municipality is more than three schools. */
async function addSchools(sql: Sql, { tenant, schools }: DemoTown): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const { id, name, leader, guardian } of schools) {
    if (name === undefined) continue
    await insertSchool(sql, { id, tenant, name })
    names.set(leader, `Leder ${leader.slice(-1)} (demo)`)
    if (guardian !== null) names.set(guardian, `Verneombud ${leader.slice(-1)} (demo)`)
  }
  return names
}
const staffName = (nth: number): [string, string] => [`ansatt-${nth}`, `Ansatt ${nth} (demo)`]

/** What was taught and tried: enough at some schools, a little at others, nothing at the rest. */
function trainingsOf({ schools }: DemoTown, { tenant, today, people, keyring, chance }: { tenant: string; today: string; people: ReadonlyMap<string, Person>; keyring: Keyring; chance: Chance }): { rows: TrainingRow[]; letters: LetterRow[] } {
  const held: [school: number, form: 'training' | 'practice', code: string, daysAgo: number, people: number][] = [
    [0, 'training', 'course-handling', 70, 34], [0, 'practice', 'story-wardrobe', 45, 12], [0, 'training', 'course-ros', 290, 8], [1, 'training', 'course-report', 120, 19], [3, 'training', 'course-report', 210, 40], [3, 'practice', 'story-door', 200, 22],
    [5, 'practice', 'story-line', 95, 15], [6, 'training', 'course-handling', 30, 28],
  ]
  const entries = held.flatMap(([nth, form, code, daysAgo, count]) => {
    const [school, on] = [schools[nth], daysAfter(today, -daysAgo)]
    const author = school && people.get(school.leader)
    if (!school || !author) return []
    const at = momentOf(on, 15 * 60)
    const [id, key, received] = [syntheticId(at, chance), randomBytes(32), new Date(at).toISOString()]
    return [{
      row: { id, tenant, unit: school.id, author: author.id, role: 'leder', form, code, held: on, people: count, received, wrapped: bytes(keyring.sealUnderMaster(key, id)) },
      letter: keptLetter(key, { id, report: id, kind: 'training', account: author.id, at: received }, { v: 1, what: 'log', unit: school.id, form, code, on, people: count }, tenant),
    }]
  })
  return { rows: entries.map(({ row }) => row), letters: entries.map(({ letter }) => letter) }
}

/** Every so often it is somebody whom the demo lets in who tells: six times, the newest that the leader has talked with them about. */
function isKnowns(past: readonly Told[], nth: number, now: number): boolean {
  const lastYear = past.flatMap(({ report, stage }, place) => (stage === 'contacted' || (stage === 'closed' && Date.parse(report.receivedAt) > now - 360 * 86_400_000 && report.course.withdrawnAt === null) ? [place] : []))
  const own = [lastYear.at(-1), ...[1, 2, 3, 4, 5].map((part) => lastYear[Math.floor((lastYear.length * part) / 6)])]
  return own.includes(nth)
}

function casesOf(town: DemoTown, { people, keyring, now, chance }: { people: ReadonlyMap<string, Person>; keyring: Keyring; now: number; chance: Chance }): DemoCase[] {
  const nobody: Person = { id: '', name: '' }
  const person = (subject: string | null): Person => (subject === null ? nobody : people.get(subject) ?? nobody)
  return town.schools.flatMap((school, nthSchool) => {
    const past = pastOf(school, now, chance)
    return past.map((told, nth) => {
      const reporter = nthSchool === 0 && isKnowns(past, nth, now) ? person(town.known) : person(staffName(nthSchool * staffWhoReport + told.report.reporter + 1)[0])
      const handler = person(told.report.facts.aboutLeader === true ? town.overseer : school.leader)
      return demoCase({ ...told, guarded: school.guardian !== null, now, chance }, { people: { reporter, handler, guardian: person(school.guardian), second: person(town.overseer) }, tenant: town.tenant, keyring })
    })
  })
}

async function putIn(sql: Sql, town: DemoTown, keyring: Keyring, names: ReadonlyMap<string, string>, now: number): Promise<void> {
  const chance = chanceOf(seed)
  const { tenant, schools } = town
  const staff = schools.flatMap((school, nth) => Array.from({ length: staffWhoReport }, (_, more) => ({ unit: school.id, who: staffName(nth * staffWhoReport + more + 1) })))
  const people = await accountsOf(sql, town, keyring, new Map([...names, ...await addSchools(sql, town), ...staff.map(({ who }) => who)]))
  const idOf = (subject: string) => people.get(subject)?.id ?? ''
  for (const { unit, who: [subject] } of staff) await grantStaff(sql, { tenant, account: idOf(subject), role: 'ansatt', unit })
  for (const { id, leader, guardian } of schools) {
    await grantStaff(sql, { tenant, account: idOf(leader), role: 'leder', unit: id })
    if (guardian !== null) await grantStaff(sql, { tenant, account: idOf(guardian), role: 'verneombud', unit: id })
  }
  const cases = casesOf(town, { people, keyring, now, chance }).sort((one, other) => (one.report.received < other.report.received ? -1 : 1))
  const trainings = trainingsOf(town, { tenant, today: dayAt(now), people, keyring, chance })
  const letters = [...cases.flatMap((one) => one.letters), ...trainings.letters].sort((one, other) => (one.received < other.received ? -1 : 1))
  await insertReports(sql, cases.map(({ report }) => report))
  await insertTrainings(sql, trainings.rows)
  await insertLetters(sql, letters)
  await insertEvents(sql, cases.flatMap(({ events }) => events))
  await saveCases(sql, cases.map(({ outcome }) => outcome))
  const by = idOf(town.administrator)
  const year = schoolYearOf(dayAt(now))
  await insertFigures(sql, schools.flatMap(({ id, posts, pupils }) => [year - 1, year].map((one) => ({ tenant, unit: id, year: one, posts, pupils, by, at: new Date(now).toISOString() }))))
  // Last, as in all work: the municipality's counter is locked from here on.
  const first = await closeClockWork(sql, tenant, [{ action, object: tenant }], letters.length)
  await numberLetters(sql, letters.map(({ id, hash, received }, nth) => {
    const { seq, kid, signature } = keyring.signReceipt({ id, hash: Buffer.from(hash, 'base64').toString('base64url'), receivedAt: received, seq: first + nth })
    return { id, seq, kid, signature }
  }))
}

/** Gives the demo its past, once. `names`: the demo's own people. */
export const putInHistory = (database: Database, keyring: Keyring, town: DemoTown, names: ReadonlyMap<string, string>, now: Date): Promise<void> =>
  database.asServer(async (sql) => {
    if (!await hasHistory(sql, action)) await putIn(sql, town, keyring, names, now.getTime())
  })
