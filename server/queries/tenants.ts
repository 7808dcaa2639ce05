/** The municipality that the database belongs to. */
import { randomUUID } from 'node:crypto'
import type { Sql } from '../database/database.ts'

/** Which kinds of municipality the database holds. */
export async function tenantKinds(sql: Sql): Promise<('demo' | 'real')[]> {
  const rows = await sql.query<{ kind: 'demo' | 'real' }>('select distinct kind from tenant')
  return rows.map(({ kind }) => kind)
}

/** Makes the municipality of a real installation. */
export const insertTenant = (sql: Sql, name: string) =>
  sql.query("insert into tenant (id, name, kind) values ($1, $2, 'real')", [randomUUID(), name])

/** From now on no cursor that was given before is known. Gives the municipalities' names. */
export async function newEpochs(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ name: string }>('update tenant set epoch = gen_random_uuid() returning name')
  return rows.map(({ name }) => name)
}
