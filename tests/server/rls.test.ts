import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles, type Role } from '#contract/vocabulary.ts'
import type { Grant } from '#contract/session.ts'
import { can } from '../../server/policy.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { trainingEntries } from '#contract/trainingCodes.ts'
import { placeEntry, placeReport, type PlacedEntry, type PlacedReport } from '../support/reports.ts'

interface Person { id: string; grants: Grant[] }

describe('who sees which report', () => {
  let world: FreshDatabase
  let units: { id: string; name: string }[]
  const people: Person[] = []
  const reports: PlacedReport[] = []
  const entries: PlacedEntry[] = []

  const newPerson = async (grants: { role: Role; unit: string | null; over?: boolean }[]) => {
    const id = randomUUID()
    await world.asOwner(`insert into account (id, tenant, issuer, subject, name_sealed) select $1::uuid, id, 'test', $1::text, '\\x00' from tenant`, [id])
    for (const { role, unit, over } of grants) {
      await world.asOwner("insert into role_grant (tenant, account, role, unit, from_at, to_at) select id, $1, $2, $3, now() - interval '2 days', $4 from tenant", [id, role, unit, over ? new Date(Date.now() - 1_000) : null])
    }
    const inForce = grants.filter(({ over }) => !over)
    people.push({ id, grants: inForce.map(({ role, unit }) => ({ role, unit: units.find(({ id: candidate }) => candidate === unit) ?? null })) })
  }

  beforeAll(async () => {
    world = await freshDatabase()
    units = await world.asOwner('select id, name from unit order by id')
    const places = [...units.map(({ id }) => id), null]
    for (const role of roles) for (const unit of places) await newPerson([{ role, unit }])
    for (const role of roles) await newPerson([{ role, unit: units[0]?.id ?? null, over: true }])
    await newPerson([])
    for (const role of roles) await newPerson([{ role: 'leder', unit: units[0]?.id ?? null }, { role, unit: units[1]?.id ?? null }])
    for (const { id } of people) for (const unit of units) reports.push(await placeReport(world, { unit: unit.id, reporter: id }))
    for (const unit of units) for (const what of trainingEntries) entries.push(await placeEntry(world, { unit: unit.id, author: people[0]?.id ?? '', what }))
  })
  afterAll(() => world?.end())

  it('is the same in the policy table and in the database, for every role, unit and relation', async () => {
    for (const { id, grants } of people) {
      const rows = await world.database.asActor({ account: id }, (sql) => sql.query<{ id: string }>('select id from report'))
      const allowed = reports.filter(({ unit, reporter }) => (['report.read.own', 'case.read', 'case.read.masked'] as const)
        .some((action) => can(grants, action, { isReporter: reporter === id, unit })))
      expect(rows.map((row) => row.id).sort(), JSON.stringify(grants)).toEqual(allowed.map((report) => report.id).sort())
    }
  })

  it('is the same for training: who reads, who writes and who answers', async () => {
    const attempt = (account: string, statement: string, values: unknown[]) => world.database.asActor({ account }, async (sql) => {
      await sql.query('savepoint attempt')
      try {
        return (await sql.query(statement, values)).length > 0
      } catch (cause) {
        expect(String(cause)).toMatch(/row-level security/)
        return false
      } finally {
        await sql.query('rollback to savepoint attempt')
      }
    })
    for (const { id, grants } of people) {
      const told = JSON.stringify(grants)
      const rows = await world.database.asActor({ account: id }, (sql) => sql.query<{ id: string }>('select id from training'))
      expect(rows.map((row) => row.id).sort(), told).toEqual(entries.filter(({ unit, what }) => can(grants, 'training.read', { isReporter: false, unit, entry: what })).map((entry) => entry.id).sort())
      for (const { id: entry, unit, what } of entries) {
        const relation = { isReporter: false, unit, entry: what }
        const [writes, answers] = [can(grants, 'training.write', relation), can(grants, 'training.answer', relation)]
        const creates = await attempt(id, `insert into training (id, tenant, unit, author, by_role, what, form, code, held_on, state, received_at, changed_at)
          select gen_random_uuid(), tenant, id, $2, 'leder', $3, 'training', 'course-ros', '2026-11-23', 'done', now(), now() from unit where id = $1 returning id`, [unit, id, what])
        expect(creates, `${told} ${what}`).toBe(writes)
        expect(await attempt(id, 'update training set letters = letters where id = $1 returning id', [entry]), `${told} ${what}`).toBe(writes || answers)
        const adds = await attempt(id, `insert into letter (id, training, tenant, author, kind, header, body, cek_sealed, hash, sent_at, received_at, confirmed, assurance)
          select gen_random_uuid(), $1, t.id, $2, 'training', '', '', '', '', '', now(), true, 'session' from tenant t returning id`, [entry, id])
        expect(adds, `${told} ${what}`).toBe(writes || answers)
      }
    }
  })

  it('holds for the keys too: who sees no report sees no key', async () => {
    for (const { id } of people) {
      const count = (table: string) => world.database.asActor({ account: id }, (sql) => sql.query<{ n: number }>(`select count(*) as n from ${table}`))
      expect(await count('report_key')).toEqual(await count('report'))
      expect(await count('training_key')).toEqual(await count('training'))
    }
  })

  it('lets those write the municipality’s own whom the policy table names, and everybody of the municipality read it', async () => {
    const insert = "insert into local_entry (tenant, id, unit, kind, content, version, updated_at) select id, gen_random_uuid(), $1, 'number', '{}', 1, now() from tenant returning id"
    const [{ n }] = await world.asOwner<{ n: number }>('select count(*)::int as n from local_entry') as [{ n: number }]
    for (const { id, grants } of people) {
      for (const unit of [...units.map((one) => one.id), null]) {
        const may = can(grants, 'local.write', { isReporter: false, unit })
        const attempt = world.database.asActor({ account: id }, async (sql) => {
          await sql.query(insert, [unit])
          throw new Error('it was written')
        })
        await expect(attempt, JSON.stringify({ grants, unit })).rejects.toThrow(may ? 'it was written' : /row-level security/)
      }
      const count = (text: string) => world.database.asActor({ account: id }, async (sql) => (await sql.query<{ unit: string | null }>(text)))
      expect(await count('select unit from local_entry')).toHaveLength(can(grants, 'local.read', { isReporter: false, unit: null }) ? n : 0)
      const own = (await count('select unit from local_entry')).filter(({ unit }) => can(grants, 'local.write', { isReporter: false, unit }))
      expect(await count('update local_entry set version = version returning unit')).toHaveLength(own.length)
    }
  })

  it('is nothing at all when nobody is set', async () => {
    for (const table of ['report', 'report_key', 'training', 'training_key', 'letter', 'account', 'role_grant', 'unit', 'quarantine', 'tombstone', 'local_entry']) {
      expect(await world.database.asActor({ account: null }, (sql) => sql.query(`select * from ${table}`)), table).toEqual([])
    }
  })

  it('cannot be left by taking the role off', async () => {
    const escape = (statement: string) => world.database.asActor({ account: null }, async (sql) => {
      await sql.query(statement)
      return sql.query('select * from report')
    })
    await expect(escape('reset role')).rejects.toThrow(/permission denied|does not exist/)
    await expect(escape('set role meldt_owner')).rejects.toThrow(/permission denied/)
  })

  it('does not leak into the next transaction on the same connection', async () => {
    const leader = await world.account('rita')
    await Promise.all(Array.from({ length: 40 }, (_, n) => world.database.asActor({ account: n % 2 ? leader : null }, async (sql) => {
      const rows = await sql.query('select * from report')
      expect(rows.length > 0).toBe(n % 2 === 1)
    })))
  })

  it('is forced on every table, so that not even the owner of a table is let by', async () => {
    const open = await world.asOwner("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not (relrowsecurity and relforcerowsecurity) and relname <> 'schema_migration'")
    expect(open).toEqual([])
  })

  it('lets nobody write in another name or for another school', async () => {
    const [solbakken, fjordsyn] = units
    const kari = await world.account('kari')
    const ola = await world.account('ola')
    const write = (unit: string | undefined, reporter: string) => world.database.asActor({ account: kari }, (sql) => sql.query(
      `insert into report (id, tenant, unit, reporter, reporter_name, received_at, confirmed) select $1, tenant, id, $3, '\\x00', now(), true from unit where id = $2`, [randomUUID(), unit, reporter]))
    await expect(write(solbakken?.id, ola)).rejects.toThrow(/row-level security/)
    await expect(write(fjordsyn?.id, kari)).rejects.toThrow(/row-level security/)
    await expect(write(solbakken?.id, kari)).resolves.toEqual([])
  })
})
