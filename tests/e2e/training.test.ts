/** Training in a real browser: logged without a line, seen by those who may, asked for and answered, and a story by keyboard. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../support/e2e/axe.ts'
import { focused, tabTo } from '../support/e2e/keyboard.ts'
import { sticksOut, tooSmall } from '../support/e2e/layout.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { sendNow, signIn, status } from '../support/e2e/person.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let leader: Phone
let safety: Phone
let municipality: Phone
let entry = ''
let request = ''

const button = (phone: Phone, name: string) => phone.page.getByRole('button', { name, exact: true })
const pathOf = (phone: Phone) => new URL(phone.page.url()).pathname
const untilEntry = async (phone: Phone): Promise<string> => {
  await phone.page.waitForURL((url) => url.pathname.startsWith('/training/entry/'))
  return pathOf(phone)
}

beforeAll(async () => {
  world = await createWorld()
  leader = await world.phone('rita')
  safety = await world.phone('vera')
  municipality = await world.phone('hans')
  await leader.open('/')
  await leader.installed()
  await signIn(leader, 'rita', '/training')
  await leader.page.getByRole('heading', { name: 'På skolen' }).waitFor()
})
afterAll(() => world.end())

describe('a leader without a line', () => {
  it('reads the offer, and logs what was practised, after the phone was off', async () => {
    await leader.off()
    await world.line.cut()
    await leader.on()
    await leader.open('/training')
    await leader.page.getByText('Ikke øvd siste halvår.').waitFor()
    await leader.page.getByRole('link', { name: 'Opplæring i ROS' }).click()
    await leader.page.getByText('kommunens opplæringspakke').waitFor()
    await leader.open('/training')
    await leader.page.getByRole('link', { name: 'Skriv inn opplæring eller øvelse' }).click()
    await leader.page.getByText('Øvelse', { exact: true }).click()
    await leader.page.getByText('Køen etter friminuttet').click()
    await leader.page.getByLabel('Hvor mange var med?').fill('14')
    await leader.page.getByLabel('Hva lærte dere?').fill('Nummeret må henge på veggen.')
    await button(leader, 'Lagre i loggen').click()
    entry = await untilEntry(leader)
    await status(leader.page, 'Lagret på telefonen').or(status(leader.page, 'Ikke sendt ennå')).first().waitFor()
    await leader.open('/training')
    await leader.page.getByRole('link', { name: 'Køen etter friminuttet' }).first().waitFor()
    expect(await leader.page.getByText('Ikke øvd siste halvår.').count()).toBe(0)
  })

  it('sees it sent when the line is back, and the safety representative sees it too', async () => {
    await world.line.mend()
    await sendNow(leader)
    await leader.open(entry)
    await status(leader.page, 'Sendt').waitFor()
    await signIn(safety, 'vera', entry)
    await safety.page.getByText('Nummeret må henge på veggen.').waitFor({ timeout: 60_000 })
    await safety.page.getByText('14 personer').waitFor()
  })
})

describe('a request', () => {
  it('reaches the municipality, is answered there, and the leader sees the answer', async () => {
    await leader.open('/training/course-neuro')
    await leader.page.getByRole('link', { name: 'Be om dette' }).click()
    await leader.page.getByText('Nye ansatte', { exact: true }).click()
    await leader.page.getByLabel('Hvor mange gjelder det?').fill('20')
    await button(leader, 'Send forespørselen').click()
    request = await untilEntry(leader)
    await status(leader.page, 'Sendt').waitFor({ timeout: 30_000 })
    await signIn(municipality, 'hans', '/training')
    await municipality.page.getByRole('heading', { name: 'Forespørsler uten svar (1)' }).waitFor({ timeout: 60_000 })
    await municipality.page.getByRole('link', { name: 'Kurs om nevroutviklingsforstyrrelser' }).first().click()
    await municipality.page.getByText('Dere får det', { exact: true }).click()
    await municipality.page.getByLabel('Melding til lederen').fill('Vi kommer i uke 6.')
    await button(municipality, 'Send svaret').click()
    await status(municipality.page, 'Sendt').waitFor({ timeout: 30_000 })
    await sendNow(leader)
    await leader.open(request)
    await leader.page.getByText('Vi kommer i uke 6.').waitFor({ timeout: 30_000 })
  })
})

describe('the screens', () => {
  const screens = (): [string, Phone][] => [
    ...['/training', '/training/course-ros', '/training/new/log?item=story-line', '/training/new/plan', '/training/new/request', entry, request, '/story/story-line'].map((path): [string, Phone] => [path, leader]),
    ['/training', municipality], [request, municipality], ['/training', safety],
  ]
  const faults = async (look: (phone: Phone) => Promise<string[]>): Promise<string[]> => {
    const found: string[] = []
    for (const [path, phone] of screens()) {
      await phone.open(path)
      await phone.page.waitForLoadState('load')
      await phone.page.locator('main :is(section, form, dl, .prose)').first().waitFor()
      found.push(...(await look(phone)).map((fault) => `${path} ${fault}`))
    }
    return found
  }
  const wearing = async (wishes: Parameters<Phone['on']>[0]): Promise<void> => {
    for (const phone of [leader, municipality, safety]) {
      await phone.off()
      await phone.on(wishes)
    }
  }

  it('have nothing that axe objects to, nothing too small and nothing that sticks out', async () => {
    expect(await faults(async ({ page }) => [...await axe(page), ...await tooSmall(page), ...await sticksOut(page)])).toEqual([])
  })

  it('nor in the dark', async () => {
    await wearing({ scheme: 'dark' })
    expect(await faults(({ page }) => axe(page))).toEqual([])
  })

  it('nor at 320 px, nor with text of twice the size', async () => {
    await wearing({ scheme: 'light', width: 320, height: 568 })
    expect(await faults(({ page }) => sticksOut(page))).toEqual([])
    await wearing({ width: 360, height: 800, textSize: 32 })
    expect(await faults(async ({ page }) => [...await axe(page), ...await sticksOut(page)])).toEqual([])
    await wearing({ textSize: 16 })
  })
})

describe('a story', () => {
  it('is played to its end with a keyboard and no line, and is logged as practice', async () => {
    await world.line.cut()
    await leader.open('/story/story-line')
    const { page } = leader
    for (const last of [false, false, true]) {
      await page.getByText(/^Del \d av 3$/).waitFor()
      const [first] = await page.locator('main label').allInnerTexts()
      await tabTo(page, (first ?? '').replace(/\s+/g, ' ').trim())
      await page.keyboard.press('Space')
      await page.keyboard.press('ArrowDown')
      await page.locator('main [role="status"] strong').waitFor()
      await tabTo(page, last ? 'Se slutten' : 'Gå videre')
      await page.keyboard.press('Enter')
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H2')
    }
    expect(await focused(page)).toBe('Slutten på historien')
    expect(await axe(page)).toEqual([])
    await tabTo(page, 'Skriv inn dette som øvelse')
    await page.keyboard.press('Enter')
    await page.getByLabel('Hvor mange var med?').fill('6')
    expect(await page.getByText('Køen etter friminuttet').locator('input').isChecked()).toBe(true)
    await button(leader, 'Lagre i loggen').click()
    await untilEntry(leader)
    await world.line.mend()
  })

  it('and none of it made a phone complain', () => {
    expect(world.complaints()).toEqual([])
  })
})
