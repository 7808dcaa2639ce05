/** Reports and training entries put straight into the tables, for tests of what the database itself promises. */
import { randomUUID } from 'node:crypto'
import type { TrainingEntry } from '#contract/trainingCodes.ts'
import type { FreshDatabase } from './postgres.ts'

export interface PlacedReport { id: string; unit: string; reporter: string }

/** A report as the owner would write it, past every policy. */
export async function placeReport({ asOwner }: FreshDatabase, { unit, reporter, id = randomUUID() }: { unit: string; reporter: string; id?: string }): Promise<PlacedReport> {
  await asOwner(`insert into report (id, tenant, unit, reporter, reporter_name, seq, received_at, confirmed) select $1, tenant, $2, $3, '\\x00', 1, now(), true from unit where id = $2`, [id, unit, reporter])
  await asOwner(`insert into report_key (report, tenant, kek, wrapped) select id, tenant, 'k', '\\x00' from report where id = $1`, [id])
  return { id, unit, reporter }
}

export interface PlacedEntry { id: string; unit: string; what: TrainingEntry }

/** A training entry as the owner would write it, past every policy. */
export async function placeEntry({ asOwner }: FreshDatabase, { unit, author, what }: { unit: string; author: string; what: TrainingEntry }): Promise<PlacedEntry> {
  const id = randomUUID()
  await asOwner(`insert into training (id, tenant, unit, author, by_role, what, form, code, held_on, state, seq, received_at, changed_at)
    select $1, tenant, $2, $3, 'leder', $4, 'training', 'course-ros', '2026-11-23', 'done', 1, now(), now() from unit where id = $2`, [id, unit, author, what])
  await asOwner(`insert into training_key (training, tenant, kek, wrapped) select id, tenant, 'k', '\\x00' from training where id = $1`, [id])
  return { id, unit, what }
}
