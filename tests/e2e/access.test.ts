/** Every screen for everybody: axe, no sideways scroll, thumbs, large text, dark, keyboard only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../support/e2e/axe.ts'
import { sticksOut, tooSmall } from '../support/e2e/layout.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { log, receiptHeading, sendNow, signIn } from '../support/e2e/person.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let teacher: Phone
let leader: Phone
let report = ''

beforeAll(async () => {
  world = await createWorld()
  teacher = await world.phone('kari')
  leader = await world.phone('rita')
  await signIn(teacher, 'kari')
  await teacher.open('/')
  await log(teacher.page)
  report = new URL(teacher.page.url()).pathname.split('/').at(-1) ?? ''
  await sendNow(teacher)
  await teacher.open('/')
  await teacher.page.getByRole('button', { name: 'Lagre på telefonen' }).click()
  await teacher.page.getByText(/[Mm]angler/).first().waitFor()
  await signIn(leader, 'rita', '/inbox')
  await leader.page.getByRole('link', { name: /Slag eller spark/ }).first().waitFor()
})
afterAll(() => world.end())

const screens = (): [string, () => Phone][] => [
  ...['/', '/mine', '/more', '/sending', '/call', '/practice', '/hide', '/privacy', '/accessibility', '/help', '/sign-out', '/welcome', '/nowhere', '/now', '/steps/rising', '/steps/rising/2',
    `/receipt/${report}`, `/report/${report}`, `/report/${report}/details`, `/report/${report}/check`].map((path): [string, () => Phone] => [path, () => teacher]),
  ['/inbox', () => leader],
  [`/case/${report}`, () => leader],
  [`/case/${report}/do/judgement`, () => leader],
  [`/case/${report}/do/measure`, () => leader],
  [`/case/${report}/do/close`, () => leader],
]

const faultsOn = async (look: (phone: Phone) => Promise<string[]>): Promise<string[]> => {
  const faults: string[] = []
  for (const [path, who] of screens()) {
    await who().open(path)
    await who().page.waitForLoadState('load')
    faults.push(...(await look(who())).map((fault) => `${path} ${fault}`))
  }
  return faults
}
const wearing = async (wishes: Parameters<Phone['on']>[0]): Promise<void> => {
  for (const phone of [teacher, leader]) {
    await phone.off()
    await phone.on(wishes)
  }
}

describe('every screen', () => {
  it('has nothing that axe objects to, in the light, and nothing too small for a thumb', async () => {
    expect(await faultsOn(async ({ page }) => [...await axe(page), ...await tooSmall(page), ...await sticksOut(page)])).toEqual([])
  })

  it('has nothing that axe objects to, in the dark', async () => {
    await wearing({ scheme: 'dark' })
    expect(await faultsOn(({ page }) => axe(page))).toEqual([])
  })

  it('needs no sideways scroll on a phone of 320 px', async () => {
    await wearing({ scheme: 'light', width: 320, height: 568 })
    expect(await faultsOn(({ page }) => sticksOut(page))).toEqual([])
  })

  it('needs no sideways scroll with text of twice the size, and axe agrees', async () => {
    await wearing({ width: 360, height: 800, textSize: 32 })
    expect(await faultsOn(async ({ page }) => [...await sticksOut(page), ...await axe(page)])).toEqual([])
  })
})

describe('the form', () => {
  beforeAll(() => wearing({ width: 360, height: 800, textSize: 16 }))

  it('shows six tiles, three severities and the save button without scrolling on 360 × 800', async () => {
    await teacher.open('/')
    const places = await teacher.page.evaluate(() => {
      const bottom = (element: Element | undefined) => Math.round(element?.getBoundingClientRect().bottom ?? Number.NaN)
      const labels = [...document.querySelectorAll('label')]
      const save = [...document.querySelectorAll('button')].find((button) => button.textContent?.includes('Lagre på telefonen'))
      const named = (words: string) => labels.find((label) => label.textContent?.trim() === words)
      return {
        tiles: ['Slag eller spark', 'Trussel', 'Biting, kloring, spytting', 'Kasting av ting', 'Skadeverk', 'Annet'].map((words) => bottom(named(words))),
        severities: ['Ingen skade', 'Vondt eller redd', 'Skade – trengte hjelp'].map((words) => bottom(named(words))),
        saveTop: Math.round(save?.getBoundingClientRect().top ?? Number.NaN),
        saveBottom: bottom(save),
      }
    })
    for (const place of [...places.tiles, ...places.severities]) expect(place).toBeLessThanOrEqual(places.saveTop)
    expect(places.saveBottom).toBeLessThanOrEqual(800)
  })

  it('is filled in and saved with nothing but a keyboard', async () => {
    await teacher.open('/')
    const { page } = teacher
    const focusOn = async (words: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab')
        const text = await page.evaluate(() => {
          const active = document.activeElement
          return (active?.closest('label') ?? active)?.textContent?.trim() ?? ''
        })
        if (text.includes(words)) return
      }
      throw new Error(`Tab never came to «${words}»`)
    }
    await focusOn('Trussel')
    await page.keyboard.press('Space')
    await focusOn('Ingen skade')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await focusOn('Lagre på telefonen')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: receiptHeading }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })
})

describe('all phones', () => {
  it('broke no content security policy, logged no error and asked no other origin', () => {
    expect(world.complaints()).toEqual([])
  })
})
