/** `npm run audit` on a log that is whole, and on each way of changing it. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sayChain, verifyAudit } from '../../server/audit.ts'
import { closeWork } from '../../server/queries/work.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { runServer } from '../support/serverProcess.ts'

let world: FreshDatabase
const folder = mkdtempSync(path.join(tmpdir(), 'meldt-audit-'))
beforeEach(async () => {
  world = await freshDatabase()
  const kari = await world.account('kari')
  for (let nth = 0; nth < 6; nth += 1) await world.database.asActor({ account: kari }, (sql) => closeWork(sql, [{ action: 'case.read', object: randomUUID(), detail: { nth } }], 0))
})
afterEach(async () => {
  await world?.end()
  rmSync(folder, { recursive: true, force: true })
})

const run = async () => {
  const [, socket, rest] = /^socket:([^?]+)\?(.*)$/.exec(world.url) ?? []
  const parts = new URLSearchParams(rest)
  const url = `postgres://localhost/${parts.get('db')}?host=${encodeURIComponent(socket ?? '')}&user=${parts.get('user')}`
  const tool = runServer({ DATABASE_URL: url, DATA_DIR: folder }, 'tools/audit.ts')
  return { code: await tool.exit, said: tool.said().trim() }
}
const tamper = async (statement: string) => {
  await world.asOwner('alter table audit disable trigger user')
  await world.asOwner(statement)
}

describe('npm run audit', () => {
  it('ends well on a whole log, and tells its head for whoever keeps it elsewhere', async () => {
    const [{ head }] = await world.asOwner<{ head: string }>("select encode(audit_head, 'hex') as head from tenant") as [{ head: string }]
    expect(await run()).toEqual({ code: 0, said: `Demo kommune: whole, 6 rows. The last one is ${head}.` })
  })

  it('names the row that was changed and fails', async () => {
    await tamper("update audit set actor = gen_random_uuid() where seq = 4")
    expect(await run()).toEqual({ code: 1, said: 'Demo kommune: BROKEN. 1 of 6 rows do not fit: 4.' })
  })

  it('says that it could not check when there is nothing to check, rather than that all is well', async () => {
    await world.asOwner('truncate tenant cascade').catch(() => world.asOwner('alter table audit disable trigger user; truncate tenant cascade'))
    expect(await run()).toEqual({ code: 2, said: 'There is no municipality in this database: nothing could be checked.' })
  })
})

describe('a chain', () => {
  const broken = async () => (await verifyAudit(world.database)).map((chain) => chain.broken)

  it.each([
    ['a row taken out', 'delete from audit where seq = 3', [4, 5, 6]],
    ['the last row taken out', 'delete from audit where seq = 6', [7]],
    ['all rows taken out', 'delete from audit', [7]],
    ['the first row taken out', 'delete from audit where seq = 1', [2, 3, 4, 5, 6]],
    ['two rows in each other’s place', 'update audit set seq = case seq when 2 then 102 when 3 then 103 else seq end where seq in (2, 3); update audit set seq = 105 - seq where seq in (102, 103)', [2, 3, 4]],
    ['a later moment', "update audit set at = at + interval '1 microsecond' where seq = 2", [2]],
    ['a detail', `update audit set detail = '{"nth": 7}' where seq = 5`, [5]],
    ['a row of one’s own at the end', `insert into audit select tenant, 7, now(), actor, action, object, detail, hash, app.audit_hash(7, now(), actor, action, object, detail, hash) from audit where seq = 6`, [7]],
  ])('shows %s', async (_what, statement, rows) => {
    expect(await broken()).toEqual([[]])
    await tamper(statement)
    expect(await broken()).toEqual([rows])
  })

  it('is told in one line, however much is wrong', () => {
    expect(sayChain({ name: 'Bergen', rows: 40, head: '', broken: Array.from({ length: 30 }, (_, nth) => nth + 1) })).toMatch(/ 30 of 40 rows .* 19, 20 and 10 more\.$/)
    expect(sayChain({ name: 'Bergen', rows: 0, head: '', broken: [] })).toBe('Bergen: whole, 0 rows. The last one is not written yet.')
  })
})
