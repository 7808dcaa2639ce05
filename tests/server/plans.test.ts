/** A hundred thousand reports: no list looks at them all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sql } from '../../server/database/database.ts'
import { eventsOf, goneAfter, linkedOf, noticesAfter } from '../../server/queries/cases.ts'
import { changedAfter, confirmOwn, reportById, wrappedKeys } from '../../server/queries/reports.ts'
import { longOverdue, newPatterns, newlyOverdue } from '../../server/queries/clock.ts'
import { schoolReports, uncountedReports } from '../../server/queries/statistics.ts'
import { caseIds, ownNotices, ownReportIds } from '../../server/queries/takeAlong.ts'
import { dayAt } from '#contract/workdays.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { explaining, type Asked } from '../support/plans.ts'

const many = 100_000
const who = ['kari', 'rita', 'vera', 'lars', 'siri', 'hans'] as const
let world: FreshDatabase
beforeAll(async () => {
  world = await freshDatabase()
  const { asOwner } = world
  await asOwner("insert into unit (id, tenant, name) select gen_random_uuid(), t.id, 'Skole ' || n from tenant t, generate_series(1, 57) n")
  await asOwner("insert into account (id, tenant, issuer, subject, name_sealed) select gen_random_uuid(), t.id, 'test', 'p' || n, '\\x00' from tenant t, generate_series(1, 2000) n")
  // Written as the owner, past the keys: what is measured is how they are found, not what they say.
  await asOwner(`insert into report (id, tenant, unit, reporter, reporter_name, seq, received_at, confirmed, facts, letters, escalated_at)
    select gen_random_uuid(), u.tenant, u.id, a.id, '\\x00', n,
           now() - (${many} - n) * interval '5 minutes', n % 50 > 0, '{"tiles": ["hit"], "severity": 2}', 1, case when n % 200 = 0 then now() end
      from generate_series(1, ${many}) n join (select id, tenant, row_number() over (order by id) - 1 as nth from unit) u on u.nth = n % 60
      join (select id, row_number() over (order by subject) - 1 as nth from account) a on a.nth = (n * 7919) % 2000`)
  await asOwner("insert into report_key (report, tenant, kek, wrapped) select id, tenant, 'master', '\\x00' from report")
  await asOwner("insert into letter (id, report, tenant, author, kind, header, body, cek_sealed, hash, sent_at, received_at, confirmed, assurance) select gen_random_uuid(), r.id, r.tenant, r.reporter, 'report', '', '', '', '', '', now(), r.confirmed, 'session' from report r")
  await asOwner(`insert into case_event (id, report, tenant, unit, author, part, what, nth, at, received_at) select gen_random_uuid(), r.id, r.tenant, r.unit, r.reporter, 'reporter', 'supplement', n, now(), now() from report r, generate_series(1, 2) n`)
  await asOwner("insert into notice (tenant, account, report, what, at, seq) select r.tenant, r.reporter, r.id, 'opened', now(), r.seq from report r")
  await asOwner("insert into notice (tenant, account, report, what, at, seq) select r.tenant, a.id, r.id, 'new', now(), r.seq from report r join account a on a.subject in ('rita', 'vera') where r.seq % 100 = 0")
  await asOwner(`insert into case_gone (tenant, report, unit, role, seq) select tenant, id, unit, 'leder', seq from report where seq % 100 = 0`)
  await asOwner("update report_case c set due_at = now() + (r.seq % 100 - 1) * interval '1 hour', open_due_at = now() + (r.seq % 100 - 1) * interval '1 hour' from report r where r.id = c.report and r.seq % 30 = 0")
  await asOwner(`update tenant set seq = ${many}`)
  for (const table of ['report', 'report_case', 'report_key', 'case_event', 'notice', 'case_gone', 'letter', 'unit', 'role_grant', 'account']) await asOwner(`analyze ${table}`)
})
afterAll(() => world?.end())

/** What is asked by this person, explained. */
async function explained(name: (typeof who)[number], work: (sql: Sql, account: string) => Promise<unknown>): Promise<Asked[]> {
  const account = await world.account(name)
  return world.database.asActor({ account }, async (sql) => {
    const eyes = explaining(sql)
    await work(eyes.sql, account)
    return eyes.asked
  })
}
const big = ['report', 'report_case', 'report_key', 'case_event', 'notice', 'letter']
/** Reads of a whole big table. */
const wholes = (asked: Asked[]) => asked.flatMap(({ reads }) => reads.filter((read) => big.some((table) => read === `Seq Scan ${table}`)))

describe.each(who)('%s, at a hundred thousand reports', (name) => {
  it.each([0, many / 2, many - 10])('finds what changed after %i without looking at all of it', async (from) => {
    const asked = await explained(name, async (sql, account) => {
      await changedAfter(sql, from, 200)
      await noticesAfter(sql, account, from, 200)
      await goneAfter(sql, from, 200)
    })
    expect(asked).toHaveLength(3)
    expect(wholes(asked), JSON.stringify(asked, null, 1)).toEqual([])
  })

  it('finds the same as whoever looks at all of it', async () => {
    await world.database.asActor({ account: await world.account(name) }, async (sql) => {
      for (const [from, limit] of [[0, 200], [many / 2, 7], [many - 200, 500]] as const) {
        const slowly = await sql.query<{ id: string }>('select id from report where seq > $1 order by seq limit $2', [from, limit])
        expect((await changedAfter(sql, from, limit)).map(({ id }) => id)).toEqual(slowly.map(({ id }) => id))
      }
    })
  })

  it('takes a month along', async () => {
    const asked = await explained(name, async (sql, account) => {
      const units = await sql.query<{ id: string }>("select unnest(app.units(array['leder'])) as id")
      await caseIds(sql, { units: units.map(({ id }) => id), handedOn: name === 'hans' ? null : [], from: new Date(Date.now() - 30 * 86_400_000), until: new Date() })
      await ownReportIds(sql, account)
      await ownNotices(sql, account)
    })
    expect(wholes(asked), JSON.stringify(asked, null, 1)).toEqual([])
  })

  it('opens a case, its acts, its key and what is linked with it', async () => {
    const [{ id } = { id: '' }] = await world.asOwner<{ id: string }>('select r.id from report r join role_grant g on g.unit = r.unit or (g.unit is null and r.escalated_at is not null) join account a on a.id = g.account where a.subject = $1 limit 1', [name])
    const asked = await explained(name, async (sql, account) => {
      await reportById(sql, id)
      await wrappedKeys(sql, [id])
      await eventsOf(sql, [id])
      await linkedOf(sql, id)
      await confirmOwn(sql, account)
    })
    expect(wholes(asked), JSON.stringify(asked, null, 1)).toEqual([])
  })
})

describe('the clock, at a hundred thousand reports', () => {
  it('finds what has run out, what was handed on by it and what came close together, without looking at all of it', async () => {
    const now = new Date()
    const asked = await world.database.asServer(async (sql) => {
      const [{ id } = { id: '' }] = await sql.query<{ id: string }>('select id from tenant')
      const eyes = explaining(sql)
      await newlyOverdue(eyes.sql, id, now, 200)
      await longOverdue(eyes.sql, id, new Date(now.getTime() - 3 * 86_400_000), 200)
      await newPatterns(eyes.sql, id, new Date(now.getTime() - 14 * 86_400_000), { level2: 5, level3: 2 }, 'overseers')
      return eyes.asked
    })
    const [overdue, long, patterns] = asked
    expect(wholes([overdue, long].flatMap((one) => one ?? [])), JSON.stringify(asked, null, 1)).toEqual([])
    // A sum over a fortnight, not a list: it may look at all cases once, but at the fortnight's reports only.
    expect(patterns?.reads).not.toContain('Seq Scan report')
  })
})

describe('numbers, at a hundred thousand reports', () => {
  const month = 30 * 86_400_000
  it.each(['rita', 'vera'] as const)('are counted for %s from one school’s reports of two years, found by when they came', async (name) => {
    const asked = await explained(name, async (sql) => { await schoolReports(sql, '0d000000-0000-4000-8000-000000000001', new Date(Date.now() - 60 * 86_400_000), dayAt(Date.now() - 30 * 86_400_000)) })
    expect(wholes(asked), JSON.stringify(asked, null, 1)).toEqual([])
  })
  it('are counted for a month from that month’s reports', async () => {
    const asked = await world.database.asServer(async (sql) => {
      const eyes = explaining(sql)
      await uncountedReports(eyes.sql, '0d000000-0000-4000-8000-000000000000', new Date(Date.now() - month), new Date(Date.now() - month / 2))
      return eyes.asked
    })
    expect(asked).toHaveLength(1)
    expect(asked.flatMap(({ reads }) => reads.filter((read) => read === 'Seq Scan report')), JSON.stringify(asked, null, 1)).toEqual([])
  })
})
