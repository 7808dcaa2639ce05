/** How the app behaves in company: Skjul, three languages, practice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localReports } from '../../tools/kill-run/localReports.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { log, option, sendNow, signIn, status } from '../support/e2e/person.ts'
import { ownReports } from '../support/e2e/serverFacts.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let phone: Phone
beforeAll(async () => {
  world = await createWorld()
  phone = await world.phone('kari')
  await signIn(phone, 'kari')
})
afterAll(() => world.end())

describe('Skjul', () => {
  it('leaves no word of the app on the screen, in the title or in what a screen reader reads, and gives it back', async () => {
    await phone.open('/')
    await log(phone.page)
    await phone.page.getByRole('button', { name: 'Skjul' }).first().click()
    expect(await phone.page.title()).toBe('Notat')
    const heard = await phone.page.locator('body').ariaSnapshot()
    expect(heard).not.toMatch(/Slag|spark|Lagret|hendelse|Trussel|skade/i)
    expect(await phone.page.locator('body').innerText()).not.toMatch(/Slag|spark|Lagret|hendelse|Trussel|skade/i)
    expect(new URL(phone.page.url()).pathname).not.toMatch(/receipt|report/)
    await phone.page.getByRole('button').first().click()
    await phone.page.locator('h1').first().waitFor()
  })

  it('also falls when Shift is pressed three times', async () => {
    await phone.open('/')
    for (const _press of [1, 2, 3]) await phone.page.keyboard.press('Shift')
    await expect.poll(() => phone.page.title()).toBe('Notat')
  })

  it('is still there after a reload, and one labelled button leads back', async () => {
    await phone.open('/')
    expect(await phone.page.title()).toBe('Notat')
    await phone.page.getByRole('button', { name: 'Åpne igjen' }).click()
    await option(phone.page, 'Slag eller spark').waitFor()
  })
})

describe('the language', () => {
  it.each([['Nynorsk', 'nn', 'Kva skjedde?'], ['English', 'en', 'What happened?'], ['Bokmål', 'nb', 'Hva skjedde?']])(
    'is %s when that was chosen, on the screen and in the page', async (name, tag, question) => {
      await phone.open('/')
      await phone.page.getByRole('button', { name, exact: true }).click()
      await expect.poll(() => phone.page.evaluate(() => document.documentElement.lang)).toBe(tag)
      await phone.open('/')
      await phone.page.getByText(question).first().waitFor()
      expect(await phone.page.evaluate(() => document.documentElement.lang)).toBe(tag)
    })
})

describe('practice', () => {
  it('runs the same three taps and sends nothing', async () => {
    await expect.poll(async () => {
      await sendNow(phone)
      return (await ownReports(phone)).size
    }, { timeout: 60_000, interval: 1_000 }).toBe(1)
    await phone.open('/mine')
    await status(phone.page, 'Sendt').first().waitFor()
    const sent = world.line.log.length
    await phone.open('/practice')
    await option(phone.page, 'Trussel').click()
    await option(phone.page, 'Ingen skade').click()
    await phone.page.getByRole('button', { name: /Lagre/ }).click()
    await phone.page.getByRole('heading', { level: 1, name: 'Slik ser det ut når det er lagret' }).waitFor()
    await sendNow(phone)
    expect(world.line.log.slice(sent).filter((line) => line.endsWith('POST /api/v1/letters'))).toEqual([])
    await phone.open('/mine')
    await option(phone.page, 'Slag eller spark').first().waitFor()
    expect(await option(phone.page, 'Trussel').count()).toBe(0)
    expect((await localReports(phone)).size).toBe(1)
  })
})

describe('all phones', () => {
  it('broke no content security policy, logged no error and asked no other origin', () => {
    expect(world.complaints()).toEqual([])
  })
})
