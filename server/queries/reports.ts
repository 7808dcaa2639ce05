/** Reports: what the letters of one incident add up to, as codes and times. */
import type { Facts } from '#contract/facts.ts'
import type { Sql } from '../database/database.ts'

export interface ReportRow {
  id: string; unit: string; unitName: string; reporter: string; reporterName: Buffer; seq: number; facts: Facts; letters: number
  receivedAt: Date; openedAt: Date | null; openedByRole: string | null; withdrawnAt: Date | null; confirmed: boolean; grave: boolean
}

const columns = `r.id, r.unit, u.name as "unitName", r.reporter, r.reporter_name as "reporterName", r.seq, r.facts, r.letters, r.received_at as "receivedAt",
  r.opened_at as "openedAt", r.opened_by_role as "openedByRole", r.withdrawn_at as "withdrawnAt", r.confirmed, r.grave`

export const insertReport = (sql: Sql, report: { id: string; tenant: string; unit: string; reporter: string; reporterName: Buffer; now: Date; confirmed: boolean; facts: Facts }) => sql.query(
  'insert into report (id, tenant, unit, reporter, reporter_name, received_at, confirmed, facts, letters) values ($1, $2, $3, $4, $5, $6, $7, $8, 1) on conflict do nothing returning id',
  [report.id, report.tenant, report.unit, report.reporter, report.reporterName, report.now, report.confirmed, JSON.stringify(report.facts)])

export const insertReportKey = (sql: Sql, key: { report: string; tenant: string; wrapped: Buffer }) =>
  sql.query("insert into report_key (report, tenant, kek, wrapped) values ($1, $2, 'master', $3)", [key.report, key.tenant, key.wrapped])

/** The wrapped key of a report that the asker may see; undefined when there is none for them. */
export async function wrappedKey(sql: Sql, report: string): Promise<Buffer | undefined> {
  const [row] = await sql.query<{ wrapped: Buffer }>('select wrapped from report_key where report = $1', [report])
  return row?.wrapped
}

/** Lets a supplement count: what was written later wins, field by field, whatever came first. `order` is the supplement's place among its author's letters. */
export const addFacts = (sql: Sql, report: string, { facts, order, confirmed }: { facts: Facts; order: string; confirmed: boolean }) => sql.query(
  `update report set letters = letters + 1, confirmed = confirmed and $4,
     facts = facts || (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each($2::jsonb) where coalesce((said_by->>key)::uuid <= $3::uuid, true)),
     said_by = said_by || (select coalesce(jsonb_object_agg(key, $3::uuid), '{}') from jsonb_each($2::jsonb) where coalesce((said_by->>key)::uuid <= $3::uuid, true))
   where id = $1`, [report, JSON.stringify(facts), order, confirmed])

export const noteWithdrawn = (sql: Sql, report: string, now: Date, confirmed: boolean) =>
  sql.query('update report set withdrawn_at = coalesce(withdrawn_at, $2), letters = letters + 1, confirmed = confirmed and $3 where id = $1', [report, now, confirmed])

/** The first leader who opened it stays the one. */
export const noteOpened = (sql: Sql, report: string, opened: { by: string; at: Date }) => sql.query(
  "update report set opened_at = coalesce(opened_at, $3), opened_by = coalesce(opened_by, $2), opened_by_role = coalesce(opened_by_role, 'leder'), letters = letters + 1 where id = $1", [report, opened.by, opened.at])

export const giveNumber = (sql: Sql, report: string, seq: number) => sql.query('update report set seq = $2 where id = $1', [report, seq])

/** One report that the asker may see; undefined when there is none for them. */
export async function reportById(sql: Sql, id: string): Promise<ReportRow | undefined> {
  const [row] = await sql.query<ReportRow>(`select ${columns} from report r join unit u on u.id = r.unit where r.id = $1`, [id])
  return row
}

/** Whose report it is and of which unit, if the asker may see it; also to somebody who may not read the unit's name any more. */
export async function reporterAndUnit(sql: Sql, id: string): Promise<Pick<ReportRow, 'reporter' | 'unit'> | undefined> {
  const [row] = await sql.query<Pick<ReportRow, 'reporter' | 'unit'>>('select reporter, unit from report where id = $1', [id])
  return row
}

/** What changed after a number, oldest change first. Row-level security decides what there is. */
export const changedAfter = (sql: Sql, seq: number, limit: number) =>
  sql.query<ReportRow>(`select ${columns} from report r join unit u on u.id = r.unit where r.seq > $1 order by r.seq limit $2`, [seq, limit])

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
  if (reports.length > 0) await sql.query('update letter set confirmed = true where author = $1 and not confirmed', [account])
  return reports.map(({ id }) => id)
}
