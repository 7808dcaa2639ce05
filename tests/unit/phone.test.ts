// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aDraft, everyRow, freshPhone, kari, ola, printed } from './support/phone.ts'
import { createSchool, headerOf, json, problem, type School } from './support/school.ts'
import { aCase as caseOf, caseSummary } from '../support/caseSummary.ts'
import { ownReport } from '../support/ownReport.ts'
import type { OwnReport } from '#contract/changes.ts'
import { caseById, caseList, noteOpened } from '#app/db/cases.ts'
import { keepCase } from '#app/db/caseCopies.ts'
import { keepChanges } from '#app/db/changes.ts'
import { currentAccount, serverKeys, switchAccount } from '#app/db/device.ts'
import { keepDraft, openDraft } from '#app/db/drafts.ts'
import { inAccount, letGo, letGoOfAll, nameOf } from '#app/db/gateway.ts'
import { claimForCurrentAccount, unclaimedCount } from '#app/db/nobody.ts'
import { endGrace, followNextDue, sendNow } from '#app/db/outbox.ts'
import { myReport, myReports, saveReport } from '#app/db/reports.ts'
import { askToPersist, storageState, wipePhone } from '#app/db/storage.ts'
import { deliveryStatus } from '#app/domain/status.ts'
import { fetchCase, syncNow } from '#app/sync/sync.ts'

let school: School
beforeEach(async () => { school = await createSchool(); await freshPhone(school) })
afterEach(() => { vi.restoreAllMocks() })

const report = '0190a000-0000-7000-8000-0000000000c1'
const aCase = (more: Parameters<typeof caseSummary>[1] = {}) => caseSummary(report, { unit: ola, facts: { tiles: ['threat'] }, ...more })
const anOwn = (id: string, more: Partial<Omit<OwnReport, 'status'>> = {}): OwnReport => ownReport(id, more)
const handle = (name: string, version?: number) => new Promise<IDBDatabase>((resolve, reject) => {
  const asked = indexedDB.open(name, version)
  asked.onsuccess = () => resolve(asked.result)
  asked.onerror = () => reject(asked.error ?? new Error(name))
})

describe('a pull', () => {
  it('tells the reporter that a leader has opened it, and keeps no word in the open', async () => {
    const draft = aDraft()
    await saveReport(draft)
    await sendNow()
    school.changes = { changes: [anOwn(draft.id, { openedAt: '2026-11-23T10:00:00Z', openedBy: 'Rita Rektor' }), aCase()], cursor: '1.7', more: false }
    expect(await syncNow()).toBe('done')
    const view = await myReport(draft.id)
    expect(view && deliveryStatus(view, new Date())).toEqual({ code: 'opened', at: '2026-11-23T10:00:00Z' })
    expect((await everyRow()).filter(({ row }) => /Rita|threat|Solbakken/.test(printed(row)))).toEqual([])
  })

  it('asks for the account that is meant, from where it left off, page by page', async () => {
    const asked: string[] = []
    school.instead = ({ path, headers }) => {
      if (!path.startsWith('/api/v1/changes')) return undefined
      asked.push(`${headers.get('x-account')} ${path.split('?')[1] ?? ''}`)
      return json(asked.length === 1 ? { changes: [anOwn(report)], cursor: '1.5', more: true } : { changes: [], cursor: '1.6', more: false })
    }
    await syncNow()
    await syncNow()
    expect(asked).toEqual([`${kari} `, `${kari} after=1.5`, `${kari} after=1.6`])
    expect((await myReports(10)).map(({ id, letters }) => [id, letters.length])).toEqual([[report, 0]])
  })

  it('begins afresh when the server does not know the cursor, and keeps own letters', async () => {
    const draft = aDraft()
    await saveReport(draft)
    school.changes = { changes: [aCase(), anOwn(report)], cursor: 'old.9', more: false }
    await syncNow()
    school.instead = ({ path }) => path.includes('after=old.9') ? problem(410, 'cursor-unknown') : undefined
    school.changes = { changes: [], cursor: 'new.1', more: false }
    expect(await syncNow()).toBe('done')
    expect(await caseList()).toEqual([])
    expect((await myReports(10)).map(({ id }) => id)).toEqual([draft.id])
  })

  it.each([[409, 'wrong-account'], [401, 'sign-in-needed']])('that meets %i %s stops quietly and evicts nothing', async (status, code) => {
    school.changes = { changes: [aCase()], cursor: '1.1', more: false }
    await syncNow()
    school.instead = ({ path }) => path.startsWith('/api/v1/changes') ? problem(status, code) : undefined
    expect(await syncNow()).toBe('sign-in')
    expect(await caseList()).toHaveLength(1)
  })
})

describe('a case', () => {
  const detail = caseOf(aCase(), { letters: [] })
  it('is fetched, kept sealed, and forgotten when it is not theirs any more', async () => {
    school.instead = ({ path }) => path.includes('/cases/') ? json(detail) : undefined
    expect(await fetchCase(report)).toBe('ok')
    expect((await caseById(report))?.detail).toEqual(detail)
    school.instead = ({ path }) => path.includes('/cases/') ? problem(404, 'not-found') : undefined
    expect(await fetchCase(report)).toBe('not-found')
    expect(await caseById(report)).toBeUndefined()
  })

  it('that was opened goes with the list that named it, whole and page by page', async () => {
    await keepChanges(kari, { changes: [aCase()], cursor: 'old.9', more: false }, false)
    await keepCase(kari, detail)
    await keepChanges(kari, { changes: [], cursor: 'new.1', more: true }, true)
    expect(await caseById(report)).toBeUndefined()
    await keepChanges(kari, { changes: [aCase()], cursor: 'new.2', more: false }, false)
    expect((await caseById(report))?.detail).toEqual(detail)
    await keepChanges(kari, { changes: [], cursor: 'newer.1', more: false }, true)
    expect(await inAccount(kari, ({ details }) => details.count())).toBe(0)
  })

  it('that was looked at is one letter, however often', async () => {
    await Promise.all([noteOpened(report), noteOpened(report)])
    await noteOpened(report)
    await syncNow()
    expect(school.posts().flatMap((post) => (post.body.letters ?? []).map(headerOf)).map(({ kind, report: about, account }) => [kind, about, account])).toEqual([['opened', report, kari]])
    expect(await myReports(10)).toEqual([])
  })
})

describe('what nobody has claimed', () => {
  beforeEach(() => switchAccount(null))

  it('is never sent by itself, and asks for a sign-in', async () => {
    await saveReport(aDraft())
    await sendNow()
    expect(await syncNow()).toBe('sign-in')
    expect(school.posts()).toEqual([])
  })

  it('moves with its drafts to the one who says that it is theirs, and is sent', async () => {
    const [saved, begun] = [aDraft({ tiles: ['bite'] }), aDraft({ tiles: ['throw'] })]
    await saveReport(saved)
    await keepDraft(begun)
    await switchAccount(kari)
    expect(await unclaimedCount()).toBe(2)
    expect(await claimForCurrentAccount()).toBe(2)
    expect(await unclaimedCount()).toBe(0)
    expect((await myReport(saved.id))?.facts.tiles).toEqual(['bite'])
    expect(await openDraft()).toEqual(begun)
    await sendNow()
    await syncNow()
    expect([...school.kept.keys()]).toEqual([saved.id])
  })

  it('is there once when the move was cut in the middle and is made again after sending', async () => {
    const saved = aDraft()
    await saveReport(saved)
    await switchAccount(kari)
    const real = IDBObjectStore.prototype.delete
    vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function cut(this: IDBObjectStore, ...words: Parameters<typeof real>) {
      if (this.transaction.db.name === nameOf(null)) this.transaction.abort()
      return real.apply(this, words)
    })
    await expect(claimForCurrentAccount()).rejects.toThrow()
    vi.restoreAllMocks()
    await sendNow()
    await syncNow()
    expect(await unclaimedCount()).toBe(0)
    await claimForCurrentAccount()
    const view = await myReport(saved.id)
    expect(view && deliveryStatus(view, new Date()).code).toBe('sent')
    expect(await unclaimedCount()).toBe(0)
  })
})

describe('a connection that the browser closed', () => {
  const openHandles: IDBDatabase[] = []
  beforeEach(() => {
    const real = IDBFactory.prototype.open
    openHandles.length = 0
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function open(this: IDBFactory, ...words: Parameters<typeof real>) {
      const asked = real.apply(this, words)
      asked.addEventListener('success', () => openHandles.push(asked.result))
      return asked
    })
    letGoOfAll()
  })

  it.each([true, false])('is opened again, and the save lands (it said so: %s)', async (said) => {
    await myReports(1)
    for (const each of openHandles) {
      each.close()
      // The stand-in database takes no foreign events, so its listener is called.
      if (said) each.onclose?.(new Event('close'))
    }
    await saveReport(aDraft())
    expect(await myReports(10)).toHaveLength(1)
  })

  it('with WebKit\'s own words is opened again, and the save lands once', async () => {
    await myReports(1)
    const real = IDBObjectStore.prototype.add
    let broken = 0
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function add(this: IDBObjectStore, ...words: Parameters<typeof real>) {
      if (this.name === 'letters' && broken === 0) {
        broken += 1
        throw new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError')
      }
      return real.apply(this, words)
    })
    await saveReport(aDraft())
    expect(broken).toBe(1)
    expect(await myReports(10)).toHaveLength(1)
  })

  it('that stays dead is an error with a code, never a fake "saved"', async () => {
    letGo(nameOf(kari))
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => { throw new DOMException('full disk', 'UnknownError') })
    await expect(saveReport(aDraft())).rejects.toMatchObject({ name: 'StorageError', code: expect.stringMatching(/unavailable|closed/) })
    expect((await storageState()).ok).toBe(false)
  })

  it('gives way to another tab that wants to upgrade', async () => {
    await saveReport(aDraft())
    letGo(nameOf(kari))
    await myReports(1)
    const newer = await handle(nameOf(kari), 5000)
    expect(newer.version).toBe(5000)
    newer.close()
  })
})

describe('a database that a newer release has changed', () => {
  it.each(['its row', 'its number'])('is not written by older code, told by %s, and loses nothing', async (sign) => {
    const draft = aDraft()
    await saveReport(draft)
    letGoOfAll()
    const database = await handle(nameOf(kari), sign === 'its number' ? 40 : undefined)
    if (sign === 'its row') database.transaction('meta', 'readwrite').objectStore('meta').put({ key: 'schemaVersion', value: 4 })
    database.close()
    await expect(saveReport(aDraft())).rejects.toMatchObject({ code: 'newer-schema' })
    await expect(myReports(10)).rejects.toMatchObject({ code: 'newer-schema' })
    expect(await syncNow()).toBe('update-needed')
    expect((await everyRow()).filter(({ table }) => table === 'letters')).toHaveLength(1)
  })
})

describe('the outbox', () => {
  it('tells the starter when the next letter is due, for everybody on the phone', async () => {
    const told: (number | undefined)[] = []
    const stop = followNextDue((at) => { told.push(at) })
    await vi.waitFor(() => expect(told).toEqual([undefined]))
    await saveReport(aDraft())
    await vi.waitFor(() => expect(told.at(-1)).toBeGreaterThan(Date.now() + 15_000))
    await switchAccount(ola)
    await switchAccount(kari)
    await endGrace()
    await vi.waitFor(() => expect(told.at(-1)).toBeLessThanOrEqual(Date.now()))
    await syncNow()
    await vi.waitFor(() => expect(told.at(-1)).toBeUndefined())
    stop()
  })
})

describe('the phone', () => {
  it('is empty after a wipe, and can be used again', async () => {
    await saveReport(aDraft())
    await wipePhone()
    expect((await indexedDB.databases()).filter(({ name }) => name?.startsWith('meldt'))).toEqual([])
    expect(await currentAccount()).toBeNull()
    await saveReport(aDraft())
    expect(await myReports(10)).toHaveLength(1)
  })

  it('says what it knows of its storage, and nothing when the browser does not tell', async () => {
    expect(await storageState()).toEqual({ persisted: null, usedBytes: null, quotaBytes: null, ok: true })
    expect(await askToPersist()).toBe(false)
    vi.stubGlobal('navigator', { storage: { estimate: () => Promise.reject(new Error('no')), persisted: () => Promise.resolve(true), persist: () => Promise.resolve(true) } })
    expect(await storageState()).toMatchObject({ persisted: true, usedBytes: null })
    expect(await askToPersist()).toBe(true)
  })

  it('fetches the server\'s keys by itself', async () => {
    await wipePhone()
    await switchAccount(kari)
    expect(await serverKeys()).toBeUndefined()
    await syncNow()
    expect(await serverKeys()).toEqual(school.keys)
  })
})
