/** Ends a piece of work: its audit rows and its numbers. Comes last in a transaction, since the municipality's row is locked from here to the commit. */
import type { Sql } from '../database/database.ts'

export interface AuditEntry { action: string; object?: string; detail?: Record<string, string | number | boolean> }

/** Writes the entries and takes `changes` numbers. Gives the first number. */
export async function closeWork(sql: Sql, entries: AuditEntry[], changes: number): Promise<number> {
  const [row] = await sql.query<{ first: number }>('select app.close_work($1::jsonb, $2) as first', [JSON.stringify(entries), changes])
  if (!row) throw new Error('The work was not closed')
  return row.first
}
