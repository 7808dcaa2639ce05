/** After the first visit the app needs nobody: no server, no line, and a browser that was started anew. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Phone } from '../support/e2e/phone.ts'
import { log, option, sendNow, signIn, status } from '../support/e2e/person.ts'
import { ownReports } from '../support/e2e/serverFacts.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let phone: Phone
beforeAll(async () => {
  world = await createWorld()
  phone = await world.phone('kari')
  await phone.open('/')
  await phone.installed()
  await signIn(phone, 'kari')
  await phone.off()
  await world.stopServer()
  await world.line.cut()
  await phone.on()
})
afterAll(() => world.end())

describe('with the server stopped and the browser restarted', () => {
  it.each(['/', '/mine', '/more', '/sending', '/call', '/inbox', '/practice', '/hide', '/privacy', '/accessibility', '/help', '/sign-out', '/nowhere', '/now', '/steps/rising', '/steps/rising/2'])(
    'opens %s by its address', async (path) => {
      await phone.open(path)
      expect(new URL(phone.page.url()).pathname).toBe(path)
    })

  it('logs, restarts, and still has it in the list', async () => {
    await phone.open('/')
    await log(phone.page)
    const receipt = new URL(phone.page.url()).pathname
    await phone.off()
    await phone.on()
    await phone.open('/mine')
    await option(phone.page, 'Slag eller spark').first().waitFor()
    expect(await status(phone.page, 'Sendt').count()).toBe(0)
    await phone.open(receipt)
    await phone.open(receipt.replace('/receipt/', '/report/'))
  })

  it('delivers it once when the server is back', async () => {
    await world.startServer()
    await world.line.mend()
    await sendNow(phone)
    await phone.open('/mine')
    await status(phone.page, 'Sendt').first().waitFor({ timeout: 60_000 })
    expect((await ownReports(phone)).size).toBe(1)
  })

  it('keeps the app itself in its caches, and nothing that the server said', async () => {
    const kept = await phone.page.evaluate(async () => {
      const names = await caches.keys()
      const requests = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))
      return { names, paths: requests.flat() }
    })
    expect(kept.names.every((name) => name.includes('precache'))).toBe(true)
    expect(kept.paths.filter((path) => /^\/(?:api|auth|demo-idp)/.test(path))).toEqual([])
    expect(kept.paths.length).toBeGreaterThan(5)
  })

  it('broke no content security policy, logged no error and asked no other origin', () => {
    expect(world.complaints()).toEqual([])
  })
})
