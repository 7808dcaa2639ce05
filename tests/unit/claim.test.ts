// @vitest-environment node
/** A claim that is killed half way: it is finished for the one who made it, and takes nothing back. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aDraft, freshPhone, kari, ola } from './support/phone.ts'
import { createSchool } from './support/school.ts'
import { switchAccount } from '#app/db/device.ts'
import { draftById, keepDraft } from '#app/db/drafts.ts'
import { nameOf } from '#app/db/gateway.ts'
import { claimForCurrentAccount, finishClaim, unclaimedCount } from '#app/db/nobody.ts'
import { myReport, myReports, saveReport, undoReport } from '#app/db/reports.ts'

beforeEach(async () => { await freshPhone(await createSchool(), null) })
afterEach(() => { vi.restoreAllMocks() })

/** Kari claims, and is killed at the first write of this kind in that database. */
async function claimCut(write: 'add' | 'delete', database: string): Promise<void> {
  await switchAccount(kari)
  const real = IDBObjectStore.prototype[write] as (...words: unknown[]) => IDBRequest
  const cut = vi.spyOn(IDBObjectStore.prototype, write).mockImplementation(function kill(this: IDBObjectStore, ...words: unknown[]) {
    const asked = real.apply(this, words)
    if (this.transaction.db.name === database) this.transaction.abort()
    return asked
  } as never)
  await expect(claimForCurrentAccount()).rejects.toThrow()
  cut.mockRestore()
}

describe('a claim that was cut after the rows came over', () => {
  it('does not put an old draft over what was written since', async () => {
    const draft = aDraft({ description: 'gammel' }, { kept: true })
    await keepDraft(draft)
    await claimCut('delete', nameOf(null))
    await keepDraft({ ...draft, facts: { description: 'gammel og mer' }, at: new Date(Date.now() + 5).toISOString() })
    await claimForCurrentAccount()
    expect((await draftById(draft.id))?.facts.description).toBe('gammel og mer')
  })

  it('does not bring back what was undone since', async () => {
    const draft = aDraft()
    await saveReport(draft)
    await claimCut('delete', nameOf(null))
    expect(await undoReport(draft.id)).toBe('deleted')
    await finishClaim()
    expect(await myReport(draft.id)).toBeUndefined()
  })

  it('gives nothing to the next person, and is not offered to them', async () => {
    const draft = aDraft()
    await saveReport(draft)
    await claimCut('delete', nameOf(null))
    await switchAccount(ola)
    expect(await unclaimedCount()).toBe(0)
    expect(await claimForCurrentAccount()).toBe(0)
    expect(await myReport(draft.id)).toBeUndefined()
    await switchAccount(null)
    expect(await myReports(10)).toEqual([])
  })
})

describe('a claim that was cut before the rows came over', () => {
  it('is finished for the one who made it, whoever uses the phone then', async () => {
    const [saved, begun] = [aDraft(), aDraft({ tiles: ['bite'] })]
    await saveReport(saved)
    await keepDraft(begun)
    await claimCut('add', nameOf(kari))
    await switchAccount(ola)
    await finishClaim()
    expect([await myReport(saved.id), await draftById(begun.id)]).toEqual([undefined, undefined])
    await switchAccount(kari)
    expect((await myReport(saved.id))?.id).toBe(saved.id)
    expect(await draftById(begun.id)).toEqual(begun)
    expect(await unclaimedCount()).toBe(0)
  })

  it('leaves what was written at nobody\'s since to whoever claims next', async () => {
    const draft = aDraft({ description: 'karis' }, { kept: true })
    await keepDraft(draft)
    await claimCut('add', nameOf(kari))
    await switchAccount(null)
    await keepDraft({ ...draft, facts: { description: 'en annens' }, at: new Date(Date.now() + 5).toISOString() })
    await finishClaim()
    expect(await unclaimedCount()).toBe(1)
    expect((await draftById(draft.id))?.facts.description).toBe('en annens')
  })
})
