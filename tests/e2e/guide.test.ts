/** The library without a line: read, searched, printed, found again; and nobody is told what was read. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileGuide } from '../../tools/guide/compile.ts'
import { axe } from '../support/e2e/axe.ts'
import { focused, pressOn, tabTo } from '../support/e2e/keyboard.ts'
import { sticksOut, tooSmall } from '../support/e2e/layout.ts'
import { log, signIn } from '../support/e2e/person.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

const articles = compileGuide('nb').items.filter(({ kind }) => kind === 'article')
const titleOf = (id: string) => compileGuide('nb').items.find((item) => item.id === id)?.title ?? ''

let world: World
let phone: Phone
beforeAll(async () => {
  world = await createWorld()
  phone = await world.phone('kari')
  await signIn(phone, 'kari', '/guide')
  await phone.installed()
})
afterAll(() => world.end())

const path = () => { const { pathname, search } = new URL(phone.page.url()); return pathname + search }
const field = () => phone.page.getByRole('searchbox', { name: 'Søk i veiledningen' })
const results = () => phone.page.locator('.result')
const ask = async (question: string): Promise<void> => {
  await field().fill(question)
  await phone.page.getByText(/^(?:\d+ treff|Ett treff|Ingen treff)$/).first().waitFor()
}
const heading = (name: string) => phone.page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
const wearing = async (wishes: Parameters<Phone['on']>[0]): Promise<void> => {
  await phone.off()
  await phone.on(wishes)
}

describe('what is read and searched for', () => {
  it('is told to nobody, with a line and a server that listens', async () => {
    await phone.open('/guide')
    await ask('jeg ble slått')
    await phone.page.waitForTimeout(2000)
    const before = world.line.log.length
    for (const question of ['trussel', 'alene på grupperommet', 'anmeldelse']) await ask(question)
    await results().first().click()
    await phone.page.locator('.article').first().waitFor()
    await phone.page.locator('.page-back').click()
    await results().first().waitFor()
    await phone.page.reload()
    await results().first().waitFor()
    await phone.page.waitForTimeout(1000)
    expect(world.line.log.slice(before).filter((line) => !/^GET \/(?:api\/v1\/(?:session|changes|keys|local|stream)\b|sw\.js|icons\/)/.test(line))).toEqual([])
    expect(world.line.log.filter((line) => /slått|sl%C3|trussel|alene|anmeld/i.test(line))).toEqual([])
    expect(world.serverSaid()).not.toMatch(/trussel|grupperom|anmeldelse/)
  })
})

describe('without a line', () => {
  beforeAll(async () => {
    await phone.off()
    await world.line.cut()
    await phone.on({ textSize: 32 })
  })

  it('every text is there, with text of twice the size, and its title is neutral', async () => {
    const faults: string[] = []
    for (const { id, title } of articles) {
      await phone.open(`/read/${id}`)
      await heading(title)
      faults.push(...(await sticksOut(phone.page)).map((fault) => `${id} ${fault}`))
      if (await phone.page.title() !== 'Veiledning') faults.push(`${id} is called ${await phone.page.title()}`)
    }
    expect(faults).toEqual([])
  })

  it('the library is walked with a keyboard only, and what was read stands on its first page', async () => {
    const { page } = phone
    await phone.open('/guide')
    await pressOn(page, 'Etterpå: oppfølgingDen som ble utsatt, eleven, skolen')
    await heading('Etterpå: oppfølging')
    await expect.poll(() => focused(page)).toBe('Etterpå: oppfølging')
    await page.getByRole('link', { name: titleOf('reactions') }).focus()
    await page.keyboard.press('Enter')
    await heading(titleOf('reactions'))
    await expect.poll(() => focused(page)).toBe(titleOf('reactions'))
    await phone.open('/guide')
    await tabTo(page, titleOf('reactions'))
  })

  it('the way back leads to the same place in a list', async () => {
    await wearing({ textSize: 16 })
    const { page } = phone
    await phone.open('/guide/after')
    await page.getByRole('link', { name: titleOf('rights-duties') }).click()
    await heading(titleOf('rights-duties'))
    await page.goBack()
    await heading('Etterpå: oppfølging')
    await expect.poll(() => page.getByRole('link', { name: titleOf('rights-duties') }).evaluate((link) => {
      const { top, bottom } = link.getBoundingClientRect()
      return top > 0 && bottom < window.innerHeight
    })).toBe(true)
  })

  it('a paragraph leads to its own words on the page, and back to where it was read', async () => {
    const { page } = phone
    await phone.open('/read/first-hours')
    const link = page.locator('.article a[href*="#law-"]').first()
    const law = (await link.getAttribute('href'))?.split('#')[1] ?? ''
    await link.scrollIntoViewIfNeeded()
    const place = () => page.evaluate(() => document.getElementById('main')?.scrollTop)
    const before = await place()
    await link.click()
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe(law)
    expect(await page.locator(`[id="${law}"]`).innerText()).toContain('I kraft per')
    await page.goBack()
    await expect.poll(place).toBe(before)
  })

  it('the search answers, forgives, marks what matched, and is found again from a text', async () => {
    const { page } = phone
    await phone.open('/guide')
    await ask('jeg ble slaat av en elev')
    expect((await results().locator('strong').allInnerTexts()).slice(0, 3)).toEqual(expect.arrayContaining([titleOf('first-hour')]))
    await ask('alene på gruperommet')
    const titles = await results().locator('strong').allInnerTexts()
    expect(titles.slice(0, 3)).toContain(titleOf('lone-work'))
    expect(await results().locator('mark').count()).toBeGreaterThan(0)
    await results().filter({ hasText: titleOf('lone-work') }).first().click()
    await heading(titleOf('lone-work'))
    expect(path()).toBe('/read/lone-work')
    await page.goBack()
    await expect.poll(() => field().inputValue()).toBe('alene på gruperommet')
    expect(await results().locator('strong').allInnerTexts()).toEqual(titles)
    await results().filter({ hasText: titleOf('lone-work') }).first().click()
    await page.getByRole('link', { name: 'Til treffene' }).click()
    await expect.poll(() => field().inputValue()).toBe('alene på gruperommet')
    expect(path()).toBe('/guide')
  })

  it('a question that nothing answers leads on', async () => {
    await phone.open('/guide')
    await ask('xqzw plumpfj')
    for (const name of ['Når det skjer', 'Ring noen']) await phone.page.locator('main').getByRole('link', { name, exact: true }).waitFor()
    await phone.page.getByRole('button', { name: 'trussel', exact: true }).click()
    await results().first().waitFor()
  })

  it('a report leads to what fits it, after the receipt stands', async () => {
    await phone.open('/')
    await log(phone.page, { severity: 'Skade – trengte hjelp' })
    await phone.page.getByRole('heading', { name: 'Steg som passer' }).waitFor()
    await phone.page.getByRole('navigation', { name: 'Steg som passer' }).getByRole('link').first().click()
    await phone.page.waitForURL((url) => /^\/(?:steps|read)\//.test(url.pathname))
  })
})

describe('on paper', () => {
  it.each(['first-hours', 'leader-today', 'ros-prompts'])('%s stands clean, without bars and buttons', async (id) => {
    await phone.open(`/read/${id}`)
    await phone.page.locator('.article').first().waitFor()
    await phone.page.emulateMedia({ media: 'print' })
    for (const gone of ['.bar', '.dock', '.page-back', '.ds-button', '.link-list']) {
      for (const element of await phone.page.locator(gone).all()) expect(await element.isVisible(), gone).toBe(false)
    }
    await phone.page.emulateMedia({ media: null })
    const pdf = await phone.page.pdf({ format: 'A4' })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBeLessThanOrEqual(2)
  })
})

describe('the screens', () => {
  const screens = ['/guide', '/guide/before', '/guide/during', '/guide/after', '/read/first-hours', '/read/ros-prompts', '/read/grave', '/read/nothing']
  const faultsOf = async (look: () => Promise<string[]>): Promise<string[]> => {
    const found: string[] = []
    for (const address of screens) {
      await phone.open(address)
      await phone.page.locator('.link-list, .article, .button-wide').first().waitFor()
      found.push(...(await look()).map((fault) => `${address} ${fault}`))
    }
    await phone.open('/guide')
    for (const question of ['kniv', 'xqzw plumpfj']) {
      await phone.page.getByRole('searchbox').fill(question)
      await phone.page.locator('.result, .chips').first().waitFor()
      found.push(...(await look()).map((fault) => `${question} ${fault}`))
    }
    return found
  }
  const look = async () => [...await axe(phone.page), ...await tooSmall(phone.page), ...await sticksOut(phone.page)]
  const speak = (language: string) => phone.page.evaluate((spoken) => localStorage.setItem('meldt.locale', JSON.stringify(spoken)), language)

  it.each([['nb', 'light', 360, 16], ['nn', 'dark', 360, 16], ['en', 'light', 320, 16], ['nb', 'light', 360, 32]] as const)('have nothing that axe objects to, nothing too small and nothing sideways: %s, %s, %i px, text %i', async (language, scheme, width, textSize) => {
    await wearing({ scheme, width, textSize })
    await phone.open('/guide')
    await speak(language)
    expect(await faultsOf(look)).toEqual([])
  })

  it('did nothing that a phone must not do', () => {
    expect(world.complaints()).toEqual([])
  })
})
