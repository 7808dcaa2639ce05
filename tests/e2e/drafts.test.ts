/** Half-written things survive everything: a dead battery, a second draft, Skjul. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Phone } from '../support/e2e/phone.ts'
import { log, option, receiptHeading, signIn, status } from '../support/e2e/person.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let phone: Phone
/** What the phone promises: written within 150 ms of the last letter. A person's thumb is 50 ms away from the power button. */
const promised = 200
const storyOne = 'Elev A slo med linjal da timen var slutt. Vi var to voksne i rommet æøå 🙂'
const storyTwo = 'Noe helt annet skjedde i gangen'

const description = (to: Phone) => to.page.locator('#field-description textarea')
const openDetails = async (report: string): Promise<void> => {
  await phone.open(`/report/${report}/details`)
  await description(phone).waitFor()
}
const logOne = async (tile: string): Promise<string> => {
  await phone.open('/')
  await log(phone.page, { tile })
  return new URL(phone.page.url()).pathname.split('/').at(-1) ?? ''
}
const dieAndWake = async (): Promise<void> => {
  await pause(promised)
  await phone.kill()
  await phone.on()
}

beforeAll(async () => {
  world = await createWorld()
  phone = await world.phone('kari')
  await phone.open('/')
  await phone.installed()
  await signIn(phone, 'kari')
  // In order, so that the browser has written its cookies and the worker's registration. From here on it dies hard.
  await phone.off()
  await phone.on()
  await world.line.cut()
})
afterAll(() => world.end())

describe('a draft', () => {
  let first = ''
  let second = ''

  it('of the quick log is back after the process was killed 200 ms after the last tap', async () => {
    await phone.open('/')
    await option(phone.page, 'Trussel').click()
    await dieAndWake()
    await phone.open('/')
    await phone.page.waitForFunction(() => [...document.querySelectorAll('input:checked')].some((input) => input.closest('label')?.textContent?.includes('Trussel')))
    await option(phone.page, 'Vondt eller redd').click()
    await phone.page.getByRole('button', { name: 'Lagre på telefonen' }).click()
    await phone.page.getByRole('heading', { level: 1, name: receiptHeading }).waitFor()
    first = new URL(phone.page.url()).pathname.split('/').at(-1) ?? ''
  })

  it('of the details is back to the last letter, the emoji included', async () => {
    await openDetails(first)
    await description(phone).pressSequentially(storyOne)
    await dieAndWake()
    await openDetails(first)
    await expect.poll(() => description(phone).inputValue(), { timeout: 20_000 }).toBe(storyOne)
  })

  it('does not take the place of another', async () => {
    second = await logOne('Skadeverk')
    await openDetails(second)
    expect(await description(phone).inputValue()).toBe('')
    await description(phone).pressSequentially(storyTwo)
    await dieAndWake()
    await openDetails(first)
    await expect.poll(() => description(phone).inputValue(), { timeout: 20_000 }).toBe(storyOne)
    await openDetails(second)
    await expect.poll(() => description(phone).inputValue(), { timeout: 20_000 }).toBe(storyTwo)
  })

  it('is as it was after Skjul covered it (there is no lock yet: the veil is what falls in the middle of a draft)', async () => {
    await openDetails(second)
    await description(phone).pressSequentially(' og')
    await phone.page.getByRole('button', { name: 'Skjul' }).first().click()
    expect(await phone.page.title()).toBe('Notat')
    expect(await phone.page.locator('body').innerText()).not.toContain('gangen')
    await phone.page.getByRole('button').first().click()
    // How fast it is written is tried above. A reload while it is being written would be another matter than Skjul.
    await pause(5 * promised)
    await openDetails(second)
    await expect.poll(() => description(phone).inputValue(), { timeout: 20_000 }).toContain('og')
  })

  it('with nothing chosen can be kept as a Kladd that says what is missing, beside other drafts', async () => {
    for (const _time of [1, 2]) {
      await phone.open('/')
      await phone.page.getByRole('button', { name: 'Lagre på telefonen' }).click()
      await phone.page.getByRole('heading', { level: 1, name: 'Lagret som kladd' }).waitFor()
    }
    await phone.open('/mine')
    await expect.poll(() => status(phone.page, 'Kladd').count(), { timeout: 20_000 }).toBe(2)
    await phone.page.getByText(/Mangler/).first().waitFor()
  })

  it('never reached the school', async () => {
    expect(world.line.log.filter((line) => line.includes('/letters'))).toEqual([])
  })
})

describe('all phones', () => {
  it('broke no content security policy, logged no error and asked no other origin', () => {
    expect(world.complaints()).toEqual([])
  })
})
