/** Reads the table of units, people and roles that a municipality brings from its own system. Pure: says of each row what is wrong with it, and changes nothing. */
import { parse } from 'csv-parse/sync'
import { importLimits, longestGrant, type ImportFault } from '#contract/adminCodes.ts'
import { roles, type Role } from '#contract/vocabulary.ts'

export interface TableRow { row: number; unit: string | null; subject: string; name: string; role: Role; from: string; to: string }
export interface BadRow { row: number; fault: ImportFault; value: string }

const columns = ['unit', 'subject', 'name', 'role', 'from', 'to'] as const
type Cells = Record<(typeof columns)[number], string>
const day = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const isDay = (text: string) => day.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
/** These look after the whole municipality when no school stands beside them; the others always have a school. */
const wide: readonly string[] = ['hms', 'eier-admin', 'drift']
const dayMs = 86_400_000

function faultOf(cells: Cells): [ImportFault, string] | undefined {
  const { unit, subject, name, role, from, to } = cells
  if (subject === '' || subject.length > 200 || /[\s@]/.test(subject)) return ['subject', subject]
  if (name === '' || name.length > 120) return ['name', name]
  if (!(roles as readonly string[]).includes(role)) return ['role', role]
  if (unit.length > 120) return ['unit', unit]
  if (unit === '' && !wide.includes(role)) return ['unit-needed', role]
  if (unit !== '' && (role === 'eier-admin' || role === 'drift')) return ['unit-not-for-role', role]
  if (!isDay(from)) return ['from', from]
  if (!isDay(to) || to < from) return ['to', to]
  return (Date.parse(to) - Date.parse(from)) / dayMs > longestGrant ? ['too-long', to] : undefined
}

/** Semicolon or comma, with or without a mark at the start, quotes or CRLF. The heading names the columns in any order. */
export function readTable(text: string): { rows: TableRow[]; bad: BadRow[] } {
  let cells: Cells[]
  try {
    const heading = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
    const delimiter = heading.includes(';') ? ';' : ','
    const names = heading.split(delimiter).map((name) => name.trim().replaceAll('"', '').toLowerCase())
    if (columns.some((column) => !names.includes(column))) return { rows: [], bad: [{ row: 1, fault: 'columns', value: columns.filter((column) => !names.includes(column)).join(', ') }] }
    cells = parse(text, { bom: true, columns: (head: string[]) => head.map((name) => name.trim().toLowerCase()), delimiter, skip_empty_lines: true, trim: true, to: importLimits.rows + 1 })
  } catch (cause) {
    // A quote that never ends, a row that is too long: said with the line where the reader gave up.
    if (!(cause instanceof Error) || !('lines' in cause)) throw cause
    return { rows: [], bad: [{ row: Number(cause.lines) || 1, fault: 'table', value: '' }] }
  }
  if (cells.length > importLimits.rows) return { rows: [], bad: [{ row: importLimits.rows + 2, fault: 'too-many', value: String(importLimits.rows) }] }
  const rows: TableRow[] = []
  const bad: BadRow[] = []
  const seen = new Set<string>()
  for (const [nth, each] of cells.entries()) {
    const row = nth + 2
    const key = [each.unit, each.subject, each.role].join('\n')
    const fault: [ImportFault, string] | undefined = faultOf(each) ?? (seen.has(key) ? ['twice', each.subject] : undefined)
    seen.add(key)
    if (fault) bad.push({ row, fault: fault[0], value: fault[1].slice(0, 80) })
    else rows.push({ row, unit: each.unit === '' ? null : each.unit, subject: each.subject, name: each.name, role: each.role as Role, from: each.from, to: each.to })
  }
  return { rows, bad }
}
