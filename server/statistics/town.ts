/** The municipality's page, put together from what was published. Pure: it reads no report. */
import { quarterYearBefore } from '#contract/periods.ts'
import type { QuarterNumbers, SchoolRow, ShownSchools, TownNumbers } from '#contract/statistics.ts'
import { dayAt } from '#contract/workdays.ts'
import type { UnitTraining } from '../queries/statistics.ts'

/** How many closed quarters trouble is looked for in, and in how many of them it lasts. */
export const lastQuarters = 4
const lasting = 3

const rate = (n: number | null, of: number | null, per: number): number | null => (n === null || of === null || of <= 0 ? null : Math.round((n / of) * per * 10) / 10)
const sumOf = (list: readonly (number | null)[]): number | null => (list.every((n) => n === null) ? null : list.reduce<number>((sum, n) => sum + (n ?? 0), 0))

/** A school through those quarters, the oldest first. Its sum is of the shown ones. */
function schoolRow(school: UnitTraining, quarters: readonly ReadonlyMap<string, ShownSchools['cells'][number]>[]): SchoolRow {
  const cells = quarters.map((quarter) => quarter.get(school.unit))
  const list = cells.map((cell) => cell?.n ?? null)
  const sum = sumOf(list)
  return {
    unit: school.unit, name: school.name, quarters: list, sum, atLeast: sum !== null && list.includes(null),
    // Judged on the true numbers when the quarter closed, so that one that is hidden counts too.
    needs: cells.filter((cell) => cell?.much === true).length >= lasting,
    perPosts: rate(sum, school.posts, 100), perPupils: rate(sum, school.pupils, 1000), trained: school.trained, practised: school.practised,
  }
}

interface Ground { now: Date; months: TownNumbers['months']; names: readonly string[]; asked: string | undefined; found: ReadonlyMap<string, QuarterNumbers>; schools: readonly ShownSchools[]; units: readonly UnitTraining[] }
/** `schools` are the last quarters', the newest first; so are `months` and `names`. */
export function townNumbers({ now, months, names, asked, found, schools, units }: Ground): TownNumbers {
  const shown = asked ?? names[0]
  const inOrder = schools.toReversed()
  const bySchool = inOrder.map(({ cells }) => new Map(cells.map((cell) => [cell.code, cell])))
  const rows = units.map((school) => schoolRow(school, bySchool))
  const events = inOrder.map(({ quarter }) => found.get(quarter)?.events ?? null)
  const total = sumOf(events)
  const all = (pick: (school: UnitTraining) => number | null) => sumOf(units.map(pick))
  return {
    asOf: now.toISOString(), months: months.toReversed(), quarters: [...names], quarter: (shown === undefined ? undefined : found.get(shown)) ?? null, before: (shown === undefined ? undefined : found.get(quarterYearBefore(shown))) ?? null,
    schools: units.length, needing: rows.filter(({ needs }) => needs), lastQuarters: inOrder.map(({ quarter }) => quarter),
    // A rate of the whole is only right when every school's figure is there.
    perPosts: units.some(({ posts }) => posts === null) ? null : rate(total, all(({ posts }) => posts), 100),
    perPupils: units.some(({ pupils }) => pupils === null) ? null : rate(total, all(({ pupils }) => pupils), 1000),
    ratesAtLeast: events.includes(null),
    coverage: { trained: units.filter(({ trained }) => trained !== null).length, practised: units.filter(({ practised }) => practised !== null).length, of: units.length, without: units.filter(({ trained, practised }) => trained === null || practised === null).map(({ name }) => name) },
  }
}
/** A year before this day, for what counts as lately trained. */
export const yearBefore = (now: Date): string => dayAt(now.getTime() - 365 * 86_400_000)
