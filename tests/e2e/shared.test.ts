/** One phone, several people: what was wiped stays away, nobody gets what another wrote, and the clock hides the address too. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { log, option, sendNow, signIn, status } from '../support/e2e/person.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

const patience = { timeout: 20_000 }
let world: World
beforeAll(async () => {
  world = await createWorld()
  const phone = await world.phone('kari')
  await signIn(phone, 'kari', '/')
  await log(phone.page)
  await sendNow(phone)
  await phone.open('/mine')
  await status(phone.page, 'Sendt').waitFor()
  await phone.off()
})
afterAll(() => world.end())

const databases = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name?.startsWith('meldt-')))
const sessionOf = (page: Page) => page.evaluate(async () => (await (await fetch('/api/v1/session')).json() as { account: unknown }).account)
const pathOf = (page: Page) => new URL(page.url()).pathname

async function leaderWith(name: string): Promise<Phone> {
  const phone = await world.phone(name)
  await phone.open('/')
  await phone.installed()
  await signIn(phone, 'rita', '/inbox')
  await phone.page.getByText('Slag eller spark').first().waitFor()
  return phone
}
async function wipe({ page }: Phone): Promise<void> {
  await page.getByRole('link', { name: 'Mer', exact: true }).click()
  await page.getByRole('button', { name: 'Slett alt fra telefonen' }).click()
  await page.getByLabel('Skriv SLETT for å slette').fill('SLETT')
  await page.getByRole('button', { name: 'Slett fra telefonen' }).click()
  await page.getByText('Telefonen er tømt for alt fra Meldt').waitFor()
}

describe('a wiped phone', () => {
  it('is signed out and stays empty, in every tab', async () => {
    const phone = await leaderWith('wiped')
    const other = await phone.context.newPage()
    await other.goto(`${phone.origin}/inbox`)
    await other.getByText('Slag eller spark').first().waitFor()
    await phone.page.bringToFront()
    await wipe(phone)
    await expect.poll(() => pathOf(other), patience).toBe('/')
    expect(await sessionOf(phone.page)).toBeNull()
    expect((await phone.context.cookies()).map(({ name }) => name)).not.toContain('__Host-who')
    for (const page of [phone.page, other]) {
      await page.goto(`${phone.origin}/inbox`)
      await page.locator('h1').first().waitFor()
      await page.waitForTimeout(1000)
      expect(await page.locator('main').innerText()).not.toContain('Slag eller spark')
    }
    expect((await databases(phone.page)).filter((name) => name !== 'meldt-nobody')).toEqual([])
    await phone.off()
  })

  it('without a line stays empty when the line is back, and tells the server then that nobody is signed in', async () => {
    const phone = await leaderWith('offline')
    await world.line.cut()
    await wipe(phone)
    await phone.page.getByText('Utloggingen fra skolens tjeneste skjer').waitFor()
    await world.line.mend()
    await phone.open('/inbox')
    await expect.poll(() => sessionOf(phone.page), patience).toBeNull()
    expect(await phone.page.locator('main').innerText()).not.toContain('Slag eller spark')
    expect((await databases(phone.page)).filter((name) => name !== 'meldt-nobody')).toEqual([])
    await signIn(phone, 'rita', '/inbox')
    await phone.page.getByText('Slag eller spark').first().waitFor()
    await phone.off()
  })
})

describe('two tabs on a shared machine', () => {
  it('keep what each person began to write for that person', async () => {
    const phone = await world.phone('shared')
    await signIn(phone, 'kari', '/')
    const one = phone.page
    await option(one, 'Slag eller spark').click()
    const two = await phone.context.newPage()
    await two.goto(`${phone.origin}/auth/login?return_to=%2Fmine&switch=1`)
    await two.locator('button[value="ola"]').click()
    await two.waitForURL((url) => url.pathname === '/mine')
    await one.bringToFront()
    await expect.poll(() => one.getByLabel('Slag eller spark').isChecked(), patience).toBe(false)
    await two.goto(`${phone.origin}/`)
    await two.locator('h1').first().waitFor()
    await two.waitForTimeout(500)
    expect(await two.getByLabel('Slag eller spark').isChecked()).toBe(false)
    await two.close()
    await signIn(phone, 'kari', '/')
    await expect.poll(() => one.getByLabel('Slag eller spark').isChecked(), patience).toBe(true)
    await phone.off()
  })
})

describe('Skjul', () => {
  it('shows no address of a report when the way back is tapped, and afterwards the one of the page', async () => {
    const phone = await world.phone('hidden')
    await signIn(phone, 'kari', '/mine')
    const { page } = phone
    await page.locator('main a[href^="/report/"]').first().click()
    await page.waitForURL(/report/)
    const report = pathOf(page)
    await page.getByRole('link', { name: 'Mer', exact: true }).click()
    await page.waitForURL(/more/)
    await page.locator('.hide-button').click()
    await page.goBack()
    await page.waitForTimeout(500)
    expect(pathOf(page)).toBe('/')
    await page.locator('.veil button').click()
    await expect.poll(() => pathOf(page), patience).toBe(report)
    expect(await page.locator('main').innerText()).toContain('Kom fram til skolen')
    await phone.off()
  })
})
