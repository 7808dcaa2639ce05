/** Puts many made-up rows in at once, with the server's own eyes. They are rows like any other: whoever reads them cannot tell. */
import type { Role } from '#contract/vocabulary.ts'
import type { Sql } from '../database/database.ts'

const atOnce = 400
const chunks = function* <T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += atOnce) yield rows.slice(from, from + atOnce)
}
async function inChunks(sql: Sql, rows: readonly object[], text: string): Promise<void> {
  for (const chunk of chunks(rows)) await sql.query(text, [JSON.stringify(chunk)])
}
/** Bytes on their way through JSON. */
export const bytes = (raw: Buffer): string => raw.toString('base64')

export interface ReportRow {
  id: string; tenant: string; unit: string; reporter: string; name: string; wrapped: string; facts: object; said: object; letters: number; received: string; opened: string | null; openedBy: string | null; role: string | null
  withdrawn: string | null; recused: boolean; confidential: boolean; escalated: string | null; event: string | null
}
export interface CaseRow { id: string; status: object; state: string; acts: number; level: number | null; contacted: string | null; answered: string | null; closed: string | null; due: string | null; openDue: string | null }
export interface LetterRow { id: string; report: string | null; training: string | null; tenant: string; author: string; kind: string; header: string; body: string; cek: string; hash: string; sent: string; received: string }
export interface EventRow { id: string; report: string; tenant: string; unit: string; author: string; name: string; part: string; what: string; codes: object; nth: number; seen: number; at: string; received: string; idle: string | null }
export interface TrainingRow { id: string; tenant: string; unit: string; author: string; role: string; form: string; code: string; held: string; people: number; received: string; wrapped: string }

/** Reports with their keys; the database makes each its case. */
export async function insertReports(sql: Sql, rows: readonly ReportRow[]): Promise<void> {
  await inChunks(sql, rows, `insert into report (id, tenant, unit, reporter, reporter_name, facts, said_by, letters, received_at, opened_at, opened_by, opened_by_role, withdrawn_at, confirmed, recused, confidential, escalated_at, event)
    select id, tenant, unit, reporter, decode(name, 'base64'), facts, said, letters, received, opened, "openedBy", role, withdrawn, true, recused, confidential, escalated, event
      from jsonb_to_recordset($1::jsonb) as r(id uuid, tenant uuid, unit uuid, reporter uuid, name text, facts jsonb, said jsonb, letters int, received timestamptz, opened timestamptz, "openedBy" uuid, role text,
           withdrawn timestamptz, recused boolean, confidential boolean, escalated timestamptz, event uuid)`)
  await inChunks(sql, rows, `insert into report_key (report, tenant, kek, wrapped) select id, tenant, 'master', decode(wrapped, 'base64') from jsonb_to_recordset($1::jsonb) as r(id uuid, tenant uuid, wrapped text)`)
}
export const saveCases = (sql: Sql, rows: readonly CaseRow[]): Promise<void> => inChunks(sql, rows,
  `update report_case c set status = r.status, state = r.state, acts = r.acts, level = r.level, contacted_at = r.contacted, answered_at = r.answered, closed_at = r.closed, due_at = r.due, open_due_at = r."openDue"
     from jsonb_to_recordset($1::jsonb) as r(id uuid, status jsonb, state text, acts int, level int, contacted timestamptz, answered timestamptz, closed timestamptz, due timestamptz, "openDue" timestamptz) where c.report = r.id`)
export const insertLetters = (sql: Sql, rows: readonly LetterRow[]): Promise<void> => inChunks(sql, rows,
  `insert into letter (id, report, training, tenant, author, kind, header, body, cek_sealed, hash, sent_at, received_at, confirmed, assurance)
   select id, report, training, tenant, author, kind, decode(header, 'base64'), decode(body, 'base64'), decode(cek, 'base64'), decode(hash, 'base64'), sent, received, true, 'session'
     from jsonb_to_recordset($1::jsonb) as r(id uuid, report uuid, training uuid, tenant uuid, author uuid, kind text, header text, body text, cek text, hash text, sent text, received timestamptz)`)
export const insertEvents = (sql: Sql, rows: readonly EventRow[]): Promise<void> => inChunks(sql, rows,
  `insert into case_event (id, report, tenant, unit, author, author_name, part, what, codes, nth, seen, at, received_at, idle)
   select id, report, tenant, unit, author, decode(name, 'base64'), part, what, codes, nth, seen, at, received, idle
     from jsonb_to_recordset($1::jsonb) as r(id uuid, report uuid, tenant uuid, unit uuid, author uuid, name text, part text, what text, codes jsonb, nth int, seen int, at timestamptz, received timestamptz, idle text)`)

export async function insertTrainings(sql: Sql, rows: readonly TrainingRow[]): Promise<void> {
  await inChunks(sql, rows, `insert into training (id, tenant, unit, author, by_role, what, form, code, held_on, people, state, letters, received_at, changed_at)
    select id, tenant, unit, author, role, 'log', form, code, held, people, 'done', 1, received, received
      from jsonb_to_recordset($1::jsonb) as r(id uuid, tenant uuid, unit uuid, author uuid, role text, form text, code text, held date, people int, received timestamptz)`)
  await inChunks(sql, rows, `insert into training_key (training, tenant, kek, wrapped) select id, tenant, 'master', decode(wrapped, 'base64') from jsonb_to_recordset($1::jsonb) as r(id uuid, tenant uuid, wrapped text)`)
}
export const insertFigures = (sql: Sql, rows: readonly { tenant: string; unit: string; year: number; posts: number; pupils: number; by: string; at: string }[]): Promise<void> => inChunks(sql, rows,
  `insert into unit_figure (tenant, unit, year, posts, pupils, updated_at, updated_by)
   select tenant, unit, year, posts, pupils, at, by from jsonb_to_recordset($1::jsonb) as r(tenant uuid, unit uuid, year int, posts numeric, pupils int, by uuid, at timestamptz) on conflict do nothing`)

/** The letters' numbers and receipts; each report and each entry gets the number of its newest letter. */
export async function numberLetters(sql: Sql, rows: readonly { id: string; seq: number; kid: string; signature: string }[]): Promise<void> {
  await inChunks(sql, rows, `update letter l set seq = r.seq, receipt_kid = r.kid, signature = r.signature from jsonb_to_recordset($1::jsonb) as r(id uuid, seq bigint, kid text, signature text) where l.id = r.id`)
  await sql.query('update report r set seq = n.seq from (select report, max(seq) as seq from letter where report is not null group by report) n where n.report = r.id and r.seq is null')
  await sql.query('update training t set seq = n.seq from (select training, max(seq) as seq from letter where training is not null group by training) n where n.training = t.id and t.seq is null')
}

/** Whether the past was put in before. */
export const hasHistory = async (sql: Sql, action: string): Promise<boolean> => (await sql.query('select from audit where action = $1 limit 1', [action])).length > 0
export const grantStaff = (sql: Sql, { tenant, account, role, unit }: { tenant: string; account: string; role: Role; unit: string }) => sql.query(
  'insert into role_grant (tenant, account, role, unit) select $1, $2, $3, $4::uuid where not exists (select from role_grant where account = $2 and role = $3 and unit = $4::uuid)', [tenant, account, role, unit])
export const insertSchool = (sql: Sql, { id, tenant, name }: { id: string; tenant: string; name: string }) => sql.query('insert into unit (id, tenant, name) values ($1, $2, $3) on conflict do nothing', [id, tenant, name])
