/** Letters as they came: the header and the body never change, the content key lies under the report's key. */
import type { Receipt } from '#contract/letter.ts'
import type { LetterKind } from '#contract/vocabulary.ts'
import type { Sql } from '../database/database.ts'
import type { OpenLetter } from '../keys/openLetter.ts'
import { numberTraining } from './training.ts'

export interface KeptLetter { id: string; kind: string; header: Buffer; body: Buffer; cekSealed: Buffer; receivedAt: Date; confirmed: boolean }

/** A letter's receipt if this author's letter is here with this hash; `other` when the id holds something else. */
export async function known(sql: Sql, { header, hash }: OpenLetter): Promise<Receipt | 'other' | 'erased' | 'in-this-batch' | undefined> {
  const [row] = await sql.query<{ hash: Buffer; receivedAt: Date; seq: number; kid: string; signature: string | null; erased: boolean }>(
    `select hash, received_at as "receivedAt", seq, receipt_kid as kid, signature, false as erased from letter where id = $1
     union all select hash, erased_at, 0, '', '', true from tombstone where id = $1`, [header.id])
  if (!row) return undefined
  if (row.erased) return 'erased'
  if (row.hash.toString('base64url') !== hash) return 'other'
  // No other transaction can see a row without its receipt, so this one has just written it.
  if (row.signature === null) return 'in-this-batch'
  return { id: header.id, hash, receivedAt: row.receivedAt.toISOString(), seq: row.seq, kid: row.kid, signature: row.signature }
}

/** Keeps a letter. False when the id is taken, by whomever. */
export async function insertLetter(sql: Sql, { header, headerBytes, bodyBytes, hash }: OpenLetter, kept: { tenant: string; author: string; cekSealed: Buffer; now: Date; confirmed: boolean }): Promise<boolean> {
  const rows = await sql.query(
    `insert into letter (id, report, training, tenant, author, kind, header, body, cek_sealed, hash, sent_at, received_at, confirmed, assurance)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing returning id`,
    [header.id, header.kind === 'training' ? null : header.report, header.kind === 'training' ? header.report : null, kept.tenant, kept.author, header.kind, headerBytes, bodyBytes, kept.cekSealed, Buffer.from(hash, 'base64url'), header.at, kept.now, kept.confirmed, kept.confirmed ? 'session' : 'device'])
  return rows.length > 0
}

/** Writes the receipts of letters, and gives each report and each training entry the number of its newest letter. */
export async function keepReceipts(sql: Sql, receipts: (Receipt & { report: string; kind: LetterKind })[]): Promise<void> {
  const rows = JSON.stringify(receipts)
  await sql.query(
    `update letter l set seq = r.seq, receipt_kid = r.kid, signature = r.signature
       from jsonb_to_recordset($1::jsonb) as r(id uuid, seq bigint, kid text, signature text) where l.id = r.id`, [rows])
  await sql.query('select app.number_reports($1::jsonb)', [rows])
  const training = receipts.flatMap(({ kind, report, seq }) => (kind === 'training' ? [{ entry: report, seq }] : []))
  if (training.length > 0) await numberTraining(sql, training)
}

/** The letters of a report in the order in which they came. */
export const lettersOf = (sql: Sql, report: string) => sql.query<KeptLetter>(
  `select id, kind, header, body, cek_sealed as "cekSealed", received_at as "receivedAt", confirmed from letter where report = $1 order by seq`, [report])

/** Which of these ids are here, and which were erased. */
export async function whichAreHere(sql: Sql, ids: string[], accounts: string[]): Promise<{ here: string[]; gone: string[] }> {
  const here = await sql.query<{ id: string }>('select id from letter where id = any($1::uuid[]) and author = any($2::uuid[])', [ids, accounts])
  const gone = await sql.query<{ id: string }>('select id from tombstone where id = any($1::uuid[])', [ids])
  return { here: here.map(({ id }) => id), gone: gone.map(({ id }) => id) }
}

/** Whether this id was erased: it never comes back. */
export const wasErased = async (sql: Sql, id: string): Promise<boolean> => (await sql.query('select from tombstone where id = $1', [id])).length > 0

/** Keeps an honest envelope whose content nobody understands, so that a person can look at it. */
export const quarantine = (sql: Sql, letter: { id: string; tenant: string; account: string; hash: string; sealed: unknown; reason: string }) =>
  sql.query('insert into quarantine (id, tenant, account, hash, letter, reason) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [letter.id, letter.tenant, letter.account, Buffer.from(letter.hash, 'base64url'), JSON.stringify(letter.sealed), letter.reason])
