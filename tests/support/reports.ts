/** Reports put straight into the tables, for tests of what the database itself promises. */
import { randomUUID } from 'node:crypto'
import type { FreshDatabase } from './postgres.ts'

export interface PlacedReport { id: string; unit: string; reporter: string }

/** A report as the owner would write it, past every policy. */
export async function placeReport({ asOwner }: FreshDatabase, { unit, reporter, id = randomUUID() }: { unit: string; reporter: string; id?: string }): Promise<PlacedReport> {
  await asOwner(`insert into report (id, tenant, unit, reporter, reporter_name, seq, received_at, confirmed) select $1, tenant, $2, $3, '\\x00', 1, now(), true from unit where id = $2`, [id, unit, reporter])
  await asOwner(`insert into report_key (report, tenant, kek, wrapped) select id, tenant, 'k', '\\x00' from report where id = $1`, [id])
  return { id, unit, reporter }
}
