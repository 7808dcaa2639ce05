/** What meetings decided, a school's or the municipality's, and the reports that a school's looked at. Row-level security decides whose. */
import type { UnderlyingCause, MeasureKind, MeasureState, Effect } from '#contract/caseCodes.ts'
import type { Facts } from '#contract/facts.ts'
import type { RosDecision, RosMeeting } from '#contract/statistics.ts'
import type { Sql } from '../database/database.ts'

type SchoolPage = Pick<RosMeeting, 'events' | 'situations' | 'causes' | 'triggers' | 'measures'>
export interface MeetingRow {
  id: string; facts: Facts; receivedAt: Date; withdrawnAt: Date | null; event: string | null
  underlying: UnderlyingCause[] | null; measures: { id: string; kind: MeasureKind; state: MeasureState; effect: Effect | null }[] | null
}

/**
 * Reports of a school that came from `from` to before `until`. Only those that its leaders and its safety representatives both may read: the page is for all of them,
 * and two pages side by side must not tell what one of them may not know.
 */
export const meetingReports = (sql: Sql, unit: string, from: Date, until: Date) => sql.query<MeetingRow>(
  `select r.id, r.facts, r.received_at as "receivedAt", r.withdrawn_at as "withdrawnAt", r.event, c.status->'underlying' as underlying, c.status->'measures' as measures
     from report r join report_case c on c.report = r.id
    where r.unit = $1 and r.received_at >= $2 and r.received_at < $3 and not r.recused and not r.confidential`, [unit, from, until])

/** No unit: the municipality's own meeting. `led` is null when it was hidden. */
export interface DecisionRow { id: string; unit: string | null; content: RosDecision; doneOn: string | null; led: number | null; isWithdrawn: boolean; createdAt: Date }
const columns = `id, unit, content, to_char(done_on, 'YYYY-MM-DD') as "doneOn", led, withdrawn_at is not null as "isWithdrawn", created_at as "createdAt"`
const newest = 'order by met_on desc, created_at desc limit 50'
export const decisionsOf = (sql: Sql, unit: string) => sql.query<DecisionRow>(`select ${columns} from ros_result where unit = $1 and withdrawn_at is null ${newest}`, [unit])
export const townDecisions = (sql: Sql) => sql.query<DecisionRow>(`select ${columns} from ros_result where unit is null and tenant = app.tenant() and withdrawn_at is null ${newest}`, [])
/** Also when it was taken back. */
export async function decisionById(sql: Sql, id: string): Promise<DecisionRow | undefined> {
  const [row] = await sql.query<DecisionRow>(`select ${columns} from ros_result where id = $1`, [id])
  return row
}

/** With the server's eyes: the page of a quarter, where it has been made. */
export async function keptPage(sql: Sql, unit: string, quarter: string): Promise<SchoolPage | undefined> {
  const [row] = await sql.query<{ content: SchoolPage }>('select content from meeting_page where unit = $1 and quarter = $2', [unit, quarter])
  return row?.content
}
/** Whoever is first makes it. */
export const keepPage = (sql: Sql, { unit, quarter, page, now }: { unit: string; quarter: string; page: SchoolPage; now: Date }) => sql.query(
  'insert into meeting_page (tenant, unit, quarter, content, made_at) select tenant, id, $2, $3, $4 from unit where id = $1 on conflict do nothing', [unit, quarter, JSON.stringify(page), now])

/** What a school's meetings decided, each with the reports behind it that the asker may read. */
export const linksOf = (sql: Sql, unit: string) => sql.query<DecisionRow & { reports: string[] }>(
  `select ${columns}, array(select report from ros_report where result = ros_result.id) as reports from ros_result where unit = $1 and withdrawn_at is null ${newest}`, [unit])

/** False when the id is taken by a row that the asker may not see. */
export async function insertDecision(sql: Sql, row: { id: string; unit: string | null; account: string; decision: RosDecision; led: number | null; reports: readonly string[]; doneOn: string | null; now: Date }): Promise<boolean> {
  const made = await sql.query(
    `insert into ros_result (id, tenant, unit, content, quarter, met_on, led, author, created_at, done_on) values ($1, app.tenant(), $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
    [row.id, row.unit, JSON.stringify(row.decision), row.decision.quarter, row.decision.metOn, row.led, row.account, row.now, row.doneOn])
  if (made.length === 0) return false
  if (row.reports.length > 0) await sql.query('insert into ros_report (result, report, tenant) select $1, one, app.tenant() from unnest($2::uuid[]) one', [row.id, [...row.reports]])
  return true
}
/** False when it was taken back in the meantime, or is not the asker's to change. */
export const noteDone = async (sql: Sql, id: string, on: string | null): Promise<boolean> => (await sql.query('update ros_result set done_on = $2 where id = $1 and withdrawn_at is null returning id', [id, on])).length > 0
/** False when somebody else was faster, or it is not the asker's to change. */
export const withdrawDecision = async (sql: Sql, id: string, now: Date): Promise<boolean> => (await sql.query('update ros_result set withdrawn_at = $2 where id = $1 and withdrawn_at is null returning id', [id, now])).length > 0
export async function unitName(sql: Sql, unit: string): Promise<string | undefined> {
  const [row] = await sql.query<{ name: string }>('select name from unit where id = $1', [unit])
  return row?.name
}
