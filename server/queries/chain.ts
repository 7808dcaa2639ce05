/** The chain of the audit log. */
import type { Sql } from '../database/database.ts'

/** Each municipality with the number of rows that its chain should have, and the hash of the last. */
export const chainHeads = (sql: Sql) => sql.query<{ id: string; name: string; rows: number; head: string }>(
  `select id, name, audit_seq as rows, encode(audit_head, 'hex') as head from tenant order by name, id`)

/** The numbers of rows that do not fit the chain. A log of many years takes longer than any other question may. */
export async function brokenRows(sql: Sql, tenant: string): Promise<number[]> {
  await sql.query("set local statement_timeout = '1h'")
  return (await sql.query<{ seq: number }>('select v as seq from app.audit_verify($1) v order by v', [tenant])).map(({ seq }) => seq)
}
