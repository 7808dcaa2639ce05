import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { graveTypes, incidentTypes } from '#contract/vocabulary.ts'
import { openDatabase } from '../../server/database/database.ts'
import { AlreadyRunning, startEmbedded } from '../../server/database/embedded.ts'
import { closeWork } from '../../server/queries/work.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

const entry = new URL('../../server/database/embedded.ts', import.meta.url).href

/** Another process that holds the database of a folder until it is killed. */
async function holder(folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', `import { startEmbedded } from '${entry}'; await startEmbedded(${JSON.stringify(folder)}); console.log('ready'); setInterval(() => {}, 1000)`], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('exit', () => reject(new Error('It ended before it was ready')))
  })
  return child
}
const kill = (child: ChildProcess) => new Promise((resolve) => {
  child.once('exit', resolve)
  child.kill('SIGKILL')
})
const postmaster = (folder: string) => Number(readFileSync(path.join(folder, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])

describe('the embedded database', () => {
  let folder: string
  beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'meldt-embedded-')) })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const ask = async (url: string, text: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return client.query(text).finally(() => client.end())
  }

  it('finds its data again, and is gone after it was stopped', async () => {
    const first = await startEmbedded(folder)
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.stop()
    expect(existsSync(path.join(folder, 'pg', 'postmaster.pid'))).toBe(false)
    const second = await startEmbedded(folder)
    expect((await ask(second.url, 'select answer from kept')).rows).toEqual([{ answer: 42 }])
    await second.stop()
  })

  it('refuses a second Meldt with a sentence, and is adopted when the first was killed', async () => {
    const first = await holder(folder)
    const pid = postmaster(folder)
    await expect(startEmbedded(folder)).rejects.toThrow(AlreadyRunning)
    await expect(startEmbedded(folder)).rejects.toThrow(/Another Meldt is running/)
    await kill(first)
    const next = await startEmbedded(folder)
    expect(postmaster(folder)).toBe(pid)
    await next.stop()
  })

  it('starts again when the database itself was killed too', async () => {
    const first = await holder(folder)
    process.kill(postmaster(folder), 'SIGKILL')
    await kill(first)
    const next = await startEmbedded(folder)
    expect((await ask(next.url, 'select 1 as one')).rows).toEqual([{ one: 1 }])
    await next.stop()
  })

  it('is durable, checks its pages, listens on no network and writes nothing of what it stores to its log', async () => {
    const running = await startEmbedded(folder)
    const { rows } = await ask(running.url, "select name, setting from pg_settings where name in ('fsync', 'data_checksums', 'listen_addresses', 'log_statement', 'log_min_error_statement')")
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({ fsync: 'on', data_checksums: 'on', listen_addresses: '', log_statement: 'none', log_min_error_statement: 'panic' })
    await expect(ask(running.url, "create table t (x int); insert into t values ('HEMMELIG-MARKØR')")).rejects.toThrow()
    await expect(ask(running.url, "create table u (x text primary key check (x <> 'HEMMELIG-MARKØR')); insert into u values ('HEMMELIG-MARKØR')")).rejects.toThrow()
    await running.stop()
    expect(readFileSync(path.join(folder, 'pg', 'server.log'), 'utf8')).not.toContain('HEMMELIG-MARKØR')
  })
})

describe('the schema', () => {
  let world: FreshDatabase
  beforeAll(async () => { world = await freshDatabase() })
  afterAll(() => world?.end())

  it('is brought up to date once when several servers start at the same time', async () => {
    await world.asOwner('create database race')
    const url = world.url.replace(/db=\w+/, 'db=race')
    const servers = await Promise.all([1, 2, 3].map(() => openDatabase(url)))
    expect(await servers[0]?.ready()).toBe(true)
    await Promise.all(servers.map((server) => server.close()))
    await world.asOwner('drop database race with (force)')
  })

  it('takes no free text in a report', async () => {
    const kari = await world.account('kari')
    await expect(world.asOwner(`insert into report (id, tenant, unit, reporter, reporter_name, received_at, confirmed, facts) select $1, tenant, unit, account, '\\x00', now(), true, '{"description": "x"}' from role_grant where account = $2`, [randomUUID(), kari])).rejects.toThrow(/check constraint/)
  })

  it('marks what the automatic floor marks, and nothing else', async () => {
    const kari = await world.account('kari')
    const grave = async (facts: object) => (await world.asOwner<{ grave: boolean }>(`insert into report (id, tenant, unit, reporter, reporter_name, received_at, confirmed, facts) select $1, tenant, unit, account, '\\x00', now(), true, $3 from role_grant where account = $2 returning grave`, [randomUUID(), kari, JSON.stringify(facts)]))[0]?.grave
    for (const type of incidentTypes) expect(await grave({ types: ['FYS-SLAG', type] }), type).toBe(graveTypes.includes(type))
    expect(await grave({ injury: 'doctor' })).toBe(true)
    for (const facts of [{}, { types: ['FYS-SLAG'] }, { injury: 'pain' }, { severity: 3 }]) expect(await grave(facts)).toBe(false)
  })
})

describe('a reader that follows the counter', () => {
  let world: FreshDatabase
  beforeAll(async () => { world = await freshDatabase() })
  afterAll(() => world?.end())

  it('misses nothing while others commit', async () => {
    const { database } = world
    const kari = await world.account('kari')
    const ola = await world.account('ola')
    const leader = await world.account('rita')
    const written = new Set<string>()
    const seen = new Set<string>()
    const write = (account: string, pause: number) => database.asActor({ account }, async (sql) => {
      const id = randomUUID()
      await sql.query(`insert into report (id, tenant, unit, reporter, reporter_name, received_at, confirmed) select $1, g.tenant, g.unit, g.account, '\\x00', now(), true from role_grant g where g.account = $2`, [id, account])
      await sql.query('select pg_sleep($1)', [pause])
      const seq = await closeWork(sql, [{ action: 'report.received', object: id }], 1)
      await sql.query('update report set seq = $2 where id = $1', [id, seq])
      return id
    }).then((id) => written.add(id))

    let cursor = 0
    const poll = () => database.asActor({ account: leader }, (sql) => sql.query<{ id: string; seq: number }>('select id, seq from report where seq > $1 order by seq limit 20', [cursor])).then((rows) => {
      for (const { id, seq } of rows) { seen.add(id); cursor = seq }
      return rows.length
    })
    const writing = { goesOn: true }
    const reader = (async () => {
      while (writing.goesOn) await poll()
      while (await poll() > 0) continue
    })()
    await Promise.all(Array.from({ length: 8 }, async (_, n) => {
      for (let i = 0; i < 40; i += 1) await write(n % 2 ? kari : ola, ((n * 7 + i * 3) % 11) / 1000)
    }))
    writing.goesOn = false
    await reader
    expect(written.size).toBe(320)
    expect([...written].filter((id) => !seen.has(id))).toEqual([])
  })
})
