/** What came of a report: the acts in its case and what they add up to. Row-level security decides who sees and adds. */
import type { CasePart, CaseWhat, IdleReason } from '#contract/caseCodes.ts'
import type { CaseStatus } from '#contract/caseStatus.ts'
import type { Facts } from '#contract/facts.ts'
import type { Sql } from '../database/database.ts'

/** How a report stands to those who might act in it. */
export interface Standing { reporter: string; unit: string; recused: boolean; recusedAccounts: string[]; escalated: boolean; confidential: boolean }

/** Whose report it is and who may see it, if the asker may; also to somebody who may not read the unit's name any more. */
export async function standingOf(sql: Sql, report: string): Promise<Standing | undefined> {
  const [row] = await sql.query<Standing>(
    `select reporter, unit, recused, recused_accounts::text[] as "recusedAccounts", escalated_at is not null as escalated, confidential from report where id = $1`, [report])
  return row
}

export interface CaseRow { status: CaseStatus | null; acts: number; receivedAt: Date; openedAt: Date | null; withdrawnAt: Date | null; escalatedAt: Date | null; facts: Facts; grave: boolean; safetyRepKnows: boolean; tenant: string; unit: string }

/** The case, held until the end of the transaction: acts are taken one at a time. */
export async function holdCase(sql: Sql, report: string): Promise<CaseRow | undefined> {
  await sql.query('select app.hold_case($1)', [report])
  const [row] = await sql.query<CaseRow>(
    `select c.status, c.acts, r.received_at as "receivedAt", r.opened_at as "openedAt", r.withdrawn_at as "withdrawnAt", r.escalated_at as "escalatedAt", r.facts, r.grave,
            not r.confidential and r.unit = any ((select app.guarded_units())::uuid[]) as "safetyRepKnows", c.tenant, c.unit
       from report_case c join report r on r.id = c.report where c.report = $1`, [report])
  return row
}

export interface NewEvent {
  id: string; report: string; tenant: string; unit: string; author: string; authorName: Buffer; part: CasePart; what: CaseWhat; codes: object; nth: number; seen: number; at: Date; now: Date; idle: IdleReason | null
}
/** Adds an act. False when the id is taken, by whomever. */
export async function insertEvent(sql: Sql, event: NewEvent): Promise<boolean> {
  const rows = await sql.query(
    `insert into case_event (id, report, tenant, unit, author, author_name, part, what, codes, nth, seen, at, received_at, idle)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $12, $13, $14) on conflict do nothing returning id`,
    [event.id, event.report, event.tenant, event.unit, event.author, event.authorName, event.part, event.what, JSON.stringify(event.codes), event.nth, event.seen, event.at, event.now, event.idle])
  return rows.length > 0
}

/** A time as a person wrote it, on a day or with an offset that PostgreSQL may not know. */
const moment = (at: string | null): Date | null => (at === null ? null : new Date(at))

/** Writes what all acts add up to, and when the earliest thing that is waited for is due. */
export const saveStatus = (sql: Sql, report: string, status: CaseStatus, level: number | null, { dueAt, openDueAt }: { dueAt: string | null; openDueAt: string | null }) => sql.query(
  `update report_case set status = $2::jsonb, state = $3, acts = $4, level = $5, contacted_at = $6, answered_at = $7, closed_at = $8, due_at = $9, open_due_at = $10 where report = $1`,
  [report, JSON.stringify(status), status.state, status.acts, level, moment(status.contactedAt), moment(status.answeredAt), moment(status.closedAt), dueAt, openDueAt])

export interface EventRow {
  id: string; report: string; author: string | null; authorName: Buffer | null; part: CasePart; what: CaseWhat; codes: object; nth: number; seen: number; at: Date; receivedAt: Date; idle: IdleReason | null
  header: Buffer | null; body: Buffer | null; cekSealed: Buffer | null
}
const eventColumns = `e.id, e.report, e.author, e.author_name as "authorName", e.part, e.what, e.codes, e.nth, e.seen, e.at, e.received_at as "receivedAt", e.idle, l.header, l.body, l.cek_sealed as "cekSealed"`

/** The acts of these reports in their order, with the letters that hold their words. `whats`: only these. */
export const eventsOf = (sql: Sql, reports: string[], whats: readonly CaseWhat[] | null = null) => sql.query<EventRow>(
  `select ${eventColumns} from case_event e left join letter l on l.id = e.id and e.what not in ('opened', 'supplement', 'withdrawal')
    where e.report = any($1::uuid[]) and ($2::text[] is null or e.what = any($2)) order by e.report, e.nth`, [reports, whats])

/** Notes that a report is of the same event as another; null says that it is not. */
export const linkReport = (sql: Sql, report: string, to: string | null) => sql.query('update report set event = $2 where id = $1', [report, to])
export const setConfidential = async (sql: Sql, report: string, on: boolean): Promise<void> => {
  if (on) await sql.query("insert into case_gone (tenant, report, unit, role) select tenant, id, unit, 'verneombud' from report where id = $1 and not confidential", [report])
  await sql.query('update report set confidential = $2 where id = $1', [report, on])
}
export const handOn = (sql: Sql, report: string, now: Date) => sql.query('update report set escalated_at = coalesce(escalated_at, $2) where id = $1', [report, now])
/** The asker gives it up. True when it goes on to the municipality, since nobody else is left. */
export async function recuseSelf(sql: Sql, report: string, now: Date): Promise<boolean> {
  const [row] = await sql.query<{ goesOn: boolean }>('select app.recuse($1, $2) as "goesOn"', [report, now])
  return row?.goesOn ?? false
}
/** By what its author has said last, it is about the unit's leaders, or not any more. What was handed on stays so. True when it went on just now. */
export async function setAboutLeader(sql: Sql, report: string, now: Date): Promise<boolean> {
  const [row] = await sql.query<{ about: boolean; recused: boolean; escalated: boolean }>(
    "select coalesce((facts->>'aboutLeader')::boolean, false) as about, recused, escalated_at is not null as escalated from report where id = $1", [report])
  if (!row || row.about === row.recused) return false
  if (row.about) await sql.query("insert into case_gone (tenant, report, unit, role) select tenant, id, unit, 'leder' from report where id = $1", [report])
  await sql.query('update report set recused = $2, escalated_at = case when $2 then coalesce(escalated_at, $3) else escalated_at end where id = $1', [report, row.about, now])
  return row.about && !row.escalated
}

/** Who may handle it, as accounts with their sealed names. Asked with the server's eyes: a person may read nobody's name but their own. */
export const handlersOf = (sql: Sql, report: string) => sql.query<{ id: string; sealed: Buffer }>(
  `select a.id, a.name_sealed as sealed from account a where a.id in (
     select distinct g.account from report r join role_grant g on g.from_at <= now() and (g.to_at is null or g.to_at > now()) and g.tenant = r.tenant and (
         (g.unit = r.unit and g.role = 'leder' and not r.recused) or (g.role = 'hms' and r.escalated_at is not null and (g.unit is null or g.unit = r.unit)))
      where r.id = $1 and g.account <> r.reporter and g.account <> all (r.recused_accounts) and not app.is_about(r, g.account)) and a.disabled_at is null order by a.id`, [report])
export const hasHandlers = async (sql: Sql, report: string): Promise<boolean> => (await sql.query<{ there: boolean }>('select exists (select app.handlers($1)) as there', [report]))[0]?.there ?? false
/** Whether this person may handle it: the municipality only what it has. */
export const mayBeAssigned = async (sql: Sql, report: string, account: string): Promise<boolean> =>
  (await sql.query('select from (select app.handlers($1) as one union select app.overseers($1) from report where id = $1 and escalated_at is not null) able where one = $2', [report, account])).length > 0
/** Whether anybody but this person may handle it, or may once it goes on to the municipality. */
export const hasOthers = async (sql: Sql, report: string, account: string): Promise<boolean> =>
  (await sql.query('select from (select app.handlers($1) as one union select app.overseers($1)) able where one <> $2 limit 1', [report, account])).length > 0

/** Other reports of the same event that the asker may see: from one to the next, in both directions. */
export async function linkedOf(sql: Sql, report: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `with recursive near (id) as (select $1::uuid union select o.id from near cross join lateral (
       select event as id from report where report.id = near.id and event is not null union all select id from report where event = near.id) o)
     select o.id from near join report o on o.id = near.id where o.id <> $1 order by o.id`, [report])
  return rows.map(({ id }) => id)
}

export interface Told { report: string; to: string; what: string; seq: number }
export const tell = (sql: Sql, notices: Told[], now: Date) => sql.query('select app.tell($1::jsonb, $2)', [JSON.stringify(notices), now])

export interface NoticeRow { id: string; seq: number; about: string; what: string; at: Date }
/** The asker's notices after a number. Only their own: row-level security holds. */
export const noticesAfter = (sql: Sql, account: string, seq: number, limit: number) => sql.query<NoticeRow>(
  'select id, seq, report as about, what, at from notice where account = $1 and seq > $2 order by seq, id limit $3', [account, seq, limit])
export const goneAfter = (sql: Sql, seq: number, limit: number) => sql.query<{ seq: number; report: string }>(
  'select g.seq, g.report from case_gone g where g.tenant = app.tenant() and g.seq > $1 and not exists (select from report r where r.id = g.report) order by g.seq limit $2', [seq, limit])
