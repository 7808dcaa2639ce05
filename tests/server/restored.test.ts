import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Changes } from '#contract/changes.ts'
import { beginNewEpoch } from '../../server/restored.ts'
import { openRoutes, signedIn } from '../support/deliver.ts'
import { openPort } from '../support/openPort.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { seal } from '../support/seal.ts'
import { runServer, untilSaid } from '../support/serverProcess.ts'
import { writeSmallDist } from '../support/smallDist.ts'

describe('a phone whose cursor is from before a restore', () => {
  let world: FreshDatabase
  beforeAll(async () => { world = await freshDatabase() })
  afterAll(() => world?.end())

  it('is told to start afresh, also when the counter has passed it again', async () => {
    const routes = await openRoutes(world)
    const [kari, rita] = [await world.account('kari'), await world.account('rita')]
    const pull = async (after = '') => {
      const { status, body } = await routes.ask(signedIn(rita), 'GET', `/changes?after=${after}`)
      return { status, ...(body as Changes) }
    }
    const report = async () => {
      const letter = await seal(world.keyring, { account: kari })
      await routes.deliver(signedIn(kari), letter)
      return letter.id
    }
    await report()
    const [backup] = await world.asOwner<{ seq: string }>('select seq from tenant')
    for (let nth = 0; nth < 3; nth += 1) await report()
    const { cursor } = await pull()

    await world.asOwner('delete from report_key where report in (select id from report where seq > $1)', [backup?.seq])
    await world.asOwner('delete from letter where seq > $1', [backup?.seq])
    await world.asOwner('delete from report where seq > $1', [backup?.seq])
    await world.asOwner('update tenant set seq = $1', [backup?.seq])
    expect(await beginNewEpoch(world.database, world.dataDir)).toEqual(['Demo kommune'])
    const fresh = [await report(), await report(), await report(), await report()]

    expect((await pull(cursor)).status).toBe(410)
    const afresh = await pull()
    expect(afresh.changes.map((change) => change.report)).toEqual(expect.arrayContaining(fresh))
    expect((await pull(afresh.cursor)).status).toBe(200)
    await routes.app.close()
  })
})

describe('npm run restored', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'meldt-restored-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

  it('says what it did, refuses an empty database, and a running one', async () => {
    const env = { PORT: String(await openPort()), DATA_DIR: path.join(folder, 'data'), DIST_DIR: writeSmallDist(path.join(folder, 'dist')) }
    const empty = runServer(env, 'tools/restored.ts')
    expect(await empty.exit).toBe(1)
    expect(empty.said().trim()).toBe('The database is empty: nothing was put back. Restore the backup first, then run this again.')
    expect(existsSync(path.join(env.DATA_DIR, 'keys'))).toBe(false)

    const server = runServer(env)
    await untilSaid(server, /Ctrl-C/)
    const early = runServer(env, 'tools/restored.ts')
    expect(await early.exit).toBe(1)
    expect(early.said()).toMatch(/Another Meldt is running/)
    server.signal('SIGTERM')
    expect(await server.exit).toBe(0)

    const tool = runServer(env, 'tools/restored.ts')
    expect(await tool.exit, tool.said()).toBe(0)
    expect(tool.said()).toContain('Demo kommune: every phone will fetch afresh')
  })
})
