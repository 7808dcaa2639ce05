/**
 * How reports become numbers: the only place that counts, for the phone's own numbers and for the server's. Pure.
 *
 * - A report is one letter; an event is what happened. A collective entry is one report of several events.
 * - Reports that were linked are one event, told by several: it happened as often as the report that says most, when the earliest says.
 * - A withdrawn report counts nowhere, but what it links stays linked. Practice is never a report, and is left out even if it comes.
 * - An event of several types counts once in the whole and once in each of its types, so types do not add up. In Bergen's two columns and wherever else
 *   each event counts once, violence goes before threats, and threats before the rest (domain brief 1.4.1).
 * - When: by the clock on the school's wall. What nobody said is counted as `unsaid`, so that tables add up.
 */
import type { Facts } from './facts.ts'
import { localTime, monthOf, weekOf } from './periods.ts'
import { typesOfTile, type IncidentType, type Tile } from './vocabulary.ts'

/** A report as far as whoever counts may know it. `receivedAt` is in milliseconds, null while it waits on the phone. `event` is another report of the same event. */
export interface Counted {
  id: string
  facts: Pick<Facts, 'occurredAt' | 'tiles' | 'types' | 'severity' | 'count' | 'place' | 'situation' | 'grade' | 'staffRole' | 'loneWork' | 'triggers' | 'repeated' | 'actor'>
  receivedAt: number | null
  withdrawn: boolean
  event: string | null
  practice?: boolean
}

/** The two columns of Bergen's own series, and what is in neither. */
export const columns = ['violence', 'threats', 'neither'] as const
export type Column = (typeof columns)[number]

const columnOfType = (type: IncidentType): Column => (type.startsWith('FYS-') ? 'violence' : /^(?:TRU|TRA|DIG)-/.test(type) ? 'threats' : 'neither')
const columnOfTile: Record<Tile, Column> = { hit: 'violence', bite: 'violence', throw: 'violence', threat: 'threats', damage: 'neither', other: 'neither' }
/** Bergen's column of an event: the gravest of what was said. Types say more than the tile that they narrow. */
export function columnOf(tiles: readonly Tile[], types: readonly IncidentType[]): Column {
  const coarse = tiles.filter((tile) => !typesOfTile[tile].some((type) => types.includes(type)))
  const said = [...types.map(columnOfType), ...coarse.map((tile) => columnOfTile[tile])]
  return columns.find((column) => said.includes(column)) ?? 'neither'
}
/** Nobody was hit or threatened, but could have been: near misses, and attempts that did not reach (domain brief 1.4.1). */
const nearTypes: readonly IncidentType[] = ['NEST', 'FYS-FORSOK']
export const isNearMiss = (types: readonly IncidentType[]): boolean => types.length > 0 && types.every((type) => nearTypes.includes(type))

export const unsaid = 'unsaid'
/** One event, or `times` alike of one day. `reports` are the ids of those that tell of it. */
export interface CountedEvent {
  reports: string[]
  times: number
  /** Milliseconds: when it happened, and when the first report of it came; null when none has been sent. */
  at: number
  receivedAt: number | null
  day: string; hour: number; weekday: number
  column: Column
  nearMiss: boolean
  tiles: readonly Tile[]; types: readonly IncidentType[]; triggers: readonly string[]
  severity: string; place: string; situation: string; grade: string; staffRole: string; loneWork: string; repeated: string
}

const received = ({ receivedAt }: Counted): number => receivedAt ?? Number.POSITIVE_INFINITY
/** A phone whose clock runs ahead has nothing happen after it was told; what says no time happened when it was told. */
const occurred = ({ facts: { occurredAt }, receivedAt }: Counted): number => {
  const said = occurredAt === undefined ? receivedAt ?? 0 : Date.parse(occurredAt)
  return receivedAt === null ? said : Math.min(said, receivedAt)
}

/** Reports in groups that tell of the same event, each with its leader-made links in both directions. */
function together(reports: readonly Counted[]): Counted[][] {
  const root = new Map(reports.map(({ id }) => [id, id]))
  const find = (id: string): string => {
    let at = id
    for (let up = root.get(at); up !== undefined && up !== at; up = root.get(at)) at = up
    return at
  }
  for (const { id, event } of reports) if (event !== null && root.has(event)) root.set(find(id), find(event))
  const groups = new Map<string, Counted[]>()
  for (const report of reports) {
    const key = find(report.id)
    const group = groups.get(key)
    if (group) group.push(report)
    else groups.set(key, [report])
  }
  return [...groups.values()]
}

type Said = Counted['facts']
/** What was said first. */
function firstOf(told: readonly Counted[], say: (facts: Said) => string | boolean | null | undefined): string {
  for (const { facts } of told) {
    const answer = say(facts)
    if (answer !== undefined && answer !== null) return String(answer)
  }
  return unsaid
}
/** What any of them said. */
const allOf = <T>(told: readonly Counted[], say: (facts: Said) => readonly T[] | undefined): readonly T[] => {
  const [one] = told
  return told.length === 1 && one ? say(one.facts) ?? [] : [...new Set(told.flatMap(({ facts }) => say(facts) ?? []))]
}

function eventOf(group: readonly Counted[]): CountedEvent {
  // Whoever told first is believed first; ids grow with time.
  const told = group.length === 1 ? group : group.toSorted((one, other) => received(one) - received(other) || (one.id < other.id ? -1 : 1))
  let [at, came, times, severity] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1, 0]
  for (const one of told) {
    at = Math.min(at, occurred(one))
    came = Math.min(came, received(one))
    times = Math.max(times, one.facts.count ?? 1)
    severity = Math.max(severity, one.facts.severity ?? 0)
  }
  const [tiles, types] = [allOf(told, (said) => said.tiles), allOf(told, (said) => said.types)]
  return {
    reports: told.map(({ id }) => id), times, at, receivedAt: Number.isFinite(came) ? came : null, ...localTime(at),
    column: columnOf(tiles, types), nearMiss: isNearMiss(types), tiles, types, triggers: allOf(told, ({ triggers }) => triggers),
    severity: severity === 0 ? unsaid : String(severity),
    place: firstOf(told, ({ place }) => place), situation: firstOf(told, ({ situation }) => situation), grade: firstOf(told, ({ grade }) => grade), staffRole: firstOf(told, ({ staffRole }) => staffRole),
    loneWork: firstOf(told, ({ loneWork }) => (loneWork === undefined ? undefined : loneWork ? 'yes' : 'no')), repeated: firstOf(told, ({ repeated }) => repeated),
  }
}

/** What happened, each event once. In no order. */
export const eventsOf = (reports: readonly Counted[]): CountedEvent[] =>
  together(reports.filter(({ practice }) => practice !== true)).map((group) => group.filter(({ withdrawn }) => !withdrawn)).filter((group) => group.length > 0).map(eventOf)

/** Those that happened from `from` to before `to` (days at the school). */
export const within = (events: readonly CountedEvent[], { from, to }: { from: string; to: string }): CountedEvent[] => events.filter(({ day }) => day >= from && day < to)

/** How many events, collective entries by their number; and how many reports told of them. */
export const countEvents = (events: readonly CountedEvent[]): number => events.reduce((sum, { times }) => sum + times, 0)
export const countReports = (events: readonly CountedEvent[]): number => events.reduce((sum, { reports }) => sum + reports.length, 0)

/** What a table sorts by. `several`: an event may be in many rows. `hour` is weekday and hour, as `2-10` for Tuesday from ten to eleven. */
export const tableCodes = ['month', 'week', 'hour', 'column', 'tile', 'type', 'trigger', 'severity', 'place', 'situation', 'grade', 'staffRole', 'loneWork', 'nearMiss'] as const
export type TableCode = (typeof tableCodes)[number]
export const severalCodes: readonly TableCode[] = ['tile', 'type', 'trigger']
const orUnsaid = (codes: readonly string[]): readonly string[] => (codes.length === 0 ? [unsaid] : codes)
const rowsOf: Record<TableCode, (event: CountedEvent) => readonly string[]> = {
  month: ({ day }) => [monthOf(day)],
  week: ({ day }) => [weekOf(day)],
  hour: ({ weekday, hour }) => [`${weekday}-${hour}`],
  column: ({ column }) => [column],
  tile: ({ tiles }) => orUnsaid(tiles),
  type: ({ types }) => orUnsaid(types),
  trigger: ({ triggers }) => orUnsaid(triggers),
  severity: ({ severity }) => [severity],
  place: ({ place }) => [place],
  situation: ({ situation }) => [situation],
  grade: ({ grade }) => [grade],
  staffRole: ({ staffRole }) => [staffRole],
  loneWork: ({ loneWork }) => [loneWork],
  nearMiss: ({ nearMiss }) => [nearMiss ? 'yes' : 'no'],
}

/** How many events each row has. Rows with none are missing; months and weeks come in time's order, the others by size, `unsaid` last. */
export function countBy(events: readonly CountedEvent[], table: TableCode): { code: string; n: number }[] {
  const sums = new Map<string, number>()
  for (const event of events) for (const code of rowsOf[table](event)) sums.set(code, (sums.get(code) ?? 0) + event.times)
  const cells = [...sums].map(([code, n]) => ({ code, n }))
  if (table === 'month' || table === 'week') return cells.toSorted((one, other) => (one.code < other.code ? -1 : 1))
  return cells.toSorted((one, other) => Number(one.code === unsaid) - Number(other.code === unsaid) || other.n - one.n || (one.code < other.code ? -1 : 1))
}
/** The rows of a table that an event stands in. */
export const codesIn = (event: CountedEvent, table: TableCode): readonly string[] => rowsOf[table](event)

/** Situations that come back: same situation in the same place, with this many events. The most frequent first. */
export const repeatsFrom = 3
export function repeatedSituations(events: readonly CountedEvent[]): { situation: string; place: string; n: number; grave: number }[] {
  const sums = new Map<string, { situation: string; place: string; n: number; grave: number }>()
  for (const { situation, place, times, severity } of events) {
    if (situation === unsaid) continue
    const key = `${situation}/${place}`
    const before = sums.get(key) ?? { situation, place, n: 0, grave: 0 }
    sums.set(key, { ...before, n: before.n + times, grave: before.grave + (severity === '3' ? times : 0) })
  }
  return [...sums.values()].filter(({ n }) => n >= repeatsFrom).toSorted((one, other) => other.n - one.n || (one.situation < other.situation ? -1 : 1))
}
/** The middle of a list; of an even number the mean of the two. Undefined for none. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((one, other) => one - other)
  const half = sorted.length >> 1
  const [low, high] = [sorted[sorted.length % 2 === 1 ? half : half - 1], sorted[half]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
/** Reported more than this many days after it happened. */
export const lateDays = 7
export const lateOf = (events: readonly CountedEvent[]): number => countEvents(events.filter(({ at, receivedAt }) => receivedAt !== null && receivedAt - at > lateDays * 86_400_000))
