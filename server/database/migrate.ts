/** Numbered plain SQL files, each applied once and in order. Two servers that start together wait for each other. */
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'

const folder = new URL('./migrations/', import.meta.url)
const lock = 8701

/** Brings the database's schema up to this code. */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query('create table if not exists public.schema_migration (name text primary key, applied_at timestamptz not null default now())')
    const { rows } = await client.query<{ name: string }>('select name from public.schema_migration')
    const applied = new Set(rows.map(({ name }) => name))
    const files = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()
    for (const name of files.filter((file) => !applied.has(file))) {
      await client.query(`begin; ${readFileSync(new URL(name, folder), 'utf8')}; insert into public.schema_migration (name) values ('${name}'); commit`)
    }
  } finally {
    await client.end()
  }
}
