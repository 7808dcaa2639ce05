/**
 * The attacker before everything that leaves of one municipality: all months, quarters and schools that were published, every case that was handed on, also after its month was counted, and
 * all that is known at one school, or at two by whoever looks after both: what is confidential there and what is about its leader too. Whole small towns through the real closing, period after period.
 */
import { describe, expect, it } from 'vitest'
import { eventsOf } from '#contract/counting.ts'
import { smallest } from '#contract/disclosure.ts'
import { closingOf, daysOfMonth, monthsOfQuarter, startOf } from '#contract/periods.ts'
import { defaultClocks } from '#contract/caseClocks.ts'
import type { MeasureKind } from '#contract/caseCodes.ts'
import { grades, incidentTypes, places, situations } from '#contract/vocabulary.ts'
import type { TownRow } from '../../server/queries/statistics.ts'
import { eventsOfMonth, publishMonth, publishQuarter, readersOf, type ClosedEvent } from '../../server/statistics/close.ts'
import { caseCodes } from '../../server/statistics/followUp.ts'
import { countedOf } from '../../server/statistics/school.ts'

const quarters = ['2025-1', '2025-2'] as const
const dayMs = 86_400_000

function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return { below, chance: (share: number) => next() < share, pick: <T>(list: readonly T[]): T => list[below(list.length)] as T }
}
type Dice = ReturnType<typeof dice>

/** Reports of half a year: few schools and situations with most, some handed on, kept apart, linked, withdrawn, late. */
function makeTown({ below, chance, pick }: Dice): { units: string[]; rows: TownRow[] } {
  const units = Array.from({ length: 3 + below(7) }, (_, nth) => `school-${nth}`)
  const first = startOf('2025-08-01')
  const rows: TownRow[] = []
  const common = situations.slice(0, 1 + below(4))
  for (const [nth, unit] of units.entries()) {
    for (let left = below(nth === 0 ? 160 : pick([4, 12, 60])); left > 0; left -= 1) {
      const at = first + below(180) * dayMs + (7 + below(9)) * 3_600_000
      const receivedAt = new Date(at + (chance(0.1) ? below(60) * dayMs : below(5) * 3_600_000))
      const before = rows.at(-1)
      const did: MeasureKind[] = chance(0.5) ? ['extra-adult', ...(chance(0.4) ? ['relief' as const] : [])] : []
      const tried = { did, helped: did.filter(() => chance(0.7)) }
      rows.push({
        id: `${String(rows.length).padStart(5, '0')}`, unit, receivedAt, withdrawnAt: chance(0.05) ? receivedAt : null, event: before?.unit === unit && chance(0.08) ? before.id : null,
        facts: { occurredAt: new Date(at).toISOString(), types: [pick(incidentTypes.slice(0, 8)), ...(chance(0.2) ? [pick(incidentTypes)] : [])], severity: pick([1, 1, 2, 3]), place: pick(places.slice(0, 5)), situation: chance(0.8) ? pick(common) : pick(situations), grade: pick(grades), count: chance(0.1) ? 1 + below(20) : 1 },
        contactedAt: chance(0.8) ? new Date(receivedAt.getTime() + below(200) * 3_600_000) : null, answeredAt: chance(0.6) ? new Date(receivedAt.getTime() + below(30) * dayMs) : null, closedAt: chance(0.5) ? new Date(receivedAt.getTime() + below(40) * dayMs) : null, level: null, found: chance(0.4) ? ['staffing'] : null, ...tried, ros: pick([null, null, true, false]),
        handedOn: chance(0.1), apart: chance(0.12), countedBefore: false,
      })
    }
  }
  return { units, rows }
}

/** The first two schools have the same safety representative. */
const togetherOf = (units: readonly string[]) => [units.slice(0, 2)]

function close({ units, rows }: ReturnType<typeof makeTown>) {
  const counted = new Set<string>()
  // Handed on, or kept from somebody, after its month was counted and before the quarter is.
  const byId = new Map(rows.map((row, nth) => [row.id, nth % 9 === 0 ? Object.assign({}, row, { handedOn: true }) : nth % 11 === 0 ? Object.assign({}, row, { apart: true }) : row]))
  const together = togetherOf(units)
  return quarters.map((quarter) => {
    const closed = monthsOfQuarter(quarter).map((month) => {
      const [from, until] = [startOf(daysOfMonth(month).from) - 31 * dayMs, closingOf(month)]
      const near = rows.filter(({ id, receivedAt }) => receivedAt.getTime() >= from && receivedAt.getTime() < until && !counted.has(id))
      const seen = near.map((row) => Object.assign({}, row, { countedBefore: (row.event !== null && counted.has(row.event)) || rows.some((other) => other.event === row.id && counted.has(other.id)) }))
      const { events, ids } = eventsOfMonth(seen, month)
      for (const id of ids) counted.add(id)
      return { month, events, shown: publishMonth(month, events, together) }
    })
    const events = closed.flatMap((one) => one.events).map((event) => Object.assign({}, event, readersOf(event.reports.flatMap((id) => byId.get(id) ?? []))))
    const { town, schools } = publishQuarter(quarter, events, { months: closed.map(({ shown }) => shown), byId, clocks: defaultClocks, units, posts: new Map(), together })
    return { quarter, closed, events, town, schools }
  })
}

/** How many tellings they do not know: not handed on, and not of a school of theirs. A telling may be of many events; it is one that can be told. */
const unread = (events: readonly ClosedEvent[], own: readonly string[]): number => events.filter(({ known, school }) => !known && !own.includes(school)).length

interface Row { shown: number | null; left: number }
/** How many values each hidden row may have for them: the rows add up to a whole that is shown. */
function narrowed(rows: readonly Row[], whole: number): number[] {
  const rest = whole - rows.reduce((sum, { shown, left }) => sum + (shown === null ? 0 : left), 0)
  const hidden = rows.filter(({ shown }) => shown === null)
  return hidden.length === 0 ? [] : hidden.map(() => (hidden.length === 1 ? 1 : rest + 1))
}

const parts = ['severity', 'place', 'situation', 'grade', 'nearMiss', 'hour'] as const
const codeOf: Record<(typeof parts)[number], (event: ClosedEvent) => string> = {
  severity: ({ severity }) => severity, place: ({ place }) => place, situation: ({ situation }) => situation, grade: ({ grade }) => grade,
  nearMiss: ({ nearMiss }) => (nearMiss ? 'yes' : 'no'), hour: ({ weekday, hour }) => `${weekday}-${hour}`,
}

describe('three hundred towns', () => {
  it('tell nobody of fewer than five: not by subtracting periods, schools, their own school or what they were handed', () => {
    const random = dice(20_231_113)
    const leaks: string[] = []
    let [shownQuarters, hiddenRows, shownWorked, shownShares] = [0, 0, 0, 0]
    for (let nth = 0; nth < 300; nth += 1) {
      const town = makeTown(random)
      const byId = new Map(town.rows.map((row) => [row.id, row]))
      for (const { quarter, closed, events, town: numbers, schools } of close(town)) {
        for (const own of [[], ...town.units.map((unit) => [unit]), ...togetherOf(town.units)]) {
          const few = (n: number, what: string) => { if (n < smallest) leaks.push(`${nth} ${quarter} ${own.join()} ${what}: ${n}`) }
          // A month that is shown leaves five or more that they do not read.
          for (const { month, events: inMonth, shown } of closed) {
            if (shown.events === null) continue
            few(unread(inMonth, own), month)
            const rows = shown.columns.map(({ code, n }): Row => ({ shown: n, left: unread(inMonth.filter(({ column }) => column === code), own) }))
            for (const { shown: n, left } of rows) if (n !== null) few(left, `${month} column`)
            for (const values of narrowed(rows, unread(inMonth, own))) few(values, `${month} column hidden`)
          }
          // The months' columns are told once: a quarter's beside them would tell what one month hides.
          expect(numbers.tables.map(({ table }) => table)).not.toContain('column')
          if (numbers.events === null) {
            // Months that are shown may be added up; then at least one of the others is hidden, and nothing tells the whole.
            expect([numbers.tables, schools.cells.every(({ n }) => n === null)]).toEqual([[], true])
            continue
          }
          shownQuarters += 1
          expect(numbers.events).toBe(closed.reduce((sum, { shown }) => sum + (shown.events ?? Number.NaN), 0))
          const whole = unread(events, own)
          for (const table of parts) {
            const cells = numbers.tables.find((one) => one.table === table)?.cells ?? []
            const rows = cells.map(({ code, n }): Row => ({ shown: n, left: unread(events.filter((event) => codeOf[table](event) === code), own) }))
            for (const [at, { shown, left }] of rows.entries()) if (shown !== null) few(left, `${table} ${cells[at]?.code}`)
            hiddenRows += rows.filter(({ shown }) => shown === null).length
            // From the whole they take what is shown, and of it what they read themselves.
            const rest = whole - rows.reduce((sum, { shown, left }) => sum + (shown === null ? 0 : left), 0)
            for (const values of narrowed(rows, rest + rows.reduce((sum, { shown, left }) => sum + (shown === null ? 0 : left), 0))) few(values, `${table} hidden`)
          }
          // Shares are all of the same whole, so that no difference between two tells of a few.
          const told = events.flatMap((event) => event.reports.flatMap((id) => (byId.has(id) ? [{ event, ros: byId.get(id)?.ros === true }] : [])))
          for (const [name, share] of Object.entries(numbers.followUp)) {
            if (typeof share !== 'object' || share === null || share.yes === null || share.of === null) continue
            shownShares += 1
            expect([name, share.of]).toEqual([name, told.length])
            few(Math.min(share.yes, share.of - share.yes), name)
          }
          if (numbers.followUp.ros.yes !== null) for (const is of [true, false]) few(unread(told.filter(({ ros }) => ros === is).map(({ event }) => event), own), 'ros')
          // Where a measure helped is a part of where it was used, and what is left is where it did not.
          const used = numbers.tables.find((one) => one.table === 'measure')?.cells ?? []
          for (const { code, n } of numbers.tables.find((one) => one.table === 'worked')?.cells ?? []) {
            if (n === null) continue
            expect(used.find((one) => one.code === code)?.n).toBeGreaterThanOrEqual(n)
            const of = events.filter((event) => caseCodes(event, byId, 'measure').includes(code))
            const helped = of.filter((event) => caseCodes(event, byId, 'worked').includes(code))
            few(unread(helped, own), `${code} helped`)
            few(unread(of.filter((event) => !helped.includes(event)), own), `${code} did not help`)
            shownWorked += 1
          }
          const rows = schools.cells.filter(({ code }) => !own.includes(code)).map(({ code, n }): Row => ({ shown: n, left: unread(events.filter(({ unit }) => (unit ?? 'other') === code), own) }))
          for (const [, { shown, left }] of rows.entries()) if (shown !== null) few(left, 'school')
          for (const values of narrowed(rows, rows.reduce((sum, { left }) => sum + left, 0))) few(values, 'schools hidden')
        }
      }
    }
    expect(leaks.slice(0, 5)).toEqual([])
    expect([shownQuarters > 100, hiddenRows > 200, shownWorked > 100, shownShares > 100]).toEqual([true, true, true, true])
  })

  it('count each report in one month only, whatever was linked, late or withdrawn', () => {
    const random = dice(7)
    for (let nth = 0; nth < 60; nth += 1) {
      const town = makeTown(random)
      const ids = close(town).flatMap(({ events }) => events.flatMap(({ reports }) => reports))
      expect(new Set(ids).size).toBe(ids.length)
      const told = new Set(eventsOf(town.rows.map(countedOf)).flatMap(({ reports }) => reports))
      expect(ids.filter((id) => !told.has(id))).toEqual([])
    }
  })
})
