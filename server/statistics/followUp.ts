/** How reports were followed up: what the school did, in codes and times. Pure. No health: what was done for somebody's body is nobody's number. */
import type { Clocks } from '#contract/caseClocks.ts'
import { median, type CountedEvent } from '#contract/counting.ts'
import type { CaseTable, FollowUp, Table } from '#contract/statistics.ts'
import { localTime } from '#contract/periods.ts'
import { daysAfter, endOf, remembered } from '#contract/workdays.ts'
import type { StatisticsRow } from '../queries/statistics.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]
/** The middle: what nobody has judged is treated so (contract/caseClocks.ts). */
const middle = 2
const tenth = (n: number | undefined): number | null => (n === undefined ? null : Math.round(n * 10) / 10)

const dueAfter = remembered((days: number) => remembered((day: string) => endOf(daysAfter(day, days))))
/** By the municipality's own norm for closing; undefined while it may still be in time. */
export function isClosedOnTime({ receivedAt, closedAt, level, facts }: StatisticsRow, clocks: Clocks, now: number): boolean | undefined {
  const days = clocks.close[(level ?? facts.severity ?? middle) - 1] ?? clocks.close[1]
  const due = dueAfter(days)(localTime(receivedAt.getTime()).day)
  if (closedAt !== null) return closedAt.getTime() <= due
  return due < now ? false : undefined
}
const share = (answers: readonly (boolean | undefined)[]) => ({ yes: answers.filter((one) => one === true).length, of: answers.filter((one) => one !== undefined).length })

/** Of these reports, none withdrawn. Negative times are a phone's clock and count as none. */
export function followUpOf(rows: readonly StatisticsRow[], clocks: Clocks, now: number): FollowUp {
  const since = (pick: (row: StatisticsRow) => Date | null, ms: number) => rows.flatMap((row) => {
    const at = pick(row)
    return at === null ? [] : [Math.max(0, at.getTime() - row.receivedAt.getTime()) / ms]
  })
  return {
    contactHours: tenth(median(since(({ contactedAt }) => contactedAt, hourMs))), answerDays: tenth(median(since(({ answeredAt }) => answeredAt, dayMs))),
    contacted: share(rows.map(({ contactedAt }) => contactedAt !== null)), answered: share(rows.map(({ answeredAt }) => answeredAt !== null)),
    onTime: share(rows.map((row) => isClosedOnTime(row, clocks, now))), ros: share(rows.map(({ ros }) => ros ?? undefined)),
  }
}

const columnOf = { cause: 'found', measure: 'did', worked: 'helped' } as const
const codesOf = (row: StatisticsRow | undefined, table: CaseTable): readonly string[] => row?.[columnOf[table]] ?? []
/** The codes that the cases of an event say, each once. */
export function caseCodes({ reports }: CountedEvent, rows: ReadonlyMap<string, StatisticsRow>, table: CaseTable): readonly string[] {
  const codes = reports.length === 1 ? codesOf(rows.get(reports[0] ?? ''), table) : reports.flatMap((id) => codesOf(rows.get(id), table))
  return codes.length < 2 ? codes : [...new Set(codes)]
}
/** Events by underlying cause, by measure, or by measure that helped: those whose case says one. */
export function countCases(events: readonly CountedEvent[], rows: ReadonlyMap<string, StatisticsRow>, table: CaseTable): Table['cells'] {
  const sums = new Map<string, number>()
  for (const event of events) for (const code of caseCodes(event, rows, table)) sums.set(code, (sums.get(code) ?? 0) + event.times)
  return [...sums].map(([code, n]) => ({ code, n })).toSorted((one, other) => other.n - one.n || (one.code < other.code ? -1 : 1))
}
