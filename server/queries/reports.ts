/** Reports: what the letters of one incident add up to, as codes and times. */
import type { CaseStatus } from '#contract/caseStatus.ts'
import type { Facts } from '#contract/facts.ts'
import type { Sql } from '../database/database.ts'

export interface ReportRow {
  id: string; unit: string; unitName: string; reporter: string; reporterName: Buffer; seq: number; facts: Facts; letters: number
  receivedAt: Date; openedAt: Date | null; openedByRole: string | null; withdrawnAt: Date | null; confirmed: boolean; grave: boolean
  recused: boolean; recusedAccounts: string[]; escalatedAt: Date | null; confidential: boolean
  /** What the acts in its case add up to; null when there was none since cases have acts. */
  status: CaseStatus | null; acts: number; safetyRepKnows: boolean
}

const columns = `r.id, r.unit, u.name as "unitName", r.reporter, r.reporter_name as "reporterName", r.seq, r.facts, r.letters, r.received_at as "receivedAt",
  r.opened_at as "openedAt", r.opened_by_role as "openedByRole", r.withdrawn_at as "withdrawnAt", r.confirmed, r.grave,
  r.recused, r.recused_accounts::text[] as "recusedAccounts", r.escalated_at as "escalatedAt", r.confidential, c.status, c.acts,
  not r.confidential and r.unit = any ((select app.guarded_units())::uuid[]) as "safetyRepKnows"`
const tables = 'report r join unit u on u.id = r.unit join report_case c on c.report = r.id'

export const insertReport = (sql: Sql, report: { id: string; tenant: string; unit: string; reporter: string; reporterName: Buffer; now: Date; confirmed: boolean; facts: Facts; aboutLeader: boolean }) => sql.query(
  `insert into report (id, tenant, unit, reporter, reporter_name, received_at, confirmed, facts, letters, recused, escalated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, case when $9 then $6::timestamptz end) on conflict do nothing returning id`,
  [report.id, report.tenant, report.unit, report.reporter, report.reporterName, report.now, report.confirmed, JSON.stringify(report.facts), report.aboutLeader])

export const insertReportKey = (sql: Sql, key: { report: string; tenant: string; wrapped: Buffer }) =>
  sql.query("insert into report_key (report, tenant, kek, wrapped) values ($1, $2, 'master', $3)", [key.report, key.tenant, key.wrapped])

/** The wrapped key of a report that the asker may see; undefined when there is none for them. */
export async function wrappedKey(sql: Sql, report: string): Promise<Buffer | undefined> {
  const [row] = await sql.query<{ wrapped: Buffer }>('select wrapped from report_key where report = $1', [report])
  return row?.wrapped
}

/** The same for several, by report. */
export async function wrappedKeys(sql: Sql, reports: string[]): Promise<Map<string, Buffer>> {
  const rows = await sql.query<{ report: string; wrapped: Buffer }>('select report, wrapped from report_key where report = any($1::uuid[])', [reports])
  return new Map(rows.map(({ report, wrapped }) => [report, wrapped]))
}

/** Lets a supplement count: what was written later wins, field by field, whatever came first. `order` is the supplement's place among its author's letters. */
export const addFacts = (sql: Sql, report: string, { facts, order, confirmed }: { facts: Facts; order: string; confirmed: boolean }) => sql.query(
  `update report set letters = letters + 1, confirmed = confirmed and $4,
     facts = facts || (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each($2::jsonb) where coalesce((said_by->>key)::uuid <= $3::uuid, true)),
     said_by = said_by || (select coalesce(jsonb_object_agg(key, $3::uuid), '{}') from jsonb_each($2::jsonb) where coalesce((said_by->>key)::uuid <= $3::uuid, true))
   where id = $1`, [report, JSON.stringify(facts), order, confirmed])

export const noteWithdrawn = (sql: Sql, report: string, now: Date, confirmed: boolean) =>
  sql.query('update report set withdrawn_at = coalesce(withdrawn_at, $2), letters = letters + 1, confirmed = confirmed and $3 where id = $1', [report, now, confirmed])

/** The first who opened it, or did something in it, stays the one. */
export const noteOpened = (sql: Sql, report: string, opened: { by: string; at: Date; role: string }) => sql.query(
  'update report set opened_at = coalesce(opened_at, $3), opened_by = coalesce(opened_by, $2), opened_by_role = coalesce(opened_by_role, $4), letters = letters + 1 where id = $1', [report, opened.by, opened.at, opened.role])

/** An act of the reporter or the safety representative. The latter may not change the report, so nothing happens for them: the case counts its acts itself. */
export const countCaseLetter = (sql: Sql, report: string) => sql.query('update report set letters = letters + 1 where id = $1', [report])

export const giveNumber = (sql: Sql, report: string, seq: number) => sql.query('update report set seq = $2 where id = $1', [report, seq])

/** One report that the asker may see; undefined when there is none for them. */
export async function reportById(sql: Sql, id: string): Promise<ReportRow | undefined> {
  const [row] = await sql.query<ReportRow>(`select ${columns} from ${tables} where r.id = $1`, [id])
  return row
}

/**
 * What changed after a number, oldest change first. Row-level security decides what there is; each way in which a report may be somebody's is asked for by itself, so
 * that each walks along its own index, in order, no longer than a page. One question with an "or" looks at every report that there is.
 */
export const changedAfter = (sql: Sql, seq: number, limit: number) => sql.query<ReportRow>(
  `with near as (
     (select id, seq from report where reporter = (select app.account()) and seq > $1 order by seq limit $2)
     union (select one.id, one.seq from unnest((select app.units(array['leder', 'verneombud', 'hms']))::uuid[]) as mine(unit)
       cross join lateral (select id, seq from report where unit = mine.unit and seq > $1 order by seq limit $2) one)
     union (select id, seq from report where (select app.oversees(array['hms'])) and tenant = (select app.tenant()) and escalated_at is not null and seq > $1 order by seq limit $2)
     order by seq limit $2)
   select ${columns} from ${tables} join near on near.id = r.id order by r.seq`, [seq, limit])

/** Where the asker's municipality stands: its epoch, its counter, and a digest of what the asker is granted. */
export async function standing(sql: Sql): Promise<{ epoch: string; seq: number; grants: string } | undefined> {
  const [row] = await sql.query<{ epoch: string; seq: number; grants: string }>(
    `select t.epoch, t.seq, (select left(encode(sha256(convert_to(coalesce(string_agg(role || coalesce(unit::text, ''), ',' order by role, unit), ''), 'UTF8')), 'hex'), 16)
       from role_grant where from_at <= now() and (to_at is null or to_at > now())) as grants from tenant t`)
  return row
}

/** What was delivered without sign-in becomes confirmed when its author is here. Gives the reports concerned. */
export async function confirmOwn(sql: Sql, account: string): Promise<string[]> {
  const reports = await sql.query<{ id: string }>('update report set confirmed = true where reporter = $1 and not confirmed returning id', [account])
  if (reports.length > 0) await sql.query('update letter set confirmed = true where report = any($2::uuid[]) and author = $1 and not confirmed', [account, reports.map(({ id }) => id)])
  return reports.map(({ id }) => id)
}
