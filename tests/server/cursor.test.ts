import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Changes } from '#contract/changes.ts'
import type { Database, Sql } from '../../server/database/database.ts'
import { openRoutes, signedIn } from '../support/deliver.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { seal } from '../support/seal.ts'

const log = { v: 1, what: 'log', form: 'practice', code: 'story-line', on: '2026-11-20', people: 12 }
type Routes = Awaited<ReturnType<typeof openRoutes>>

let world: FreshDatabase
let kari: string, rita: string
beforeAll(async () => {
  world = await freshDatabase()
  kari = await world.account('kari')
  rita = await world.account('rita')
})
afterAll(() => world?.end())

const aReport = () => seal(world.keyring, { account: kari, facts: { tiles: ['hit'] } })
const anEntry = () => seal(world.keyring, { kind: 'training', account: rita, content: log })
const pullWith = async (routes: Routes, after: string) => (await routes.ask(signedIn(rita), 'GET', `/changes?after=${after}`)).body as Changes

/** The same database, but something happens just before the first statement that reads this table after a cursor. */
function interrupted(database: Database, table: string, interruption: () => Promise<void>): Database {
  let waiting = true
  const watched = (sql: Sql): Sql => ({
    async query<R>(text: string, values?: unknown[]) {
      if (waiting && text.includes(`from ${table} `) && text.includes('seq > $1')) {
        waiting = false
        await interruption()
      }
      return sql.query<R>(text, values)
    },
  })
  return { ...database, asActor: (actor, work) => database.asActor(actor, (sql) => work(watched(sql))), asReader: (actor, work) => database.asReader(actor, (sql) => work(watched(sql))) }
}

describe('a pull while others deliver', () => {
  it.each(['report', 'training'])('tells at last of a report that was committed just before it read %s', async (table) => {
    const routes = await openRoutes(world)
    const [report, entry] = [await aReport(), await anEntry()]
    const reader = await openRoutes({ ...world, database: interrupted(world.database, table, async () => {
      await routes.deliver(signedIn(kari), report)
      await routes.deliver(signedIn(rita), entry)
    }) })
    const start = (await pullWith(routes, '')).cursor
    const first = await pullWith(reader, start)
    const second = await pullWith(reader, first.cursor)
    expect([...first.changes, ...second.changes].filter(({ kind }) => kind !== 'notice').map((change) => change.report).toSorted()).toEqual([report.id, entry.id].toSorted())
    await Promise.all([routes.app.close(), reader.app.close()])
  })

  it('misses none of a hundred and twenty reports and entries by four writers', async () => {
    const writers = await Promise.all([0, 1, 2, 3].map(() => openRoutes(world)))
    const reader = await openRoutes(world)
    const letters = await Promise.all(Array.from({ length: 120 }, async (_, nth) => ({ letter: await (nth % 2 ? anEntry() : aReport()), actor: signedIn(nth % 2 ? rita : kari) })))
    const seen = new Set<string>()
    let { cursor } = await pullWith(reader, '')
    const poll = async () => {
      const { changes, cursor: next } = await pullWith(reader, cursor)
      for (const { report } of changes) seen.add(report)
      cursor = next
      return changes.length
    }
    const writing = { goesOn: true }
    const reading = (async () => {
      while (writing.goesOn) await poll()
      while (await poll() > 0) continue
    })()
    await Promise.all(writers.map(async (routes, nth) => {
      for (const { letter, actor } of letters.filter((_, place) => place % writers.length === nth)) await routes.deliver(actor, letter)
    }))
    writing.goesOn = false
    await reading
    expect(letters.filter(({ letter }) => !seen.has(letter.id))).toEqual([])
    await Promise.all([...writers, reader].map(({ app }) => app.close()))
  })

  it('cannot write anything', async () => {
    await expect(world.database.asReader({ account: kari }, (sql) => sql.query('update report set letters = letters'))).rejects.toThrow(/read-only/)
  })
})
