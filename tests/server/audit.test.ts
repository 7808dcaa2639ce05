import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeWork } from '../../server/queries/work.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

describe('the audit log', () => {
  let world: FreshDatabase
  let kari: string
  beforeEach(async () => {
    world = await freshDatabase()
    kari = await world.account('kari')
    for (let nth = 0; nth < 5; nth += 1) await note()
  })
  afterEach(() => world.end())

  const note = () => world.database.asActor({ account: kari }, (sql) => closeWork(sql, [{ action: 'case.read', object: randomUUID(), detail: { nth: 'ære "være" | deg' } }], 0))
  const broken = async () => (await world.database.asServer((sql) => sql.query<{ seq: number }>('select v as seq from tenant t, app.audit_verify(t.id) v'))).map(({ seq }) => seq)
  const tamper = async (statement: string) => {
    await world.asOwner('alter table audit disable trigger user')
    await world.asOwner(statement)
  }

  it('is a whole chain', async () => {
    expect(await broken()).toEqual([])
    expect(await world.asOwner('select seq, actor from audit order by seq')).toEqual([1, 2, 3, 4, 5].map((seq) => ({ seq: String(seq), actor: kari })))
  })

  it('shows an edited row', async () => {
    await tamper("update audit set action = 'other' where seq = 3")
    expect(await broken()).toContain(3)
  })

  it('shows a row whose hash was made to fit', async () => {
    await tamper("update audit set action = 'other', hash = app.audit_hash(seq, at, actor, 'other', object, detail, prev) where seq = 3")
    expect(await broken()).toContain(4)
  })

  it('shows a hole', async () => {
    await tamper('delete from audit where seq = 2')
    expect((await broken()).length).toBeGreaterThan(0)
  })

  it('shows that the end was cut off', async () => {
    await tamper('delete from audit where seq = 5')
    expect(await broken()).toEqual([6])
  })

  it('lets nobody change, delete or empty it, not even its owner', async () => {
    await expect(world.asOwner("update audit set action = 'x'")).rejects.toThrow(/append-only/)
    await expect(world.asOwner('delete from audit')).rejects.toThrow(/append-only/)
    await expect(world.asOwner('truncate audit')).rejects.toThrow(/append-only/)
  })

  it('is closed to the role that people act in', async () => {
    for (const statement of ['select * from audit', 'delete from audit', "insert into audit select * from audit", 'select app.audit_verify(gen_random_uuid())', 'select app.erase_report(gen_random_uuid())']) {
      await expect(world.database.asActor({ account: kari }, (sql) => sql.query(statement)), statement).rejects.toThrow(/permission denied/)
    }
  })

  it('takes the work down with it when it cannot be written', async () => {
    await world.asOwner("create function public.no() returns trigger language plpgsql as $$ begin raise exception 'disk'; end $$; create trigger no before insert on audit for each row execute function public.no()")
    const id = randomUUID()
    await expect(world.database.asActor({ account: kari }, async (sql) => {
      await sql.query(`insert into report (id, tenant, unit, reporter, reporter_name, received_at, confirmed) select $1, tenant, unit, account, '\\x00', now(), true from role_grant where account = $2`, [id, kari])
      await closeWork(sql, [{ action: 'report.received', object: id }], 1)
    })).rejects.toThrow(/disk/)
    expect(await world.asOwner('select id from report')).toEqual([])
    expect(await world.asOwner('select seq from tenant')).toEqual([{ seq: '0' }])
  })

  it('stays whole when many write at once', async () => {
    await Promise.all(Array.from({ length: 60 }, note))
    expect(await broken()).toEqual([])
    expect(await world.asOwner('select count(*)::int as n, max(seq)::int as last from audit')).toEqual([{ n: 65, last: 65 }])
  })
})
