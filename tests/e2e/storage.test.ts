/** The phone's own disk: a save is whole or nothing, a dead connection is opened again, and nobody can read what lies there. */
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchDisk } from '../support/e2e/diskSearch.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { log, option, receiptHeading, save, signIn } from '../support/e2e/person.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

declare global {
  interface Window {
    /** Abort the next save's transaction at its n-th write. */
    abortAtWrite?: number
    openHandles: IDBDatabase[]
  }
}

/** Runs in the page before the app: lets a test abort the big transaction at any write, and reach the raw handles. */
const sabotage = (): void => {
  window.openHandles = []
  const writes = new WeakMap<IDBTransaction, number>()
  const isSave = ({ mode, objectStoreNames }: IDBTransaction) => mode === 'readwrite' && objectStoreNames.contains('letters') && objectStoreNames.contains('safe')
  for (const name of ['add', 'put', 'delete'] as const) {
    const real = IDBObjectStore.prototype[name] as (...words: unknown[]) => IDBRequest
    IDBObjectStore.prototype[name] = function write(this: IDBObjectStore, ...words: unknown[]) {
      const asked = real.apply(this, words)
      if (window.abortAtWrite !== undefined && isSave(this.transaction)) {
        const count = (writes.get(this.transaction) ?? 0) + 1
        writes.set(this.transaction, count)
        if (count === window.abortAtWrite) this.transaction.abort()
      }
      return asked
    } as never
  }
  const realOpen = IDBFactory.prototype.open
  IDBFactory.prototype.open = function open(...words) {
    const asked = realOpen.apply(this, words)
    asked.addEventListener('success', () => window.openHandles.push(asked.result))
    return asked
  }
}

let world: World
let phone: Phone
beforeAll(async () => {
  world = await createWorld()
  phone = await world.phone('kari')
  await phone.open('/')
  await phone.installed()
  await signIn(phone, 'kari')
  await phone.off()
  await phone.on()
  await phone.context.addInitScript(sabotage)
  await world.line.cut()
})
afterAll(() => world.end())

describe('a save', () => {
  it.each([1, 2, 3])('whose transaction breaks at write %i leaves nothing behind, says so, and keeps the draft', async (write) => {
    await phone.open('/')
    await option(phone.page, 'Trussel').click()
    await option(phone.page, 'Vondt eller redd').click()
    await phone.page.evaluate((count) => { window.abortAtWrite = count }, write)
    await phone.page.getByRole('button', { name: 'Lagre på telefonen' }).click()
    await phone.page.getByRole('alert').or(phone.page.getByText(/ikke lagret/i)).first().waitFor()
    expect(await phone.page.getByText(receiptHeading).count()).toBe(0)
    await phone.open('/mine')
    await expect.poll(() => option(phone.page, 'Trussel').count()).toBe(write - 1)
    await phone.open('/')
    await phone.page.waitForFunction(() => [...document.querySelectorAll('input:checked')].some((input) => input.closest('label')?.textContent?.includes('Trussel')))
    await save(phone.page)
    await phone.open('/mine')
    await expect.poll(() => option(phone.page, 'Trussel').count()).toBe(write)
  })

  it('happens once when the button is tapped twice', async () => {
    await phone.open('/')
    await option(phone.page, 'Skadeverk').click()
    await phone.page.getByRole('button', { name: 'Lagre på telefonen' }).dblclick()
    await phone.page.getByRole('heading', { level: 1, name: receiptHeading }).waitFor()
    await phone.open('/mine')
    await expect.poll(() => option(phone.page, 'Skadeverk').count()).toBe(1)
  })

  it.each(['with a close event', 'without a word'])('lands although the browser closed the database %s', async (manner) => {
    await phone.open('/')
    await option(phone.page, 'Annet').click()
    await phone.page.evaluate((how) => {
      for (const handle of window.openHandles) {
        handle.close()
        if (how === 'with a close event') handle.dispatchEvent(new Event('close'))
      }
    }, manner)
    await save(phone.page)
    await phone.open('/mine')
    await option(phone.page, 'Annet').first().waitFor()
  })
})

describe('the disk', () => {
  const markers = ['kvartsglimmer7731', 'ravnefjord9042', 'mosegrotte5518']
  const type = async (words: string): Promise<void> => {
    const box = phone.page.locator('#field-description textarea')
    await box.waitFor()
    await box.pressSequentially(words)
    await phone.page.waitForTimeout(400)
  }

  it('is searched by a search that finds what is planted, in UTF-8 and both kinds of UTF-16', () => {
    for (const bytes of [Buffer.from(`…${markers[0]}…`), Buffer.from(`…${markers[0]}…`, 'utf16le'), Buffer.from(`…${markers[0]}…`, 'utf16le').swap16()]) {
      const planted = path.join(phone.profile, 'planted')
      writeFileSync(planted, bytes)
      expect(searchDisk(phone.profile, markers)).toEqual([`planted: ${markers[0]}`])
      rmSync(planted)
    }
  })

  it('would show a text that a page had kept in the open', async () => {
    const control = 'aapenkontroll4410'
    await phone.page.evaluate(async (text) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open('control', 1)
        asked.onupgradeneeded = () => asked.result.createObjectStore('rows', { autoIncrement: true })
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
      const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' })
      transaction.objectStore('rows').add({ text })
      await new Promise((resolve) => { transaction.oncomplete = resolve })
    }, control)
    expect(searchDisk(phone.profile, [control]).length).toBeGreaterThan(0)
  })

  it('holds no word of a report or a draft after a save, a kill and a restart', async () => {
    await phone.open('/')
    await log(phone.page)
    const report = new URL(phone.page.url()).pathname.split('/').at(-1) ?? ''
    await phone.open(`/report/${report}/details`)
    await type(`${markers[0]} `)
    await phone.page.locator('#field-done textarea').fill(`${markers[1]} sto i gangen`)
    await phone.page.waitForTimeout(400)
    await phone.open(`/report/${report}/check`)
    await phone.page.getByRole('button', { name: 'Send til leder' }).click()
    await phone.page.waitForURL((url) => !url.pathname.endsWith('/check'))
    await phone.open(`/report/${report}/details`)
    await type(markers[2] ?? '')
    await phone.kill()
    expect(searchDisk(phone.profile, markers)).toEqual([])
    await phone.on()
    await phone.open(`/report/${report}`)
    await phone.page.getByText(markers[0] ?? '').first().waitFor()
    await phone.off()
    expect(searchDisk(phone.profile, markers)).toEqual([])
    await phone.on()
  })
})

describe('all phones', () => {
  it('broke no content security policy, logged no error and asked no other origin', () => {
    expect(world.complaints()).toEqual([])
  })
})
