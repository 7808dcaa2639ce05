// @vitest-environment node
import 'fake-indexeddb/auto'
import { CipherSuite, Aes256Gcm, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { liveQuery } from 'dexie'
import { aDraft, everyRow, freshPhone, kari, printed } from './support/phone.ts'
import { createSchool, headerOf, type School } from './support/school.ts'
import { fromBase64url } from '#app/crypto/base64url.ts'
import { deleteDraft, draftById, keepDraft, keptDrafts, openDraft, supplementDraft } from '#app/db/drafts.ts'
import { switchAccount } from '#app/db/device.ts'
import { letGoOfAll } from '#app/db/gateway.ts'
import { exportLetters, myReport, myReports, saveReport, saveSupplement, undoReport } from '#app/db/reports.ts'
import { letterInfo } from '#contract/wire.ts'

let school: School
beforeEach(async () => { school = await createSchool(); await freshPhone(school) })
afterEach(() => { vi.restoreAllMocks() })

/** Aborts the next save at its n-th write. */
function breakAtWrite(nth: number): void {
  const writes = new WeakMap<IDBTransaction, number>()
  for (const name of ['add', 'put', 'delete'] as const) {
    const real = IDBObjectStore.prototype[name] as (...words: unknown[]) => IDBRequest
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function write(this: IDBObjectStore, ...words: unknown[]) {
      const asked = real.apply(this, words)
      const stores = this.transaction.objectStoreNames
      if (stores.contains('letters') && stores.contains('drafts')) {
        writes.set(this.transaction, (writes.get(this.transaction) ?? 0) + 1)
        if (writes.get(this.transaction) === nth) this.transaction.abort()
      }
      return asked
    } as never)
  }
}

describe('a draft', () => {
  it('is the open form until it is put aside, and several live side by side', async () => {
    const [open, kept] = [aDraft({ description: 'åpen' }), aDraft({ description: 'lagt bort' }, { kept: true })]
    await keepDraft(open)
    await keepDraft(kept)
    expect(await openDraft()).toEqual(open)
    expect(await keptDrafts()).toEqual([kept])
  })

  it('survives a restart to the last letter', async () => {
    const draft = aDraft({ description: 'a' })
    await keepDraft(draft)
    letGoOfAll()
    expect((await draftById(draft.id))?.facts.description).toBe('a')
  })

  it('of a supplement is never offered as a new report', async () => {
    const { id } = aDraft()
    const supplement = aDraft({ place: 'gym' }, { kind: 'supplement', report: id })
    await keepDraft(supplement)
    expect(await openDraft()).toBeUndefined()
    expect(await supplementDraft(id)).toEqual(supplement)
  })

  it('comes back after Angre', async () => {
    const draft = aDraft()
    await keepDraft(draft)
    const gone = await deleteDraft(draft.id)
    expect(await openDraft()).toBeUndefined()
    if (gone) await keepDraft(gone)
    expect(await openDraft()).toEqual(draft)
  })

  it('that is written late, after the save, does not come back', async () => {
    const draft = aDraft()
    await saveReport(draft)
    await keepDraft({ ...draft, facts: { tiles: ['other'] } })
    expect(await openDraft()).toBeUndefined()
    expect((await myReport(draft.id))?.facts.tiles).toEqual(['hit'])
  })
})

describe('a save', () => {
  it('keeps the letter and the copy, and ends the draft', async () => {
    const draft = aDraft()
    await keepDraft(draft)
    await saveReport(draft)
    expect(await openDraft()).toBeUndefined()
    const [view] = await myReports(10)
    expect(view).toMatchObject({ id: draft.id, facts: { tiles: ['hit'], severity: 2 }, letters: [{ id: draft.id, kind: 'report', attempts: 0 }] })
    expect(view?.facts.occurredAt).toMatch(/^\d{4}-.*[+-]\d\d:\d\d$/)
  })

  it.each([1, 2, 3])('that breaks at write %i leaves nothing behind, says so, and the draft is intact', async (nth) => {
    const draft = aDraft()
    await keepDraft(draft)
    breakAtWrite(nth)
    await expect(saveReport(draft)).rejects.toMatchObject({ name: 'StorageError' })
    vi.restoreAllMocks()
    expect(await myReports(10)).toEqual([])
    expect(await openDraft()).toEqual(draft)
    await saveReport(draft)
    expect(await myReports(10)).toHaveLength(1)
  })

  it('that happens twice is one report', async () => {
    const draft = aDraft()
    await Promise.all([saveReport(draft), saveReport(draft)])
    await saveReport(draft)
    const views = await myReports(10)
    expect(views).toHaveLength(1)
    expect(views[0]?.letters).toHaveLength(1)
  })

  it('of other words under the same id, from another tab, is an addition and overwrites nothing', async () => {
    const draft = aDraft()
    await saveReport(draft)
    await saveReport({ ...draft, facts: { ...draft.facts, place: 'gym' } })
    const view = await myReport(draft.id)
    expect(view?.letters.map(({ kind }) => kind)).toEqual(['report', 'supplement'])
    expect(view?.facts).toMatchObject({ tiles: ['hit'], place: 'gym' })
  })

  it('is seen by a live query only after its commit', async () => {
    const seen: number[] = []
    let committed = false
    const early: number[] = []
    const subscription = liveQuery(async () => myReports(10)).subscribe({ next: (views) => { seen.push(views.length); if (views.length > 0 && !committed) early.push(views.length) }, error: (cause) => { throw cause } })
    await vi.waitFor(() => expect(seen).toEqual([0]))
    const real = IDBObjectStore.prototype.add
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function add(this: IDBObjectStore, ...words: Parameters<typeof real>) {
      this.transaction.addEventListener('complete', () => { committed = true })
      return real.apply(this, words)
    })
    await saveReport(aDraft())
    await vi.waitFor(() => expect(seen.at(-1)).toBe(1))
    subscription.unsubscribe()
    expect(early).toEqual([])
  })

  it('is followed by a live query through another sign-in', async () => {
    const seen: string[][] = []
    const subscription = liveQuery(async () => myReports(10)).subscribe((views) => { seen.push(views.map(({ id }) => id)) })
    const draft = aDraft()
    await saveReport(draft)
    await vi.waitFor(() => expect(seen.at(-1)).toEqual([draft.id]))
    await switchAccount(null)
    await vi.waitFor(() => expect(seen.at(-1)).toEqual([]))
    await switchAccount(kari)
    await vi.waitFor(() => expect(seen.at(-1)).toEqual([draft.id]))
    subscription.unsubscribe()
  })

  it('says that the phone is full', async () => {
    await saveReport(aDraft())
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => { throw new DOMException('full', 'QuotaExceededError') })
    await expect(saveReport(aDraft())).rejects.toMatchObject({ code: 'quota' })
  })
})

describe('a letter', () => {
  it('opens with the server\'s key, and only with its own header', async () => {
    const draft = aDraft({ tiles: ['threat'], description: 'blåbærsyltetøy 🫐' })
    await saveReport(draft)
    const { letters: [letter] } = await exportLetters(draft.id)
    if (!letter) throw new Error('no letter')
    expect(headerOf(letter)).toMatchObject({ v: 1, id: draft.id, report: draft.id, kind: 'report', account: kari })
    const [to] = letter.to
    const aad = fromBase64url(letter.header)
    const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
    const recipientKey = await crypto.subtle.importKey('pkcs8', await crypto.subtle.exportKey('pkcs8', school.privateKey), { name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
    const recipient = await suite.createRecipientContext({ recipientKey, enc: fromBase64url(to?.enc ?? '').buffer, info: new TextEncoder().encode(letterInfo).buffer })
    const cek = await crypto.subtle.importKey('raw', await recipient.open(fromBase64url(to?.key ?? '').buffer, aad.buffer), 'AES-GCM', false, ['decrypt'])
    const body = fromBase64url(letter.body)
    const open = (additionalData: Uint8Array<ArrayBuffer>) => crypto.subtle.decrypt({ name: 'AES-GCM', iv: body.subarray(0, 12), additionalData }, cek, body.subarray(12))
    const packed = await open(aad)
    const text = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text()
    expect(JSON.parse(text)).toMatchObject({ v: 1, facts: { tiles: ['threat'], description: 'blåbærsyltetøy 🫐' } })
    await expect(open(new Uint8Array([...aad].toReversed()))).rejects.toThrow()
  })

  it('is saved without the server\'s key, and sealed when it has come', async () => {
    const { wipePhone } = await import('#app/db/storage.ts')
    const { keepServerKeys } = await import('#app/db/device.ts')
    const { sealWaiting } = await import('#app/db/sealing.ts')
    await wipePhone()
    await switchAccount(kari)
    const draft = aDraft()
    await saveReport(draft)
    expect((await exportLetters(draft.id)).letters).toEqual([])
    await keepServerKeys(school.keys)
    expect(await sealWaiting()).toBe(1)
    expect((await exportLetters(draft.id)).letters).toHaveLength(1)
  })
})

describe('a supplement', () => {
  it('carries only what is new, and the report is the sum', async () => {
    const draft = aDraft()
    await saveReport(draft)
    await saveSupplement(aDraft({ tiles: ['hit'], severity: 3, place: 'gym' }, { kind: 'supplement', report: draft.id }))
    const view = await myReport(draft.id)
    expect(view?.facts).toMatchObject({ tiles: ['hit'], severity: 3, place: 'gym' })
    expect(view?.differing).toEqual([])
    expect(view?.letters).toHaveLength(2)
  })

  it('with nothing new ends its draft and is no letter', async () => {
    const draft = aDraft()
    await saveReport(draft)
    const supplement = aDraft({ tiles: ['hit'] }, { kind: 'supplement', report: draft.id })
    await keepDraft(supplement)
    await saveSupplement(supplement)
    expect(await draftById(supplement.id)).toBeUndefined()
    expect((await myReport(draft.id))?.letters).toHaveLength(1)
  })
})

describe('Angre', () => {
  it('leaves no trace when nobody was asked yet', async () => {
    const draft = aDraft()
    await saveReport(draft)
    expect(await undoReport(draft.id)).toBe('deleted')
    expect((await everyRow()).filter(({ table }) => ['letters', 'safe', 'drafts'].includes(table))).toEqual([])
  })

  it('twice, in two tabs, leaves no letter that can never be sent', async () => {
    const draft = aDraft()
    await saveReport(draft)
    expect(await Promise.all([undoReport(draft.id), undoReport(draft.id)])).toEqual(['deleted', 'deleted'])
    expect((await everyRow()).filter(({ table }) => ['letters', 'safe', 'drafts'].includes(table))).toEqual([])
  })
})

describe('the disk', () => {
  it('holds no word, code or severity of a report in the open', async () => {
    const words = 'kvartsglimmer7731'
    const draft = aDraft({ tiles: ['damage'], severity: 3, place: 'wardrobe', description: words })
    await keepDraft(draft)
    await keepDraft(aDraft({ tiles: ['damage'], place: 'wardrobe', description: words }, { kept: true }))
    await saveReport(draft)
    const rows = await everyRow()
    expect(rows.length).toBeGreaterThan(3)
    expect(rows.filter(({ row }) => /kvartsglimmer|damage|wardrobe|severity/.test(printed(row)))).toEqual([])
  })
})
