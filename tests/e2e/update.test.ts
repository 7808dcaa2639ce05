/** The day after a release: a broken install changes nothing, an update is offered and never forced, and its button works. */
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildInto, entryOf, firstBuild } from '../support/e2e/build.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { log, option, signIn } from '../support/e2e/person.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let phone: Phone
let secondBuild = ''

const deploy = async (dist: string): Promise<void> => {
  await world.stopServer()
  await world.startServer(dist)
}
const runningEntry = () => phone.page.evaluate(() => new URL(document.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? 'about:blank').pathname)
const tileIsChecked = (words: string) => phone.page.evaluate((text) =>
  [...document.querySelectorAll('input:checked')].some((input) => input.closest('label')?.textContent?.includes(text)), words)
/** Asks the browser to look for a new worker, and tells how that ended. */
const lookForUpdate = () => phone.page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration()
  if (registration === undefined) throw new Error('There is no worker')
  await registration.update()
  const coming = registration.installing ?? registration.waiting
  if (coming === null) return 'none'
  if (coming.state !== 'installing') return coming.state
  return new Promise<string>((resolve) => { coming.addEventListener('statechange', () => resolve(coming.state), { once: true }) })
})
const updateButton = () => phone.page.getByRole('button', { name: 'Oppdater' })

beforeAll(async () => {
  world = await createWorld()
  secondBuild = path.join(world.folder, 'second')
  await buildInto(secondBuild, '99.0.0')
  phone = await world.phone('kari')
  await phone.open('/')
  await phone.installed()
  await signIn(phone, 'kari')
}, 300_000)
afterAll(() => world.end())

describe('a new release', () => {
  it('is another one, so that these tests judge something', () => {
    expect(entryOf(secondBuild)).not.toBe(entryOf(firstBuild))
  })

  it('that cannot be fetched whole leaves the old one as it was, with and without a line', async () => {
    await phone.open('/')
    await deploy(secondBuild)
    const fresh = entryOf(secondBuild)
    world.line.answer(new RegExp(fresh.replaceAll('.', String.raw`\.`)), 503)
    expect(await lookForUpdate()).toBe('redundant')
    await phone.off()
    await world.line.cut()
    await phone.on()
    await phone.open('/')
    expect(await runningEntry()).toBe(entryOf(firstBuild))
    await phone.open('/mine')
    world.line.answer(undefined)
    await world.line.mend()
  })

  it('that arrives while somebody fills in the form takes nothing from their hands', async () => {
    await phone.open('/')
    await option(phone.page, 'Trussel').click()
    await phone.page.evaluate(() => { document.body.dataset['stillHere'] = 'yes' })
    expect(await lookForUpdate()).toBe('installed')
    await option(phone.page, 'Vondt eller redd').click()
    await phone.page.waitForTimeout(1_000)
    expect(await phone.page.evaluate(() => document.body.dataset['stillHere'])).toBe('yes')
    expect(await tileIsChecked('Trussel')).toBe(true)
    expect(await runningEntry()).toBe(entryOf(firstBuild))
  })

  it('is offered, and the button brings it without touching the draft', async () => {
    await phone.open('/mine')
    await updateButton().click()
    await phone.page.waitForFunction((entry) => document.querySelector<HTMLScriptElement>('script[type="module"]')?.src.endsWith(entry), entryOf(secondBuild))
    await phone.open('/')
    await expect.poll(() => tileIsChecked('Trussel'), { timeout: 20_000 }).toBe(true)
    expect(await tileIsChecked('Vondt eller redd')).toBe(true)
    await phone.open('/mine')
    expect(await updateButton().count()).toBe(0)
  })

  it('can be taken back: the phone follows, and what was saved under the new one is there under the old', async () => {
    await phone.open('/')
    await phone.page.getByRole('button', { name: 'Lagre på telefonen' }).click()
    await phone.page.waitForURL(/\/receipt\//)
    await deploy(firstBuild)
    await phone.open('/mine')
    expect(await lookForUpdate()).toBe('installed')
    await phone.open('/mine')
    await updateButton().click()
    await phone.page.waitForFunction((entry) => document.querySelector<HTMLScriptElement>('script[type="module"]')?.src.endsWith(entry), entryOf(firstBuild))
    await phone.open('/mine')
    await option(phone.page, 'Trussel').first().waitFor()
  })
})

describe('a database that a newer release has changed', () => {
  it('is not written to by the old code, which says so, and loses no row', async () => {
    await phone.open('/')
    await log(phone.page, { tile: 'Skadeverk' })
    await phone.open('/nowhere')
    const letters = await phone.page.evaluate(async () => {
      const names = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('meldt'))
      let count = 0
      for (const { name = '', version = 1 } of names) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const asked = indexedDB.open(name, version + 1000)
          asked.onsuccess = () => resolve(asked.result)
          asked.onerror = () => reject(asked.error)
        })
        if (database.objectStoreNames.contains('letters')) {
          count += await new Promise<number>((resolve) => {
            const asked = database.transaction('letters').objectStore('letters').count()
            asked.onsuccess = () => resolve(asked.result)
          })
        }
        database.close()
      }
      return count
    })
    expect(letters).toBeGreaterThan(0)
    await phone.open('/')
    await option(phone.page, 'Annet').click()
    await phone.page.getByRole('button', { name: 'Lagre på telefonen' }).click()
    await phone.page.getByText(/nyere versjon/i).first().waitFor()
    expect(new URL(phone.page.url()).pathname).toBe('/')
  })
})

describe('all phones', () => {
  it('broke no content security policy, logged no error and asked no other origin', () => {
    expect(world.complaints()).toEqual([])
  })
})
