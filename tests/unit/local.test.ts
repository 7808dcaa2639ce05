// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Dexie } from 'dexie'
import { createPinia, setActivePinia } from 'pinia'
import type { Local, LocalContent, LocalEntry } from '#contract/local.ts'
import { localNumberKinds, type LocalOf } from '#contract/localCodes.ts'
import { localMistakes } from '#contract/localRules.ts'
import { currentAccount, knownAccounts, serverKeys, switchAccount } from '#app/db/device.ts'
import { letGoOfAll } from '#app/db/gateway.ts'
import { chooseSchool, keepLocal, localTag, localView } from '#app/db/local.ts'
import { wipePhone } from '#app/db/storage.ts'
import type { LocalNumberKind } from '#app/domain/guide.ts'
import { ownFirst, schoolOf } from '#app/domain/local.ts'
import { useLocalStore } from '#app/stores/local.ts'
import { refreshLocal } from '#app/sync/refreshLocal.ts'
import { freshPhone, kari } from './support/phone.ts'
import { createSchool, json, problem, type School } from './support/school.ts'

const [solbakken, fjordsyn] = ['0d000000-0000-4000-8000-000000000001', '0d000000-0000-4000-8000-000000000002']
const number = (nth: number, unit: string | null): LocalEntry => ({ kind: 'number', id: `0190a000-0000-7000-8000-00000000000${nth}`, unit, of: 'office', label: 'Kontoret', number: '55 00 00 01' })
const answer = (more: Partial<Local> = {}): Local => ({
  tag: 't1', units: [{ id: fjordsyn, name: 'Fjordsyn' }, { id: solbakken, name: 'Solbakken' }], mine: [solbakken], features: { push: true, training: true, exports: true },
  rows: [{ version: 1, entry: number(1, solbakken) }, { version: 1, entry: number(2, null) }], ...more,
})

let school: School
const asked: (string | null)[] = []
const serve = (make: () => Response) => {
  school.instead = ({ path, headers }) => {
    if (!path.startsWith('/api/v1/local')) return undefined
    asked.push(headers.get('if-none-match') ?? headers.get('if-match'))
    return make()
  }
}
beforeEach(async () => { school = await createSchool(); await freshPhone(school); asked.length = 0; setActivePinia(createPinia()) })
afterEach(() => { vi.restoreAllMocks() })

describe('the municipality’s own on the phone', () => {
  it('is kept with its tag, asked for by it, and replaced as a whole', async () => {
    serve(() => json(answer()))
    expect(await refreshLocal()).toBe('new')
    expect(await localView()).toMatchObject({ mine: [solbakken], school: null, rows: [{ version: 1 }, { version: 1 }] })
    serve(() => new Response(null, { status: 304 }))
    expect(await refreshLocal()).toBe('same')
    serve(() => json(answer({ tag: 't2', rows: [{ version: 2, entry: number(2, null) }] })))
    await refreshLocal()
    expect((await localView()).rows).toEqual([{ id: number(2, null).id, version: 2, entry: number(2, null) }])
    expect(asked).toEqual([null, '"t1"', '"t1"'])
  })

  it('stays when somebody signs out, and still comes', async () => {
    serve(() => json(answer()))
    await refreshLocal()
    await switchAccount(null)
    serve(() => json(answer({ tag: 't3', mine: null })))
    expect(await refreshLocal()).toBe('new')
    expect(await localView()).toMatchObject({ mine: [solbakken], rows: [{}, {}] })
  })

  it('keeps the school when an administrator without one uses the phone', async () => {
    await keepLocal(answer())
    await keepLocal(answer({ mine: [] }))
    expect((await localView()).mine).toEqual([solbakken])
  })

  it.each([[() => problem(401, 'sign-in-needed'), 'nobody'], [() => problem(500, 'server-error'), 'unreachable'], [() => new Response('<html>'), 'unreachable'], [() => json({ rows: 'evil' }), 'unreachable']] as const)('keeps what it has when the answer is none', async (make, result) => {
    await keepLocal(answer())
    serve(make)
    expect(await refreshLocal()).toBe(result)
    expect((await localView()).rows).toHaveLength(2)
    expect(await localTag()).toBe('t1')
  })

  it('is not asked for before anybody has signed in here', async () => {
    await wipePhone()
    serve(() => json(answer()))
    expect(await refreshLocal()).toBe('nobody')
    expect(asked).toEqual([])
  })

  it('goes with everything else when the phone is wiped', async () => {
    await keepLocal(answer())
    await chooseSchool(fjordsyn)
    await wipePhone()
    expect(await localView()).toEqual({ rows: [], units: [], mine: [], school: null })
  })
})

describe('the device’s database', () => {
  it('comes over from version 1 with everything in it', async () => {
    const keys = await serverKeys()
    await wipePhone()
    letGoOfAll()
    const old = new Dexie('meldt')
    old.version(1).stores({ settings: 'key' })
    await old.table('settings').bulkAdd([{ key: 'schemaVersion', value: 1 }, { key: 'account', value: kari }, { key: 'accounts', value: [kari] }, { key: 'keys', value: keys }])
    old.close()
    expect([await currentAccount(), await knownAccounts(), await serverKeys()]).toEqual([kari, [kari], keys])
    await keepLocal(answer())
    expect((await localView()).rows).toHaveLength(2)
    letGoOfAll()
    const now = new Dexie('meldt')
    await now.open()
    expect([now.verno, await now.table('settings').get('schemaVersion')]).toEqual([2, { key: 'schemaVersion', value: 2 }])
    now.close()
  })

  it('is left alone when a newer release has been here', async () => {
    letGoOfAll()
    const newer = new Dexie('meldt')
    newer.version(3).stores({ settings: 'key', local: 'id', more: 'id' })
    await newer.open()
    newer.close()
    await expect(localView()).rejects.toMatchObject({ code: 'newer-schema' })
    await newer.delete()
  })
})

describe('an edit', () => {
  const content: LocalContent = { kind: 'number', unit: solbakken, of: 'office', label: 'Kontoret', number: '55 00 00 09' }
  const { id } = number(1, solbakken)

  it('shows at once, and the next question brings the whole state', async () => {
    await keepLocal(answer())
    serve(() => json({ version: 2, entry: { ...content, id } }))
    expect(await useLocalStore().save(id, content, 1)).toBe('done')
    expect(asked).toEqual(['"1"'])
    expect((await localView()).rows.find((row) => row.entry.id === id)).toMatchObject({ version: 2, entry: { number: '55 00 00 09' } })
    expect(await localTag()).toBeUndefined()
  })

  it('that is removed is gone at once', async () => {
    await keepLocal(answer())
    serve(() => new Response(null, { status: 204 }))
    expect(await useLocalStore().remove(id, 1)).toBe('done')
    expect((await localView()).rows).toHaveLength(1)
  })

  it.each([[409, 'version-conflict', 'conflict'], [404, 'not-found', 'not-yours'], [401, 'sign-in-needed', 'sign-in'], [409, 'wrong-account', 'sign-in'], [422, 'too-much', 'full'], [422, 'invalid-content', 'refused'], [503, 'not-ready', 'later']])('that meets %i %s says %s and changes nothing here', async (status, code, said) => {
    await keepLocal(answer())
    serve(() => problem(status, code))
    expect(await useLocalStore().save(id, content, 1)).toBe(said)
    expect((await localView()).rows.find((row) => row.entry.id === id)).toMatchObject({ version: 1 })
  })

  it('without a line says so', async () => {
    school.instead = () => { throw new TypeError('Failed to fetch') }
    expect(await useLocalStore().save(id, content, 0)).toBe('unreachable')
    await switchAccount(null)
    expect(await useLocalStore().save(id, content, 0)).toBe('sign-in')
  })
})

describe('whose rows come first', () => {
  const units = [{ id: fjordsyn }, { id: solbakken }]
  it.each([
    [{ units, mine: [solbakken], school: null }, solbakken], [{ units, mine: [solbakken], school: fjordsyn }, fjordsyn],
    [{ units, mine: [], school: null }, null], [{ units, mine: [solbakken], school: 'closed' }, solbakken], [{ units, mine: ['closed', fjordsyn], school: null }, fjordsyn],
  ])('%#', (known, first) => { expect(schoolOf(known)).toBe(first) })

  it('the school’s, then the municipality’s, and nobody else’s', () => {
    const rows = [{ unit: null, n: 1 }, { unit: fjordsyn, n: 2 }, { unit: solbakken, n: 3 }]
    expect([ownFirst(rows, solbakken), ownFirst(rows, null)].map((list) => list.map(({ n }) => n))).toEqual([[3, 1], [1]])
  })
})

describe('the rules', () => {
  it('name every number that a step can ask for', () => {
    const steps: Record<LocalNumberKind, true> = { 'office': true, 'leader': true, 'backup': true, 'safetyRep': true, 'bht': true, 'police-contact': true }
    const all: LocalOf[] = [...Object.keys(steps) as LocalNumberKind[], 'other']
    expect([...localNumberKinds].toSorted()).toEqual(all.toSorted())
  })

  it.each(['113', '55 00 00 01', '+47 55 00 00 01', '116117'])('let the number %s pass', (value) => {
    expect(localMistakes({ kind: 'number', unit: null, of: 'other', label: 'a', number: value })).toEqual([])
  })

  it.each(['https://www.bergen.kommune.no/hvaskjer?x=1#y', 'https://bærum.no', 'https://example.org:8443/a/b.pdf', 'https://example.org/søk?q=%20'])('let %s pass', (url) => {
    expect(localMistakes({ kind: 'link', unit: null, title: 'a', url, item: null })).toEqual([])
  })

  it('answer at once to a long hostile address', () => {
    const before = performance.now()
    localMistakes({ kind: 'link', unit: null, title: 'a', url: `https://${'a-'.repeat(240)}`, item: null })
    localMistakes({ kind: 'number', unit: null, of: 'other', label: 'a', number: '1 '.repeat(20_000) })
    expect(performance.now() - before).toBeLessThan(100)
  })
})
