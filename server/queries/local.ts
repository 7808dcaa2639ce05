/** The municipality's own rows. Row-level security decides which and whose. */
import type { LocalContent, LocalRow } from '#contract/local.ts'
import type { Unit } from '#contract/session.ts'
import type { Sql } from '../database/database.ts'

interface Stored { id: string; content: LocalContent; version: number; updatedAt: Date }
const columns = 'id, content, version, updated_at as "updatedAt"'

/** A row as it is sent. */
export const localRow = ({ id, content, version, updatedAt }: Stored): LocalRow =>
  ({ version, entry: content.kind === 'addition' ? { ...content, id, updatedAt: updatedAt.toISOString() } : { ...content, id } })

/** Whether the transaction runs as somebody whose account is open. */
export async function isOfTenant(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ tenant: string | null }>('select app.tenant() as tenant')
  return row !== undefined && row.tenant !== null
}

/** Changes with every write, and only then. */
export async function localState(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ state: string }>(
    `select coalesce(md5(string_agg(id::text || '.' || version || '.' || extract(epoch from updated_at), ',' order by id)), '') as state from local_entry`)
  return row?.state ?? ''
}

export const localRows = async (sql: Sql): Promise<LocalRow[]> => (await sql.query<Stored>(`select ${columns} from local_entry order by kind, id`)).map(localRow)

export const units = (sql: Sql): Promise<Unit[]> => sql.query<Unit>('select id, name from unit order by name')

/** The units in which the account holds any role today. */
export async function ownUnits(sql: Sql, account: string): Promise<string[]> {
  const rows = await sql.query<{ unit: string }>(
    `select distinct unit from role_grant where account = $1 and unit is not null and from_at <= now() and (to_at is null or to_at > now()) order by unit`, [account])
  return rows.map(({ unit }) => unit)
}

/** The row, and whether it already says just this. */
export async function findLocal(sql: Sql, id: string, content: LocalContent | null = null): Promise<Stored & { isSame: boolean } | undefined> {
  const [row] = await sql.query<Stored & { isSame: boolean }>(`select ${columns}, coalesce(content = $2::jsonb, false) as "isSame" from local_entry where id = $1`, [id, content && JSON.stringify(content)])
  return row
}

/** How much there is besides this row. */
export async function localSize(sql: Sql, besides: string): Promise<{ rows: number; signs: number }> {
  const [row] = await sql.query<{ rows: number; signs: number }>('select count(*) as rows, coalesce(sum(length(content::text)), 0)::bigint as signs from local_entry where id <> $1', [besides])
  return row ?? { rows: 0, signs: 0 }
}

interface Write { id: string; content: LocalContent; account: string; now: Date }

/** Nothing when the id has been taken in the meantime. */
export async function insertLocal(sql: Sql, { id, content, account, now }: Write): Promise<Stored | undefined> {
  const [row] = await sql.query<Stored>(
    `insert into local_entry (tenant, id, unit, kind, content, version, updated_at, updated_by) values (app.tenant(), $1, $2, $3, $4::jsonb, 1, $5, $6)
     on conflict do nothing returning ${columns}`, [id, content.unit, content.kind, JSON.stringify(content), now, account])
  return row
}

/** Nothing when somebody else has written since `seen`. */
export async function updateLocal(sql: Sql, { id, content, account, now }: Write, seen: number): Promise<Stored | undefined> {
  const [row] = await sql.query<Stored>(
    `update local_entry set unit = $2, kind = $3, content = $4::jsonb, version = version + 1, updated_at = $5, updated_by = $6 where id = $1 and version = $7 returning ${columns}`,
    [id, content.unit, content.kind, JSON.stringify(content), now, account, seen])
  return row
}

export async function deleteLocal(sql: Sql, id: string, seen: number): Promise<boolean> {
  return (await sql.query('delete from local_entry where id = $1 and version = $2 returning id', [id, seen])).length > 0
}
