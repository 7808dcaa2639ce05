/** Keys for the municipality's own BI tool, and what such a key may read: what was published, and nothing else. */
import type { Sql } from '../database/database.ts'

export interface BiKeyRow { id: string; name: string; createdAt: Date; expiresAt: Date; lastUsedAt: Date | null; endedAt: Date | null }

export const biKeys = (sql: Sql) => sql.query<BiKeyRow>(
  'select id, name, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt", ended_at as "endedAt" from bi_key order by created_at desc')
export const insertBiKey = (sql: Sql, key: { id: string; name: string; hash: Buffer; account: string; now: Date; expiresAt: Date }) => sql.query(
  'insert into bi_key (id, tenant, name, secret_hash, created_by, created_at, expires_at) values ($1, app.tenant(), $2, $3, $4, $5, $6)', [key.id, key.name, key.hash, key.account, key.now, key.expiresAt])
/** False when there is none. Ending it again changes nothing. */
export const endBiKey = async (sql: Sql, id: string, now: Date): Promise<boolean> =>
  (await sql.query('update bi_key set ended_at = coalesce(ended_at, $2) where id = $1 returning id', [id, now])).length > 0

/** With the server's eyes: the key behind a secret's hash, while it holds. Notes that it was used. */
export async function useBiKey(sql: Sql, hash: Buffer, now: Date): Promise<{ id: string; tenant: string } | undefined> {
  const [row] = await sql.query<{ id: string; tenant: string }>('update bi_key set last_used_at = $2 where secret_hash = $1 and ended_at is null and expires_at > $2 returning id, tenant', [hash, now])
  return row
}

export interface Published { kind: 'month' | 'quarter' | 'schools'; period: string; content: unknown }
/** With the server's eyes: everything of one municipality, oldest first. */
export const publishedOf = (sql: Sql, tenant: string) => sql.query<Published>('select kind, period, content from publication where tenant = $1 order by period, kind', [tenant])
export const unitNames = async (sql: Sql, tenant: string): Promise<Map<string, string>> =>
  new Map((await sql.query<{ id: string; name: string }>('select id, name from unit where tenant = $1', [tenant])).map(({ id, name }) => [id, name]))
