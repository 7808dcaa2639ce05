/** Row-level security and the policy table, over every way in which somebody may stand to a case. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grant } from '#contract/session.ts'
import { roles, type Role } from '#contract/vocabulary.ts'
import { can, type Action, type Relation } from '../../server/policy.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

interface Person { id: string; grants: Grant[]; told: string }
interface Placed extends Omit<Relation, 'isReporter' | 'isPartial' | 'unit'> { id: string; unit: string; reporter: string; partial: string[]; told: string }

const readers: readonly Action[] = ['report.read.own', 'case.read', 'case.read.masked', 'case.read.escalated']
const parts = { handler: 'case.handle', guardian: 'case.guard', reporter: 'case.reply' } as const

let world: FreshDatabase
let units: { id: string; name: string }[]
const people: Person[] = []
const reports: Placed[] = []

async function addPerson(grants: { role: Role; unit: string | null; over?: boolean }[]): Promise<void> {
  const id = randomUUID()
  await world.asOwner(`insert into account (id, tenant, issuer, subject, name_sealed) select $1::uuid, id, 'test', $1::text, '\\x00' from tenant`, [id])
  for (const { role, unit, over } of grants) await world.asOwner("insert into role_grant (tenant, account, role, unit, from_at, to_at) select id, $1, $2, $3, now() - interval '2 days', $4 from tenant", [id, role, unit, over ? new Date(Date.now() - 1_000) : null])
  people.push({ id, told: JSON.stringify(grants), grants: grants.filter(({ over }) => !over).map(({ role, unit }) => ({ role, unit: units.find((one) => one.id === unit) ?? null })) })
}

async function addReport({ reporter, partial = [] }: { reporter: string; partial?: string[] }): Promise<void> {
  for (const { id: unit } of units) for (const isConfidential of [false, true]) for (const [isRecused, isEscalated] of [[false, false], [false, true], [true, true]] as const) {
    const id = randomUUID()
    await world.asOwner(`insert into report (id, tenant, unit, reporter, reporter_name, seq, received_at, confirmed, recused, escalated_at, confidential, recused_accounts)
      select $1, tenant, id, $3, '\\x00', 1, now(), true, $4, case when $5 then now() end, $6, $7::uuid[] from unit where id = $2`, [id, unit, reporter, isRecused, isEscalated, isConfidential, partial])
    await world.asOwner("insert into report_key (report, tenant, kek, wrapped) select id, tenant, 'k', '\\x00' from report where id = $1", [id])
    await world.asOwner("insert into case_event (id, report, tenant, unit, author, part, what, nth, at, received_at) select gen_random_uuid(), id, tenant, unit, reporter, 'reporter', 'supplement', 1, now(), now() from report where id = $1", [id])
    reports.push({ id, unit, reporter, partial, isConfidential, isRecused, isEscalated, told: JSON.stringify({ unit, isConfidential, isRecused, isEscalated, partial }) })
  }
}

beforeAll(async () => {
  world = await freshDatabase()
  units = (await world.asOwner<{ id: string; name: string }>('select id, name from unit order by id')).slice(0, 2)
  const [home] = units
  for (const role of roles) for (const unit of [...units.map(({ id }) => id), null]) await addPerson([{ role, unit }])
  for (const role of roles) await addPerson([{ role, unit: home?.id ?? null, over: true }])
  await addPerson([])
  for (const role of roles) await addPerson([{ role: 'leder', unit: home?.id ?? null }, { role, unit: units[1]?.id ?? null }])
  await addPerson([{ role: 'leder', unit: home?.id ?? null }, { role: 'verneombud', unit: home?.id ?? null }, { role: 'hms', unit: null }])
  for (const unit of [home?.id ?? null, null]) await addPerson([{ role: 'leder', unit: home?.id ?? null }, { role: 'hms', unit }])
  const stranger = await world.account('nina')
  await addReport({ reporter: stranger })
  for (const { id } of people) {
    await addReport({ reporter: id })
    await addReport({ reporter: stranger, partial: [id] })
  }
})
afterAll(() => world?.end())

const relation = (one: Placed, { id }: Person): Relation => ({ ...one, isReporter: one.reporter === id, isPartial: one.partial.includes(id) })
/** Those in which this person has some standing, and those that are nobody's in particular. */
const near = ({ id }: Person) => reports.filter(({ reporter, partial }) => reporter === id || partial.includes(id) || !people.some((one) => one.id === reporter || partial.includes(one.id)))

describe('for every role, school and standing', () => {
  it('a case, its acts and its key are seen by whom the policy table names, and by nobody else', async () => {
    for (const person of people) {
      const allowed = reports.filter((one) => readers.some((action) => can(person.grants, action, relation(one, person)))).map(({ id }) => id).toSorted()
      const seen = (column: string, table: string) => world.database.asActor({ account: person.id }, async (sql) => (await sql.query<{ id: string }>(`select ${column} as id from ${table}`)).map(({ id }) => id).toSorted())
      for (const [column, table] of [['id', 'report'], ['report', 'report_case'], ['report', 'case_event'], ['report', 'report_key']] as const) expect(await seen(column, table), `${table} ${person.told}`).toEqual(allowed)
    }
  })

  it('an act is written only in a part that the policy table gives, and only in one’s own name', async () => {
    for (const person of people) await world.database.asActor({ account: person.id }, async (sql) => {
      const attempt = async (text: string, values: unknown[]) => {
        await sql.query('savepoint attempt')
        try {
          return (await sql.query(text, values)).length > 0
        } catch (cause) {
          expect(String(cause)).toMatch(/row-level security/)
          return false
        } finally {
          await sql.query('rollback to savepoint attempt')
        }
      }
      for (const one of near(person)) {
        const create = (part: string, author: string) => attempt(
          `insert into case_event (id, report, tenant, unit, author, part, what, nth, at, received_at) select gen_random_uuid(), $1, tenant, id, $3, $4, 'comment', 9, now(), now() from unit where id = $2 returning id`, [one.id, one.unit, author, part])
        for (const [part, action] of Object.entries(parts)) expect(await create(part, person.id), `${part} ${person.told} ${one.told}`).toBe(can(person.grants, action, relation(one, person)))
        expect(await create('clock', person.id)).toBe(false)
      }
    })
  })

  it('what was done is not changed or taken away by anybody', async () => {
    for (const person of people) for (const statement of ["update case_event set what = 'note'", 'delete from case_event', 'delete from report_case', "update notice set what = 'new'", 'delete from notice', 'delete from case_gone', 'insert into notice (tenant, account, report, what, at) select tenant, reporter, id, $$new$$, now() from report']) {
      await expect(world.database.asActor({ account: person.id }, (sql) => sql.query(statement)), statement).rejects.toThrow(/permission denied/)
    }
  })

  it('nobody writes an act in another’s name', async () => {
    const other = await world.account('rita')
    for (const person of people) for (const one of reports.slice(0, 6)) {
      for (const part of Object.keys(parts)) await expect(world.database.asActor({ account: person.id }, (sql) => sql.query(
        `insert into case_event (id, report, tenant, unit, author, part, what, nth, at, received_at) select gen_random_uuid(), $1, tenant, id, $3, $4, 'comment', 9, now(), now() from unit where id = $2`, [one.id, one.unit, other, part]))).rejects.toThrow(/row-level security/)
    }
  })

  it('whoever gives a case up must be able to handle it, and sees it no more', async () => {
    for (const person of people) {
      for (const one of near(person)) {
        const after = world.database.asActor({ account: person.id }, async (sql) => {
          await sql.query("select app.recuse($1, now())", [one.id])
          const rows = await sql.query('select id from report where id = $1 and recused_accounts @> array[$2]::uuid[]', [one.id, person.id])
          const [{ given } = { given: false }] = await sql.query<{ given: boolean }>('select app.account() = any (recused_accounts) as given from report where id = $1', [one.id])
          throw new Error(`seen ${rows.length} given ${given}`)
        })
        const may = can(person.grants, 'case.handle', relation(one, person))
        const stillSees = readers.some((action) => can(person.grants, action, { ...relation(one, person), ...(may && { isPartial: true }) }))
        await expect(after, `${person.told} ${one.told}`).rejects.toThrow(stillSees && (may || one.partial.includes(person.id)) ? 'seen 1 given true' : 'seen 0 given false')
      }
    }
  })

  it('nobody is told but who it is for: a notice is read by its own account only', async () => {
    const [first] = reports
    for (const { id } of people) await world.asOwner("insert into notice (tenant, account, report, what, at, seq) select tenant, $1, id, 'new', now(), 1 from report where id = $2", [id, first?.id])
    for (const { id } of people) expect(await world.database.asActor({ account: id }, (sql) => sql.query('select account from notice'))).toEqual([{ account: id }])
    expect(await world.database.asActor({ account: null }, (sql) => sql.query('select account from notice'))).toEqual([])
  })
})
