/** The search of the guidance in real Chromium, behind the real content security policy, with the line cut: in its worker, and where there is none. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Phone } from '../support/e2e/phone.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let phone: Phone
beforeAll(async () => {
  world = await createWorld()
  phone = await world.phone('kari')
  await phone.open('/')
  await phone.installed()
  await phone.off()
  await world.stopServer()
  await world.line.cut()
  await phone.on()
})
afterAll(() => world.end())

/** Asks on the guidance's home and returns the titles of the first three answers. */
async function ask(question: string): Promise<string[]> {
  const field = phone.page.getByRole('searchbox')
  await field.fill('')
  await field.pressSequentially(question)
  await phone.page.locator('.result mark').first().waitFor()
  await phone.page.waitForTimeout(500)
  return (await phone.page.locator('.result strong').allTextContents()).slice(0, 3)
}

describe('without a line', () => {
  it('answers from its worker, and marks the words in the sentence', async () => {
    await phone.open('/guide')
    expect(await ask('yrkesskde')).toContain('Yrkesskade')
    expect(phone.page.workers().map((worker) => new URL(worker.url()).pathname)).toEqual([expect.stringMatching(/^\/assets\/[\w-]+\.js$/)])
    expect(await ask('jeg ble slått')).toContain('De første timene')
  })

  it('answers on the page when the browser has no workers', async () => {
    await phone.context.addInitScript(() => { Reflect.deleteProperty(globalThis, 'Worker') })
    await phone.open('/guide')
    expect(await ask('yrkesskde')).toContain('Yrkesskade')
    expect(phone.page.workers()).toEqual([])
  })

  it('breaks no rule of the house', () => { expect(world.complaints()).toEqual([]) })

  it('lets nobody else make a script’s address', async () => {
    await phone.off()
    await phone.on()
    await phone.open('/guide')
    const refused = await phone.page.evaluate(() => {
      try { return `${typeof new Worker('/sw.js')}` } catch (cause) { return (cause as Error).name }
    })
    expect(refused).toBe('TypeError')
  })
})
