/** Every row that a published table has, also those with none: a row that is missing would tell that it is empty, and a hidden one then that it is not. */
import { measureKinds, underlyingCauses } from '#contract/caseCodes.ts'
import { columns, unsaid } from '#contract/counting.ts'
import type { TableName } from '#contract/statistics.ts'
import { grades, incidentTypes, places, severities, situations, staffRoles, tiles, triggers } from '#contract/vocabulary.ts'

const weekdays = [1, 2, 3, 4, 5, 6, 7]
const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** The tables that are published, with all their rows. */
export const universe: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  column: columns,
  tile: [...tiles, unsaid],
  type: [...incidentTypes, unsaid],
  severity: [...severities.map(String), unsaid],
  place: [...places, unsaid],
  situation: [...situations, unsaid],
  trigger: [...triggers, unsaid],
  grade: [...grades, unsaid],
  staffRole: [...staffRoles, unsaid],
  loneWork: ['yes', 'no', unsaid],
  nearMiss: ['yes', 'no'],
  hour: weekdays.flatMap((weekday) => hours.map((hour) => `${weekday}-${hour}`)),
  cause: underlyingCauses,
  measure: measureKinds,
}

/** Those of a quarter. Bergen's columns are the months' own: what is shown of a quarter and of two of its months would tell what the third hides. */
export const quarterTables = (Object.keys(universe) as TableName[]).filter((table) => table !== 'column')

/** The counted rows and all the others with none. */
export function withEmpty<T extends { code: string; n: number }>(cells: readonly T[], table: TableName): (T | { code: string; n: number })[] {
  const known = new Map(cells.map((cell) => [cell.code, cell]))
  return [...cells, ...(universe[table] ?? []).filter((code) => !known.has(code)).map((code) => ({ code, n: 0 }))]
}
