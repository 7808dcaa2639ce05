/**
 * The municipality's numbers of a closed month or quarter, as they may leave (security paper 4.6). Pure but for the lot: rows in, publications out; `closePeriods.ts` keeps them.
 * What is counted in a month is frozen with it, so that a quarter is the sum of its months whatever was withdrawn, linked or reported since.
 */
import type { Clocks } from '#contract/caseClocks.ts'
import { codesIn, columns, countEvents, countReports, eventsOf, median, severalCodes, type CountedEvent, type TableCode } from '#contract/counting.ts'
import { isPublic, publish, smallest, type Cell } from '#contract/disclosure.ts'
import { closingOf, closingOfQuarter, postedMonth } from '#contract/periods.ts'
import type { FollowUp, MonthNumbers, QuarterNumbers, ShownSchools, Table, TableName } from '#contract/statistics.ts'
import type { StatisticsRow, TownRow } from '../queries/statistics.ts'
import { caseCodes, isClosedOnTime } from './followUp.ts'
import { countedOf } from './school.ts'
import { freshLot as lot } from './lots.ts'
import { quarterTables, withEmpty } from './universe.ts'

/** An event as it was when its month closed. No unit: somebody at the school may not know of it, so it is told of under no school. `known`: whoever looks after the municipality may read it. */
export interface ClosedEvent extends CountedEvent { unit: string | null; known: boolean }

/** The events of a month: those that were posted in it, and are not another telling of an earlier one. `rows` came from the month's first day until it closed. */
export function eventsOfMonth(rows: readonly TownRow[], month: string): ClosedEvent[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const rowsOf = ({ reports }: CountedEvent) => reports.flatMap((id) => byId.get(id) ?? [])
  const posted = ({ facts: { occurredAt }, receivedAt }: TownRow) => postedMonth(occurredAt === undefined ? receivedAt.getTime() : Date.parse(occurredAt), receivedAt.getTime())
  return eventsOf(rows.map(countedOf)).flatMap((event): ClosedEvent[] => {
    const told = rowsOf(event)
    const first = told.map(posted).toSorted()[0]
    if (first !== month || told.some(({ linkedBefore }) => linkedBefore)) return []
    return [{ ...event, unit: told.some(({ apart }) => apart) ? null : told[0]?.unit ?? null, known: told.some(({ handedOn }) => handedOn) }]
  })
}

/** Something counted: how much, of which school, and whether its readers know it already. */
interface Part { n: number; unit: string | null; known: boolean }
const asPart = ({ times, unit, known }: ClosedEvent): Part => ({ n: times, unit, known })

/** A cell with what a reader may know of it from elsewhere. */
function cellOf(code: string, parts: readonly Part[]): Cell {
  const [sum, bySchool] = [(list: readonly Part[]) => list.reduce((all, { n }) => all + n, 0), new Map<string, number>()]
  for (const { n, unit, known } of parts) if (!known && unit !== null) bySchool.set(unit, (bySchool.get(unit) ?? 0) + n)
  return { code, n: sum(parts), known: sum(parts.filter(({ known }) => known)), largest: Math.max(0, ...bySchool.values()) }
}
const isShown = (parts: readonly Part[]): boolean => isPublic(cellOf('', parts))

/** Cells by code, of things that may have several codes. */
function cellsBy<T>(list: readonly T[], codesOf: (one: T) => readonly string[], partOf: (one: T) => Part): Cell[] {
  const groups = new Map<string, Part[]>()
  for (const one of list) {
    for (const code of codesOf(one)) {
      const group = groups.get(code)
      if (group) group.push(partOf(one))
      else groups.set(code, [partOf(one)])
    }
  }
  return [...groups].map(([code, parts]) => cellOf(code, parts))
}
const biggestFirst = (one: Cell, other: Cell) => other.n - one.n || (one.code < other.code ? -1 : 1)

function tableOf(events: readonly ClosedEvent[], table: TableName, codesOf: (event: ClosedEvent) => readonly string[], isSeveral: boolean): Table {
  const cells = withEmpty(cellsBy(events, codesOf, asPart).toSorted(biggestFirst), table)
  const shown = publish(cells, { kind: isSeveral ? 'several' : 'parts', total: countEvents(events), lot })
  // Hidden rows by their code: the order of size would tell which is larger.
  return { table, cells: [...shown.filter(({ n }) => n !== null), ...shown.filter(({ n }) => n === null).toSorted((one, other) => (one.code < other.code ? -1 : 1))] }
}

/** A month of the whole municipality. */
export function publishMonth(month: string, events: readonly ClosedEvent[]): MonthNumbers {
  const closedAt = new Date(closingOf(month)).toISOString()
  if (!isShown(events.map(asPart))) return { month, closedAt, events: null, reports: null, columns: columns.map((code) => ({ code, n: null })) }
  const { cells } = tableOf(events, 'column', (event) => codesIn(event, 'column'), false)
  return { month, closedAt, events: countEvents(events), reports: countReports(events), columns: columns.map((code) => ({ code, n: cells.find((cell) => cell.code === code)?.n ?? null })) }
}

/** A share where neither those who did nor those who did not are few. */
function shareOf(answers: readonly (Part & { is: boolean })[]): FollowUp['contacted'] {
  if (!isShown(answers)) return { yes: null, of: null }
  const total = answers.reduce((sum, { n }) => sum + n, 0)
  const cells = withEmpty(cellsBy(answers, ({ is }) => [is ? 'yes' : 'no'], (part) => part), 'nearMiss')
  const yes = publish(cells, { kind: 'parts', total, lot }).find(({ code }) => code === 'yes')?.n ?? null
  return { yes, of: total }
}
/** Of the events of each shown measure, where it helped: a part of a number that is shown, so neither it nor the rest may be few. */
function workedOf({ cells }: Table, events: readonly ClosedEvent[], byId: ReadonlyMap<string, StatisticsRow>): Table {
  return {
    table: 'worked', cells: cells.map(({ code, n }) => {
      if (n === null) return { code, n }
      const tried = events.filter((event) => caseCodes(event, byId, 'measure').includes(code))
      return { code, n: shareOf(tried.map((event) => Object.assign(asPart(event), { is: caseCodes(event, byId, 'worked').includes(code) }))).yes }
    }),
  }
}

const [hourMs, dayMs] = [3_600_000, 86_400_000]
function followUp(events: readonly ClosedEvent[], byId: ReadonlyMap<string, StatisticsRow>, clocks: Clocks, closed: number): FollowUp {
  const told = events.flatMap(({ reports, unit, known }) => reports.flatMap((id) => {
    const row = byId.get(id)
    return row ? [{ row, part: { n: 1, unit, known } }] : []
  }))
  const share = (say: (row: StatisticsRow) => boolean | undefined) => shareOf(told.flatMap(({ row, part }) => {
    const is = say(row)
    return is === undefined ? [] : [{ ...part, is }]
  }))
  /** The middle of so many that no one of them is told. */
  const middle = (at: (row: StatisticsRow) => Date | null, ms: number): number | null => {
    const done = told.filter(({ row }) => at(row) !== null)
    if (!isPublic(cellOf('', done.map(({ part }) => part)), 2 * smallest)) return null
    return Math.round(median(done.map(({ row }) => Math.max(0, Number(at(row)) - row.receivedAt.getTime()) / ms)) ?? 0)
  }
  const before = (at: Date | null): boolean => at !== null && at.getTime() <= closed
  return {
    contactHours: middle(({ contactedAt }) => contactedAt, hourMs), answerDays: middle(({ answeredAt }) => answeredAt, dayMs),
    contacted: share(({ contactedAt }) => before(contactedAt)), answered: share(({ answeredAt }) => before(answeredAt)),
    onTime: share((row) => isClosedOnTime(row, clocks, closed)), ros: share(({ ros }) => ros ?? undefined),
  }
}

export interface QuarterGround { months: readonly MonthNumbers[]; byId: ReadonlyMap<string, StatisticsRow>; clocks: Clocks; units: readonly string[] }
/** A quarter of the whole municipality and its schools. Where one of its months is hidden all of it is: the whole would tell the month. */
export function publishQuarter(quarter: string, events: readonly ClosedEvent[], { months, byId, clocks, units }: QuarterGround): { town: QuarterNumbers; schools: ShownSchools } {
  const closed = closingOfQuarter(quarter)
  const closedAt = new Date(closed).toISOString()
  const none = { yes: null, of: null }
  if (months.length === 0 || months.some((month) => month.events === null)) {
    return {
      town: { quarter, closedAt, events: null, tables: [], followUp: { contactHours: null, answerDays: null, contacted: none, answered: none, onTime: none, ros: none } },
      schools: { quarter, closedAt, cells: units.map((code) => ({ code, n: null })) },
    }
  }
  const total = countEvents(events)
  const tables = quarterTables.flatMap((table) => {
    if (table === 'cause') return [tableOf(events, table, (event) => caseCodes(event, byId, table), true)]
    if (table !== 'measure') return [tableOf(events, table, (event) => codesIn(event, table as TableCode), severalCodes.includes(table as TableCode))]
    const measures = tableOf(events, table, (event) => caseCodes(event, byId, table), true)
    return [measures, workedOf(measures, events, byId)]
  })
  const bySchool = cellsBy(events, ({ unit }) => [unit ?? 'other'], asPart)
  const counted = new Map(bySchool.map((cell) => [cell.code, cell]))
  // Its leader knows a school’s number: `publish` reckons with that for the whole table.
  const everySchool = [...units, 'other'].map((code): Cell => ({ code, n: counted.get(code)?.n ?? 0, known: counted.get(code)?.known ?? 0 }))
  return {
    town: { quarter, closedAt, events: total, tables, followUp: followUp(events, byId, clocks, closed) },
    schools: { quarter, closedAt, cells: publish(everySchool, { kind: 'schools', total, lot }) },
  }
}
