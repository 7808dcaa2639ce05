/** What numbers are counted from, and what was published of them. */
import type { MeasureKind, UnderlyingCause } from '#contract/caseCodes.ts'
import type { Facts } from '#contract/facts.ts'
import type { MonthNumbers, QuarterNumbers, ShownSchools } from '#contract/statistics.ts'
import { startOf } from '#contract/periods.ts'
import { daysAfter } from '#contract/workdays.ts'
import type { Sql } from '../database/database.ts'

/** A report with what its school did, in codes and times: causes found, measures that were not dropped, those of them that helped, and whether the risk assessment was updated after it, null while nobody has said. */
export interface StatisticsRow {
  id: string; unit: string; facts: Facts; receivedAt: Date; withdrawnAt: Date | null; event: string | null
  contactedAt: Date | null; answeredAt: Date | null; closedAt: Date | null; level: number | null
  found: UnderlyingCause[] | null; did: MeasureKind[] | null; helped: MeasureKind[] | null; ros: boolean | null
}
/** The same with what decides who may know of it one by one: handed on to the municipality, or kept from a school's leader or safety representative. `countedBefore`: another telling of it was counted. */
export interface TownRow extends StatisticsRow { handedOn: boolean; apart: boolean; countedBefore: boolean }

/** Times as seconds: to write them as text and read them again is a fifth of what a large school's numbers cost. */
const moment = (column: string, name: string) => `extract(epoch from ${column})::float8 as "${name}"`
const columns = `r.id, r.unit, r.facts, ${moment('r.received_at', 'receivedAt')}, ${moment('r.withdrawn_at', 'withdrawnAt')}, r.event, ${moment('c.contacted_at', 'contactedAt')}, ${moment('c.answered_at', 'answeredAt')},
  ${moment('c.closed_at', 'closedAt')}, c.level, c.found, c.did, c.helped, c.ros`
const times = ['receivedAt', 'withdrawnAt', 'contactedAt', 'answeredAt', 'closedAt'] as const
type InSeconds<T> = { [K in keyof T]: T[K] extends Date ? number : T[K] extends Date | null ? number | null : T[K] }
const dated = <T extends StatisticsRow>(rows: readonly InSeconds<T>[]): T[] => rows.map((row) => {
  const dates: Record<string, unknown> = row
  for (const name of times) if (dates[name] !== null) dates[name] = new Date(Math.round((dates[name] as number) * 1_000))
  return dates as unknown as T
})

/**
 * Reports of one school that the asker may read, which came from this moment on; but for those that came and say that it happened after `to` (a day), and tell of nothing that another tells
 * of: they cannot be of an event before it.
 */
export const schoolReports = async (sql: Sql, unit: string, from: Date, to: string) => dated<StatisticsRow>(await sql.query(
  `select ${columns} from report r join report_case c on c.report = r.id where r.unit = $1 and r.received_at >= $2
     and not (r.received_at >= $3 and coalesce(r.facts->>'occurredAt', '9') >= $4 and r.event is null and not exists (select from report o where o.event = r.id))`,
  // A day more: what is written as a day may be another one at the school.
  [unit, from, new Date(startOf(daysAfter(to, 1))), daysAfter(to, 1)]))

const readers = `r.escalated_at is not null as "handedOn", r.recused or r.confidential as apart`
/** With the server's eyes: reports of a municipality that came from one moment to before another, and were not counted yet. */
export const uncountedReports = async (sql: Sql, tenant: string, from: Date, until: Date) => dated<TownRow>(await sql.query(
  // A scalar subquery: `exists` may be answered by reading the whole table once.
  `select ${columns}, ${readers}, coalesce((select true from counted o where o.report = r.event), false) or coalesce((select true from report o join counted n on n.report = o.id where o.event = r.id limit 1), false) as "countedBefore"
     from report r join report_case c on c.report = r.id left join counted k on k.report = r.id where r.tenant = $1 and r.received_at >= $2 and r.received_at < $3 and k.report is null`, [tenant, from, until]))
export const noteCounted = (sql: Sql, tenant: string, month: string, ids: readonly string[]) =>
  sql.query('insert into counted (report, tenant, month) select id, $1, $2 from unnest($3::uuid[]) id on conflict do nothing', [tenant, month, [...ids]])

/** With the server's eyes: when the first report of a municipality came. */
export async function firstReceived(sql: Sql, tenant: string): Promise<Date | undefined> {
  const [row] = await sql.query<{ first: Date }>('select received_at as first from report where tenant = $1 order by received_at limit 1', [tenant])
  return row?.first
}

interface Contents { month: MonthNumbers; quarter: QuarterNumbers; schools: ShownSchools }
/** What was published, the newest first. Row-level security decides whose, and of which kinds. */
export const published = async <K extends keyof Contents>(sql: Sql, kind: K, limit: number): Promise<Contents[K][]> =>
  (await sql.query<{ content: Contents[K] }>('select content from publication where tenant = app.tenant() and kind = $1 order by period desc limit $2', [kind, limit])).map(({ content }) => content)
export async function publishedQuarters(sql: Sql, quarters: readonly string[]): Promise<Map<string, QuarterNumbers>> {
  const rows = await sql.query<{ content: QuarterNumbers }>("select content from publication where tenant = app.tenant() and kind = 'quarter' and period = any($1::text[])", [[...quarters]])
  return new Map(rows.map(({ content }) => [content.quarter, content]))
}
export const quarterNames = async (sql: Sql): Promise<string[]> =>
  (await sql.query<{ period: string }>("select period from publication where tenant = app.tenant() and kind = 'quarter' order by period desc limit 40")).map(({ period }) => period)

/** With the server's eyes: the periods of a municipality that are closed already. */
export const closedOf = async (sql: Sql, tenant: string, kind: keyof Contents): Promise<Set<string>> =>
  new Set((await sql.query<{ period: string }>('select period from publication where tenant = $1 and kind = $2', [tenant, kind])).map(({ period }) => period))
/** A closed period is never written again. */
export const keepPublished = <K extends keyof Contents>(sql: Sql, tenant: string, kind: K, period: string, content: Contents[K]) => sql.query(
  'insert into publication (tenant, kind, period, content, closed_at) values ($1, $2, $3, $4, $5) on conflict do nothing', [tenant, kind, period, JSON.stringify(content), content.closedAt])
export const publishedMonths = async (sql: Sql, tenant: string, months: readonly string[]): Promise<MonthNumbers[]> =>
  (await sql.query<{ content: MonthNumbers }>("select content from publication where tenant = $1 and kind = 'month' and period = any($2::text[]) order by period", [tenant, [...months]])).map(({ content }) => content)

export interface UnitTraining { unit: string; name: string; trained: string | null; practised: string | null; posts: number | null; pupils: number | null }
/** Each school with the last day of training and of practice since a day, and the mean of its figures in these school years, each of which may be there several times. */
export const schoolsWithTraining = (sql: Sql, since: string, years: readonly number[]) => sql.query<UnitTraining>(
  `with figure as (select f.unit, avg(f.posts)::float8 as posts, avg(f.pupils)::float8 as pupils from unnest($2::int[]) y join unit_figure f on f.year = y where f.tenant = app.tenant() group by f.unit)
   select u.id as unit, u.name, f.posts, f.pupils,
     to_char(max(t.held_on) filter (where t.form = 'training'), 'YYYY-MM-DD') as trained, to_char(max(t.held_on) filter (where t.form = 'practice'), 'YYYY-MM-DD') as practised
     from unit u left join figure f on f.unit = u.id
     left join training t on t.unit = u.id and t.what = 'log' and t.removed_at is null and t.held_on >= $1::date
    where u.tenant = app.tenant() group by u.id, u.name, f.posts, f.pupils order by u.name`, [since, [...years]])

/** With the server's eyes: what a month was made of, until its quarter closes. */
export const keepClosedEvents = (sql: Sql, tenant: string, month: string, events: readonly unknown[]) =>
  sql.query('insert into closed_month (tenant, month, events) values ($1, $2, $3) on conflict do nothing', [tenant, month, JSON.stringify(events)])
export const closedEventsOf = async (sql: Sql, tenant: string, months: readonly string[]): Promise<unknown[]> =>
  (await sql.query<{ events: unknown[] }>('select events from closed_month where tenant = $1 and month = any($2::text[]) order by month', [tenant, [...months]])).flatMap(({ events }) => events)
export const dropClosedEvents = (sql: Sql, tenant: string, months: readonly string[]) => sql.query('delete from closed_month where tenant = $1 and month = any($2::text[])', [tenant, [...months]])
/** With the server's eyes: what became of these reports. */
export const reportsByIds = async (sql: Sql, tenant: string, ids: readonly string[]) => dated<TownRow>(await sql.query(
  `select ${columns}, ${readers}, true as "countedBefore" from report r join report_case c on c.report = r.id where r.id = any($2::uuid[]) and r.tenant = $1`, [tenant, [...ids]]))
export const unitsOf = async (sql: Sql, tenant: string): Promise<string[]> => (await sql.query<{ id: string }>('select id from unit where tenant = $1 order by id', [tenant])).map(({ id }) => id)
/** With the server's eyes: the schools of each who leads or represents several. */
export const schoolsTogether = async (sql: Sql, tenant: string): Promise<string[][]> => (await sql.query<{ units: string[] }>(
  `select distinct array_agg(distinct unit order by unit)::text[] as units from role_grant where tenant = $1 and unit is not null and (to_at is null or to_at > now()) and role in ('leder', 'verneombud') group by account having count(distinct unit) > 1`, [tenant])).map(({ units }) => units)
/** With the server's eyes: posts of schools in a school year. */
export const postsOf = async (sql: Sql, tenant: string, year: number): Promise<Map<string, number>> =>
  new Map((await sql.query<{ unit: string; posts: number }>('select unit, posts::float8 as posts from unit_figure where tenant = $1 and year = $2 and posts > 0', [tenant, year])).map(({ unit, posts }) => [unit, posts]))
