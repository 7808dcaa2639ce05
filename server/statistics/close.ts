/**
 * The municipality's numbers of a closed month or quarter, as they may leave (security paper 4.6). Pure but for the lot: rows in, publications out; `closePeriods.ts` keeps them.
 * What is counted in a month is frozen with it, so that a quarter is the sum of its months whatever was withdrawn, linked or reported since.
 */
import type { Clocks } from '#contract/caseClocks.ts'
import { codesIn, columns, countEvents, countReports, eventsOf, median, severalCodes, type CountedEvent, type TableCode } from '#contract/counting.ts'
import { isPublic, publish, smallest, type Cell } from '#contract/disclosure.ts'
import { closingOf, closingOfQuarter, daysOfMonth } from '#contract/periods.ts'
import type { FollowUp, MonthNumbers, QuarterNumbers, ShownSchools, Table, TableName } from '#contract/statistics.ts'
import type { StatisticsRow, TownRow } from '../queries/statistics.ts'
import { caseCodes, isClosedOnTime } from './followUp.ts'
import { countedOf } from './school.ts'
import { freshLot as lot } from './lots.ts'
import { quarterTables, withEmpty } from './universe.ts'

/**
 * An event as it was when its month closed. `school`: where it happened; `unit`: the school it is told of under, none when somebody there may not know of it. `known`: whoever looks
 * after the municipality may read it. The last two are looked at again when the quarter closes.
 */
export interface ClosedEvent extends CountedEvent { school: string; unit: string | null; known: boolean }

/** Who may read what, of these rows: nothing, when they are gone. */
export function readersOf(told: readonly TownRow[]): Pick<ClosedEvent, 'school' | 'unit' | 'known'> | undefined {
  const [first] = told
  return first && { school: first.unit, unit: told.some(({ apart }) => apart) ? null : first.unit, known: told.some(({ handedOn }) => handedOn) }
}

/**
 * What a month counts of the rows that nobody has counted yet, received before it closed: what had happened by its end. `ids` are counted with it: those of its events, and of other
 * tellings of what was counted earlier. What happened later waits for its own month.
 */
export function eventsOfMonth(rows: readonly TownRow[], month: string): { events: ClosedEvent[]; ids: string[] } {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const { to } = daysOfMonth(month)
  const [events, ids]: [ClosedEvent[], string[]] = [[], []]
  for (const event of eventsOf(rows.map(countedOf))) {
    if (event.day >= to) continue
    const told = event.reports.flatMap((id) => byId.get(id) ?? [])
    const readers = readersOf(told)
    ids.push(...event.reports)
    if (readers && !told.some(({ countedBefore }) => countedBefore)) events.push({ ...event, ...readers })
  }
  return { events, ids }
}

/** Something counted: how much, of which school, and whether its readers know it already. */
interface Part { n: number; school: string; known: boolean }
const asPart = ({ times, school, known }: ClosedEvent): Part => ({ n: times, school, known })
/** The schools of those who look after several: they know all of theirs. */
type Together = readonly (readonly string[])[]

/** A cell with what a reader may know of it from elsewhere: by tellings, since one telling may be of many events. */
function cellOf(code: string, parts: readonly Part[], together: Together): Cell {
  const bySchool = new Map<string, number>()
  for (const { school, known } of parts) if (!known) bySchool.set(school, (bySchool.get(school) ?? 0) + 1)
  const several = together.map((schools) => schools.reduce((sum, school) => sum + (bySchool.get(school) ?? 0), 0))
  return { code, n: parts.reduce((sum, { n }) => sum + n, 0), weight: parts.length, known: parts.filter(({ known }) => known).length, largest: Math.max(0, ...bySchool.values(), ...several) }
}
const isShown = (parts: readonly Part[], together: Together): boolean => isPublic(cellOf('', parts, together))

/** Cells by code, of things that may have several codes. */
function cellsBy<T>(list: readonly T[], codesOf: (one: T) => readonly string[], partOf: (one: T) => Part, together: Together): Cell[] {
  const groups = new Map<string, Part[]>()
  for (const one of list) {
    for (const code of codesOf(one)) {
      const group = groups.get(code)
      if (group) group.push(partOf(one))
      else groups.set(code, [partOf(one)])
    }
  }
  return [...groups].map(([code, parts]) => cellOf(code, parts, together))
}
const biggestFirst = (one: Cell, other: Cell) => other.n - one.n || (one.code < other.code ? -1 : 1)

function tableOf(events: readonly ClosedEvent[], table: TableName, codesOf: (event: ClosedEvent) => readonly string[], { isSeveral, together }: { isSeveral: boolean; together: Together }): Table {
  const cells = withEmpty(cellsBy(events, codesOf, asPart, together).toSorted(biggestFirst), table)
  const shown = publish(cells, { kind: isSeveral ? 'several' : 'parts', total: countEvents(events), lot })
  // Hidden rows by their code: the order of size would tell which is larger.
  return { table, cells: [...shown.filter(({ n }) => n !== null), ...shown.filter(({ n }) => n === null).toSorted((one, other) => (one.code < other.code ? -1 : 1))] }
}

/** A month of the whole municipality. */
export function publishMonth(month: string, events: readonly ClosedEvent[], together: Together): MonthNumbers {
  const closedAt = new Date(closingOf(month)).toISOString()
  if (!isShown(events.map(asPart), together)) return { month, closedAt, events: null, reports: null, columns: columns.map((code) => ({ code, n: null })) }
  const { cells } = tableOf(events, 'column', (event) => codesIn(event, 'column'), { isSeveral: false, together })
  return { month, closedAt, events: countEvents(events), reports: countReports(events), columns: columns.map((code) => ({ code, n: cells.find((cell) => cell.code === code)?.n ?? null })) }
}

/** A share of all, where neither those who did nor those who did not are few. All shares of a quarter are of the same whole: else the difference between two would tell of a few. */
function shareOf(answers: readonly (Part & { is: boolean })[], together: Together): FollowUp['contacted'] {
  if (!isShown(answers, together)) return { yes: null, of: null }
  const total = answers.reduce((sum, { n }) => sum + n, 0)
  const counted = cellsBy(answers, ({ is }) => [is ? 'yes' : 'no'], (part) => part, together)
  const cells = ['yes', 'no'].map((code) => counted.find((cell) => cell.code === code) ?? { code, n: 0 })
  return { yes: publish(cells, { kind: 'parts', total, lot })[0]?.n ?? null, of: total }
}
/** Of the events of each shown measure, where it helped: a part of a number that is shown, so neither it nor the rest may be few. */
function workedOf({ cells }: Table, events: readonly ClosedEvent[], { byId, together }: QuarterGround): Table {
  return {
    table: 'worked', cells: cells.map(({ code, n }) => {
      if (n === null) return { code, n }
      const tried = events.filter((event) => caseCodes(event, byId, 'measure').includes(code))
      return { code, n: shareOf(tried.map((event) => Object.assign(asPart(event), { is: caseCodes(event, byId, 'worked').includes(code) })), together).yes }
    }),
  }
}

const [hourMs, dayMs] = [3_600_000, 86_400_000]
function followUp(events: readonly ClosedEvent[], { byId, clocks, together }: QuarterGround, closed: number): FollowUp {
  const told = events.flatMap(({ reports, school, known }) => reports.flatMap((id) => {
    const row = byId.get(id)
    return row ? [{ row, part: { n: 1, school, known } }] : []
  }))
  const share = (say: (row: StatisticsRow) => boolean) => shareOf(told.map(({ row, part }) => Object.assign({ is: say(row) }, part)), together)
  const before = (at: Date | null): boolean => at !== null && at.getTime() <= closed
  /** The middle of so many that no one of them is told. */
  const middle = (at: (row: StatisticsRow) => Date | null, ms: number): number | null => {
    const done = told.filter(({ row }) => before(at(row)))
    if (!isPublic(cellOf('', done.map(({ part }) => part), together), 2 * smallest)) return null
    return Math.round(median(done.map(({ row }) => Math.max(0, Number(at(row)) - row.receivedAt.getTime()) / ms)) ?? 0)
  }
  return {
    contactHours: middle(({ contactedAt }) => contactedAt, hourMs), answerDays: middle(({ answeredAt }) => answeredAt, dayMs),
    contacted: share(({ contactedAt }) => before(contactedAt)), answered: share(({ answeredAt }) => before(answeredAt)),
    // Not late: closed within the norm, or still within it. Where nobody has said that the risk assessment was updated, it was not.
    onTime: share((row) => isClosedOnTime(row, clocks, closed) !== false), ros: share(({ ros }) => ros === true),
  }
}

/** `posts`: full-time posts of schools, where they are known. */
export interface QuarterGround { months: readonly MonthNumbers[]; byId: ReadonlyMap<string, StatisticsRow>; clocks: Clocks; units: readonly string[]; posts: ReadonlyMap<string, number>; together: Together }

/** So many times what its size would have, and at least so many, is much. */
const [much, muchFrom] = [1.5, 2 * smallest] as const
/** The schools that have much: by their posts when all schools' are known, else against the mean school. */
function schoolsWithMuch(counted: ReadonlyMap<string, Cell>, { units, posts }: QuarterGround): Set<string> {
  const all = units.reduce((sum, unit) => sum + (counted.get(unit)?.n ?? 0), 0)
  const allPosts = units.every((unit) => posts.has(unit)) ? units.reduce((sum, unit) => sum + (posts.get(unit) ?? 0), 0) : 0
  const expected = (unit: string) => (allPosts > 0 ? all * ((posts.get(unit) ?? 0) / allPosts) : all / units.length)
  return new Set(units.filter((unit) => (counted.get(unit)?.weight ?? 0) >= muchFrom && (counted.get(unit)?.n ?? 0) >= much * expected(unit)))
}

/** A quarter of the whole municipality and its schools. Where one of its months is hidden all of it is: the whole would tell the month. */
export function publishQuarter(quarter: string, events: readonly ClosedEvent[], ground: QuarterGround): { town: QuarterNumbers; schools: ShownSchools } {
  const { months, byId, units, together } = ground
  const closed = closingOfQuarter(quarter)
  const closedAt = new Date(closed).toISOString()
  const none = { yes: null, of: null }
  if (months.length === 0 || months.some((month) => month.events === null)) {
    return {
      town: { quarter, closedAt, events: null, tables: [], followUp: { contactHours: null, answerDays: null, contacted: none, answered: none, onTime: none, ros: none } },
      schools: { quarter, closedAt, cells: units.map((code) => ({ code, n: null, much: false })) },
    }
  }
  const total = countEvents(events)
  const tables = quarterTables.flatMap((table) => {
    if (table === 'cause') return [tableOf(events, table, (event) => caseCodes(event, byId, table), { isSeveral: true, together })]
    if (table !== 'measure') return [tableOf(events, table, (event) => codesIn(event, table as TableCode), { isSeveral: severalCodes.includes(table as TableCode), together })]
    const measures = tableOf(events, table, (event) => caseCodes(event, byId, table), { isSeveral: true, together })
    return [measures, workedOf(measures, events, ground)]
  })
  const counted = new Map(cellsBy(events, ({ unit }) => [unit ?? 'other'], asPart, together).map((cell) => [cell.code, cell]))
  const withMuch = schoolsWithMuch(counted, ground)
  // Its leader knows a school’s number: `publish` reckons with that for the whole table.
  // What is told of under no school is known to the leader of one all the same.
  const everySchool = [...units, 'other'].map((code): Cell => {
    const { n, weight = 0, known = 0, largest = 0 } = counted.get(code) ?? { n: 0 }
    return { code, n, weight, known, largest: code === 'other' ? largest : 0 }
  })
  return {
    town: { quarter, closedAt, events: total, tables, followUp: followUp(events, ground, closed) },
    schools: { quarter, closedAt, cells: publish(everySchool, { kind: 'schools', total, lot, together }).map(({ code, n }) => ({ code, n, much: withMuch.has(code) })) },
  }
}
