/** What was published, as one flat table for a BI tool: a row per number, hidden ones with a value of null. */
import type { Static } from 'typebox'
import type { BiRow, MonthNumbers, QuarterNumbers, ShownSchools } from '#contract/statistics.ts'
import type { Published } from '../queries/bi.ts'

type Row = Static<typeof BiRow>
type Value = number | null

const shares = ['contacted', 'answered', 'onTime', 'ros'] as const

function ofMonth(period: string, { events, reports, columns }: MonthNumbers): Row[] {
  const total = (table: string, value: Value): Row => ({ period, table, code: 'all', value })
  return [total('events', events), total('reports', reports), ...columns.map(({ code, n }) => ({ period, table: 'column', code, value: n }))]
}

function ofQuarter(period: string, { events, tables, followUp }: QuarterNumbers): Row[] {
  return [
    { period, table: 'events', code: 'all', value: events },
    ...tables.flatMap(({ table, cells }) => cells.map(({ code, n }) => ({ period, table, code, value: n }))),
    ...shares.flatMap((table) => [{ period, table, code: 'yes', value: followUp[table].yes }, { period, table, code: 'of', value: followUp[table].of }]),
    { period, table: 'contactHours', code: 'median', value: followUp.contactHours },
    { period, table: 'answerDays', code: 'median', value: followUp.answerDays },
  ]
}

const ofSchools = (period: string, { cells }: ShownSchools, names: ReadonlyMap<string, string>): Row[] =>
  cells.map(({ code, n }) => ({ period, table: 'school', code: names.get(code) ?? code, value: n }))

/** Two schools of one name are told apart by the beginning of their ids. */
function apart(names: ReadonlyMap<string, string>): Map<string, string> {
  const times = new Map<string, number>()
  for (const name of names.values()) times.set(name, (times.get(name) ?? 0) + 1)
  return new Map([...names].map(([id, name]) => [id, (times.get(name) ?? 0) > 1 ? `${name} (${id.slice(0, 8)})` : name]))
}

/** All rows, in the order in which the periods come. `names` are the schools' own. */
export function flatRows(published: readonly Published[], names: ReadonlyMap<string, string>): Row[] {
  const labels = apart(names)
  return published.flatMap(({ kind, period, content }) => {
    if (kind === 'month') return ofMonth(period, content as MonthNumbers)
    return kind === 'quarter' ? ofQuarter(period, content as QuarterNumbers) : ofSchools(period, content as ShownSchools, labels)
  })
}
