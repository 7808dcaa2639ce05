/** What the clock looks for and writes, with the server's own eyes. */
import type { CaseStatus } from '#contract/caseStatus.ts'
import type { Facts } from '#contract/facts.ts'
import type { Settings } from '#contract/settings.ts'
import type { Sql } from '../database/database.ts'
import { wholeSettings } from './settings.ts'

/** One clock at a time, whatever the number of servers. False when another is at it; else it holds until the end of the transaction. */
export async function takeClock(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ mine: boolean }>('select pg_try_advisory_xact_lock(8703) as mine')
  return row?.mine ?? false
}

/** The municipalities here with what they have decided. */
export async function townsWithSettings(sql: Sql): Promise<{ tenant: string; settings: Settings }[]> {
  const rows = await sql.query<{ tenant: string; settings: Partial<Settings> | null }>('select t.id as tenant, s.content as settings from tenant t left join setting s on s.tenant = t.id')
  return rows.map(({ tenant, settings }) => ({ tenant, settings: wholeSettings(settings) }))
}

/** Cases whose time has run out and was not told yet: to the school, and to the municipality that has it. Their rows are held before the counter is; what somebody else holds is the next round's. */
export const newlyOverdue = (sql: Sql, tenant: string, now: Date, limit: number) => sql.query<{ report: string; forSchool: boolean; forTown: boolean }>(
  `select c.report, coalesce(c.told_due_at < c.due_at, true) as "forSchool", r.escalated_at is not null and c.open_due_at < $2 and coalesce(c.told_due_at < c.open_due_at, true) as "forTown"
     from report_case c join report r on r.id = c.report
    where c.tenant = $1 and c.due_at < $2 and (c.told_due_at is null or c.told_due_at < c.due_at or (r.escalated_at is not null and c.open_due_at < $2 and c.told_due_at < c.open_due_at))
    order by c.due_at limit $3 for no key update of c, r skip locked`, [tenant, now, limit])
export const noteTold = (sql: Sql, reports: string[], now: Date) => sql.query('update report_case set told_due_at = $2 where report = any($1::uuid[])', [reports, now])

export interface LongOverdue { report: string; unit: string; status: CaseStatus | null; acts: number; receivedAt: Date; openedAt: Date | null; withdrawnAt: Date | null; facts: Facts; grave: boolean; safetyRepKnows: boolean }
/** Cases that everybody can tell to have been overdue since before this moment, and that nobody has handed on. Locked: an act that comes now waits. */
export const longOverdue = (sql: Sql, tenant: string, since: Date, limit: number) => sql.query<LongOverdue>(
  `select c.report, c.unit, c.status, c.acts, r.received_at as "receivedAt", r.opened_at as "openedAt", r.withdrawn_at as "withdrawnAt", r.facts, r.grave,
          not r.confidential and r.unit = any ((select app.guarded_units())::uuid[]) as "safetyRepKnows"
     from report_case c join report r on r.id = c.report
    where c.tenant = $1 and c.due_at < $2 and c.open_due_at < $2 and c.state <> 'closed' and r.escalated_at is null and r.withdrawn_at is null order by c.due_at limit $3 for no key update of c, r skip locked`, [tenant, since, limit])

export const insertClockEvent = (sql: Sql, { report, tenant, unit, nth, now }: { report: string; tenant: string; unit: string; nth: number; now: Date }) => sql.query(
  `insert into case_event (id, report, tenant, unit, part, what, nth, seen, at, received_at) values (gen_random_uuid(), $1, $2, $3, 'clock', 'escalate', $4, $4 - 1, $5, $5)`, [report, tenant, unit, nth, now])

/** Who is told of a pattern, each of what they may know. */
export const patternAudiences = ['handlers', 'guardians', 'overseers'] as const
export type PatternAudience = (typeof patternAudiences)[number]
/** Schools where grave things that these people may know of came close together, with the newest of them; not those that they were told of lately. */
export const newPatterns = (sql: Sql, tenant: string, since: Date, rule: { level2: number; level3: number }, to: PatternAudience) => sql.query<{ unit: string; report: string }>(
  `select r.unit, (array_agg(r.id order by r.received_at desc))[1] as report
     from report r join report_case c on c.report = r.id
    where r.tenant = $1 and r.received_at >= $2 and r.withdrawn_at is null and not exists (select from pattern_told p where p.unit = r.unit and p.told = $5 and p.at >= $2)
      and case $5 when 'handlers' then not r.recused when 'guardians' then not r.confidential else true end
    group by r.unit
   having count(*) filter (where app.open_level(c.status, r.facts) = 2) >= $3
       or count(*) filter (where app.open_level(c.status, r.facts) = 3) >= $4`, [tenant, since, rule.level2, rule.level3, to])
/** Those of these reports that nobody else holds now. */
export async function holdReports(sql: Sql, reports: string[]): Promise<string[]> {
  return (await sql.query<{ id: string }>('select id from report where id = any($1::uuid[]) for no key update skip locked', [reports])).map(({ id }) => id)
}
export const notePattern = (sql: Sql, tenant: string, unit: string, to: PatternAudience, now: Date) =>
  sql.query('insert into pattern_told (unit, told, tenant, at) values ($2, $3, $1, $4) on conflict (unit, told) do update set at = excluded.at', [tenant, unit, to, now])

/** As `closeWork`, for the clock. Gives the first of the numbers. */
export async function closeClockWork(sql: Sql, tenant: string, entries: { action: string; object: string }[], changes: number): Promise<number> {
  const [row] = await sql.query<{ first: number }>('select app.close_clock_work($1, $2::jsonb, $3) as first', [tenant, JSON.stringify(entries), changes])
  if (!row) throw new Error('The clock’s work was not closed')
  return row.first
}
export const numberReport = (sql: Sql, report: string, seq: number) => sql.query('update report set seq = $2 where id = $1', [report, seq])
