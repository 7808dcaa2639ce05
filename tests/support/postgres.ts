/** A database of one's own, migrated and seeded, in the PostgreSQL of this run. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { openDatabase, type Database } from '../../server/database/database.ts'
import { seedDemo } from '../../server/database/seed.ts'
import { openKeyring, type Keyring } from '../../server/keys/keys.ts'

export interface FreshDatabase {
  database: Database
  keyring: Keyring
  /** Where its keys are. */
  dataDir: string
  /** The owner's address, for what only a thief or a test does. */
  url: string
  /** The account of a demo person. */
  account(subject: string): Promise<string>
  /** A statement as the database's owner, past every policy. */
  asOwner<R>(text: string, values?: unknown[]): Promise<R[]>
  /** Every row of every table as text. */
  dump(): Promise<string>
  end(): Promise<void>
}

async function everyRow(owner: pg.Client): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string }>("select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'app')")
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await owner.query<{ line: string; raw: string }>(`select t::text as line from ${name} t`)
    texts.push(...rows.map(({ line }) => line), ...rows.map(({ line }) => line.replaceAll(/\\\\x([0-9a-f]+)/g, (_all, hex: string) => Buffer.from(hex, 'hex').toString('latin1'))))
  }
  return texts.join('\n')
}

/** Makes one; the caller ends it. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const cluster = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: cluster })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const url = cluster.replace(/db=\w+/, `db=${name}`)
  const folder = mkdtempSync(path.join(tmpdir(), 'meldt-keys-'))
  const database = await openDatabase(url)
  const keyring = await openKeyring(folder)
  await seedDemo(database, keyring)
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  const asOwner = async <R>(text: string, values?: unknown[]) => (await owner.query(text, values)).rows as R[]
  return {
    database, keyring, dataDir: folder, url, asOwner,
    dump: () => everyRow(owner),
    async account(subject) {
      const [row] = await asOwner<{ id: string }>('select id from account where subject = $1', [subject])
      if (!row) throw new Error(`There is nobody called ${subject}`)
      return row.id
    },
    async end() {
      await database.close()
      await owner.end()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
