/** Which keys the database belongs to. */
import type { Sql } from '../database/database.ts'

/** The mark of the keys that this database was begun with; undefined when it has none yet. */
export async function keyMark(sql: Sql): Promise<Buffer | undefined> {
  const [row] = await sql.query<{ mark: Buffer }>('select mark from key_mark')
  return row?.mark
}

/** Keeps the mark of the first keys. Gives the mark that is there now, which may be another server's. */
export async function keepKeyMark(sql: Sql, mark: Buffer): Promise<Buffer | undefined> {
  await sql.query('insert into key_mark (mark) values ($1) on conflict do nothing', [mark])
  return keyMark(sql)
}

/** Any name that is sealed here; undefined when nobody has been here yet. */
export async function anySealedName(sql: Sql): Promise<{ id: string; sealed: Buffer } | undefined> {
  const [row] = await sql.query<{ id: string; sealed: Buffer }>("select id, name_sealed as sealed from account where name_sealed <> '\\x' order by created_at limit 1")
  return row
}
