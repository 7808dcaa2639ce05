import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyring } from '../../server/keys/keys.ts'
import { openKeysOf, WrongKeys } from '../../server/keys/keysOf.ts'
import { openPort } from '../support/openPort.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { runServer, untilSaid } from '../support/serverProcess.ts'
import { writeSmallDist } from '../support/smallDist.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'meldt-swapped-'))
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
const newFolder = (name: string) => {
  const made = path.join(folder, name)
  mkdirSync(made)
  return made
}

describe('a database and its keys', () => {
  let world: FreshDatabase
  beforeAll(async () => { world = await freshDatabase() })
  afterAll(() => world?.end())

  const isRefused = async (dataDir: string, words: RegExp) => {
    const before = await world.dump()
    const refusal = await openKeysOf(world.database, dataDir).catch((cause: unknown) => cause)
    expect(refusal).toBeInstanceOf(WrongKeys)
    expect(String(refusal)).toMatch(words)
    expect(await world.dump()).toBe(before)
  }

  it('know each other from a name, where the database is older than the mark', async () => {
    const [lost, other] = [newFolder('lost'), newFolder('other')]
    await openKeyring(other)
    await isRefused(lost, /keys are missing: there is no .*lost.*keys\.json/)
    expect(existsSync(path.join(lost, 'keys'))).toBe(false)
    await isRefused(other, /are not the ones that this database was begun with/)
    expect(await world.asOwner('select mark from key_mark')).toEqual([])
  })

  it('know each other by the mark from the first start on', async () => {
    const { mark } = await openKeysOf(world.database, world.dataDir)
    expect(await world.asOwner('select mark from key_mark')).toEqual([{ mark }])
    expect((await openKeysOf(world.database, world.dataDir)).mark).toEqual(mark)
    const [lost, other] = [newFolder('lost-later'), newFolder('other-later')]
    await openKeyring(other)
    await isRefused(lost, /keys are missing/)
    await isRefused(other, /are not the ones/)
  })

  it('are kept apart from people: nobody’s transaction reads the mark', async () => {
    const kari = await world.account('kari')
    await expect(world.database.asActor({ account: kari }, (sql) => sql.query('select mark from key_mark'))).rejects.toThrow(/permission denied/)
  })
})

describe('the server', () => {
  it('does not start on lost or swapped keys, says what to do, and starts when they are back', async () => {
    const env = { PORT: String(await openPort()), DATA_DIR: path.join(folder, 'data'), DIST_DIR: writeSmallDist(path.join(folder, 'dist')) }
    const [keys, kept] = [path.join(env.DATA_DIR, 'keys'), path.join(folder, 'kept')]
    const startsAndEnds = async () => {
      const server = runServer(env)
      await untilSaid(server, /Ctrl-C/)
      server.signal('SIGTERM')
      expect(await server.exit).toBe(0)
    }
    await startsAndEnds()

    renameSync(keys, kept)
    const lost = runServer(env)
    expect(await lost.exit).toBe(1)
    expect(lost.said().trim()).toMatch(/^The database has been in use, but its keys are missing: .*Put the folder "keys" .* back .*Nothing was changed\.$/)
    expect(existsSync(keys)).toBe(false)

    await openKeyring(env.DATA_DIR)
    const swapped = runServer(env)
    expect(await swapped.exit).toBe(1)
    expect(swapped.said().trim()).toMatch(/^The keys in .* are not the ones that this database was begun with.*Nothing was changed\.$/)

    rmSync(keys, { recursive: true })
    renameSync(kept, keys)
    await startsAndEnds()
  })
})
