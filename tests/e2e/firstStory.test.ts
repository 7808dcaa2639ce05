/** The main story: logged in three taps, received by the school, opened by a leader, and the person who reported sees it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Phone } from '../support/e2e/phone.ts'
import { log, sendNow, signIn, status } from '../support/e2e/person.ts'
import { casesSeenBy } from '../support/e2e/serverFacts.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let kari: Phone
let rita: Phone
beforeAll(async () => {
  world = await createWorld()
  kari = await world.phone('kari')
  rita = await world.phone('rita')
})
afterAll(() => world.end())

describe('a report', () => {
  it('takes three taps and needs no keyboard, and shows its receipt from the phone', async () => {
    await signIn(kari, 'kari', '/')
    await kari.open('/')
    await log(kari.page)
    expect(new URL(kari.page.url()).pathname).toMatch(/^\/receipt\//)
  })

  it('is called sent after the school has answered, and not before', async () => {
    await world.line.cut()
    await kari.page.goBack()
    await kari.page.locator('h1').first().waitFor()
    await world.line.mend()
    await sendNow(kari)
    await kari.open('/mine')
    await status(kari.page, 'Sendt').first().waitFor()
  })

  it('lies unread with the leader of the same school, who opens it', async () => {
    await signIn(rita, 'rita', '/inbox')
    await rita.open('/inbox')
    await rita.page.getByRole('link', { name: /Slag eller spark/ }).first().click()
    await rita.page.waitForURL(/\/case\//)
    await rita.page.getByText('Kari', { exact: false }).first().waitFor()
    await sendNow(rita)
  })

  it('is shown to the person who wrote it as opened by a leader', async () => {
    await expect.poll(async () => {
      await sendNow(kari)
      await kari.open('/mine')
      return status(kari.page, 'Åpnet av leder').first().isVisible()
    }, { timeout: 60_000, interval: 1_000 }).toBe(true)
  })

  it('is seen by the verneombud of the school without the name of who wrote it', async () => {
    const vera = await world.phone('vera')
    await signIn(vera, 'vera', '/inbox')
    await vera.open('/inbox')
    await vera.page.getByRole('link', { name: /Slag eller spark/ }).first().click()
    await vera.page.waitForURL(/\/case\//)
    await vera.page.locator('h1').first().waitFor()
    expect(await vera.page.locator('main').innerText()).not.toContain('Kari')
    await vera.off()
  })

  it('does not exist for the leader of another school, not even by its address', async () => {
    const lars = await world.phone('lars')
    const [report] = await casesSeenBy(rita)
    await signIn(lars, 'lars', '/inbox')
    expect(await casesSeenBy(lars)).toEqual(new Set())
    const status = await lars.page.evaluate(async (id) => (await fetch(`/api/v1/cases/${id}`)).status, report)
    expect([404, 409]).toContain(status)
    await lars.off()
  })
})

describe('all phones', () => {
  it('broke no content security policy, logged no error and asked no other origin', () => {
    expect(world.complaints()).toEqual([])
  })
})
