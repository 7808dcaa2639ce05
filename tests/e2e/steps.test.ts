/** "Når det skjer": every walk-through, with no line, no login, big text and only a keyboard. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Walk } from '../../src/domain/guide.ts'
import { compileGuide } from '../../tools/guide/compile.ts'
import { axe } from '../support/e2e/axe.ts'
import { focused, pressOn, tabTo } from '../support/e2e/keyboard.ts'
import { sticksOut, tooSmall } from '../support/e2e/layout.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

const walks = compileGuide('nb').items.filter((item): item is Walk => item.kind === 'walk')
const timed = walks.flatMap((walk) => walk.steps.map((step, index) => ({ address: `/steps/${walk.id}/${index + 1}`, seconds: step.timer?.seconds ?? 0 }))).find(({ seconds }) => seconds >= 60)
const [longest] = walks.toSorted((one, other) => other.steps.length - one.steps.length)
if (timed === undefined || longest === undefined) throw new Error('No walk-through, or none with a timer')

let world: World
let phone: Phone
let sentBefore = 0
beforeAll(async () => {
  world = await createWorld()
  phone = await world.phone('nobody', { textSize: 32 })
  await phone.open('/')
  await phone.installed()
  await phone.off()
  await world.stopServer()
  await world.line.cut()
  sentBefore = world.line.log.length
  await phone.on()
})
afterAll(() => world.end())

const path = () => new URL(phone.page.url()).pathname
const heading = (name: string) => phone.page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
const isAt = (address: string) => expect.poll(path).toBe(address)
const wearing = async (wishes: Parameters<Phone['on']>[0]): Promise<void> => {
  await phone.off()
  await phone.on(wishes)
}

describe('with no line, no login, text of twice the size and only a keyboard', () => {
  it('is one key away from the first screen', async () => {
    await phone.open('/')
    await pressOn(phone.page, 'Når det skjer')
    await isAt('/now')
    await expect.poll(() => phone.page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    expect(await phone.page.locator('a[href="tel:112"], a[href="tel:113"], a[href="tel:110"]').count()).toBe(3)
  })

  it.each(walks.map((walk) => [walk.id, walk] as const))('%s is done from the first step to the last', async (id, walk) => {
    const { page } = phone
    await phone.open(`/steps/${id}`)
    await heading(walk.title)
    const faults = [...await sticksOut(page), ...await axe(page)]
    await pressOn(page, 'Start')
    for (const [index, step] of walk.steps.entries()) {
      await isAt(`/steps/${id}/${index + 1}`)
      await heading(step.title)
      await expect.poll(() => focused(page)).toBe(step.title)
      expect(await page.title()).toBe('Steg for steg')
      faults.push(...await sticksOut(page), ...await axe(page))
      for (const check of step.checks) {
        await tabTo(page, check)
        await page.keyboard.press('Space')
      }
      expect(await page.locator('.step-check input:checked').count()).toBe(step.checks.length)
      await pressOn(page, index === walk.steps.length - 1 ? 'Ferdig' : 'Neste')
    }
    await isAt('/now')
    expect(faults).toEqual([])
    await phone.open(`/steps/${id}`)
    await page.getByRole('link', { name: 'Start', exact: true }).waitFor()
  })

  it('asked nobody for anything', () => {
    expect(world.line.log.slice(sentBefore)).toEqual([])
  })
})

describe('the screens', () => {
  const screens = ['/now', `/steps/${longest.id}`, `/steps/${longest.id}/2`, `/steps/${longest.id}/${longest.steps.length}`, timed.address, '/steps/nothing']
  const faults = async (look: () => Promise<string[]>): Promise<string[]> => {
    const found: string[] = []
    for (const address of screens) {
      await phone.open(address)
      await phone.page.waitForLoadState('load')
      found.push(...(await look()).map((fault) => `${address} ${fault}`))
    }
    return found
  }

  it.each([['light', 360], ['dark', 360], ['light', 320]] as const)('have nothing that axe objects to, nothing too small and nothing sideways: %s, %i px', async (scheme, width) => {
    await wearing({ scheme, width, textSize: 16 })
    expect(await faults(async () => [...await axe(phone.page), ...await tooSmall(phone.page), ...await sticksOut(phone.page)])).toEqual([])
  })

  it('speak in big letters', async () => {
    await wearing({ scheme: 'light', width: 360 })
    await phone.open(`/steps/${longest.id}/2`)
    const sizeOf = (selector: string) => phone.page.locator(selector).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
    expect(await sizeOf('.step-title')).toBeGreaterThanOrEqual(32)
    expect(await sizeOf('.step-text')).toBeGreaterThanOrEqual(24)
    for (const button of await phone.page.locator('.step-dock .ds-button').all()) expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(56)
  })
})

describe('the way back', () => {
  const step = (number: number) => `/steps/${longest.id}/${number}`
  const next = async (number: number) => { await phone.page.getByRole('link', { name: 'Neste', exact: true }).click(); await isAt(step(number)) }

  it('is one step at a time, with the browser and with Forrige, and the history does not grow', async () => {
    await phone.open('/now')
    await phone.open(step(1))
    await next(2)
    await next(3)
    const length = await phone.page.evaluate(() => window.history.length)
    await phone.page.goBack()
    await isAt(step(2))
    await next(3)
    for (const number of [2, 1]) {
      await phone.page.getByRole('button', { name: 'Forrige', exact: true }).click()
      await isAt(step(number))
    }
    expect(await phone.page.evaluate(() => window.history.length)).toBe(length)
  })

  it('also leads to the step before for whoever came into the middle, and out from the first', async () => {
    await phone.open(step(3))
    await phone.page.getByRole('link', { name: 'Avslutt' }).click()
    await phone.page.getByRole('link', { name: 'Fortsett på steg 3' }).waitFor()
    await phone.open('/now')
    await phone.page.getByRole('link', { name: /^Fortsett der du slapp/ }).click()
    await isAt(step(3))
    for (const number of [2, 1]) {
      await phone.page.evaluate(() => window.history.back())
      await isAt(step(number))
      await heading(longest.steps[number - 1]?.title ?? '')
    }
    await phone.page.evaluate(() => window.history.back())
    await isAt('/now')
  })

  it('is kept by a reload', async () => {
    await phone.open(step(2))
    await phone.page.reload()
    await heading(longest.steps[1]?.title ?? '')
  })
})

describe('a browser that is killed', () => {
  const walk = walks.find(({ phase, steps }) => phase === 'during' && (steps[1]?.checks.length ?? 0) > 0) ?? longest

  /** What lies on the disk: a tick that is not there yet may go with its page. */
  const keptPlaces = (): Promise<string> => phone.page.evaluate(() => new Promise<string>((resolve, reject) => {
    const opening = indexedDB.open('meldt')
    opening.addEventListener('error', () => reject(new Error('The database could not be opened')))
    opening.addEventListener('success', () => {
      const asking = opening.result.transaction('settings').objectStore('settings').get('walks')
      asking.addEventListener('success', () => { opening.result.close(); resolve(JSON.stringify(asking.result ?? null)) })
    })
  }))

  it('goes on where it was, with what was ticked', async () => {
    await phone.open(`/steps/${walk.id}/2`)
    const [check = ''] = walk.steps[1]?.checks ?? []
    const before = await keptPlaces()
    await phone.page.getByLabel(check, { exact: true }).check()
    await expect.poll(keptPlaces).not.toBe(before)
    await phone.open(`/steps/${walk.id}/2`)
    await expect.poll(() => phone.page.getByLabel(check, { exact: true }).isChecked()).toBe(true)
    await phone.kill()
    await phone.on()
    await phone.open('/now')
    await phone.page.getByRole('link', { name: `Fortsett der du slapp: ${walk.title}, steg 2 av ${walk.steps.length}` }).click()
    await isAt(`/steps/${walk.id}/2`)
    await expect.poll(() => phone.page.getByLabel(check, { exact: true }).isChecked()).toBe(true)
    await phone.open(`/steps/${walk.id}`)
    await phone.page.getByRole('button', { name: 'Begynn på nytt' }).click()
    await phone.page.getByRole('link', { name: 'Start', exact: true }).waitFor()
  })
})

describe('Dempet visning', () => {
  it('is dark, names no walk-through, stays for the next step, and ends with it', async () => {
    const { page } = phone
    const brightness = () => page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)?.[0]))
    await phone.open(`/steps/${longest.id}/1`)
    expect(await brightness()).toBeGreaterThan(200)
    await page.getByRole('button', { name: 'Dempet visning' }).click()
    await page.getByRole('link', { name: 'Neste', exact: true }).click()
    await isAt(`/steps/${longest.id}/2`)
    expect(await brightness()).toBeLessThan(30)
    expect(await page.locator('body').innerText()).not.toContain(longest.title)
    expect(await axe(page)).toEqual([])
    await page.getByRole('link', { name: 'Avslutt' }).click()
    await isAt(`/steps/${longest.id}`)
    await expect.poll(brightness).toBeGreaterThan(200)
    await phone.open(`/steps/${longest.id}/1`)
    await page.getByRole('button', { name: 'Dempet visning' }).click()
  })
})

describe('on paper', () => {
  it.each(walks.map(({ id }) => id))('%s is one page', async (id) => {
    await phone.open(`/steps/${id}`)
    await phone.page.locator('.overview-step').first().waitFor()
    const pdf = await phone.page.pdf({ format: 'A4' })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
  })
})

describe('the screen', () => {
  interface Asked { asked: number; held: number }
  const lock = () => phone.page.evaluate(() => (globalThis as unknown as { lock: Asked }).lock)

  it('is kept awake while a step is shown, again after it was out of sight, and no longer', async () => {
    await phone.context.addInitScript(() => {
      const lock = { asked: 0, held: 0, drop: () => undefined as void }
      Object.defineProperty(globalThis, 'lock', { value: lock })
      Object.defineProperty(navigator, 'wakeLock', { value: { async request() {
        lock.asked += 1
        lock.held += 1
        const sentinel = new EventTarget()
        let isHeld = true
        lock.drop = () => { if (isHeld) { isHeld = false; lock.held -= 1; sentinel.dispatchEvent(new Event('release')) } }
        return Object.assign(sentinel, { release: async () => lock.drop() })
      } } })
    })
    const { page } = phone
    await phone.open(`/steps/${longest.id}/1`)
    await expect.poll(lock).toMatchObject({ asked: 1, held: 1 })
    await page.getByRole('link', { name: 'Neste', exact: true }).click()
    await isAt(`/steps/${longest.id}/2`)
    await heading(longest.steps[1]?.title ?? '')
    expect(await lock()).toMatchObject({ asked: 1, held: 1 })
    await page.evaluate(() => {
      (globalThis as unknown as { lock: { drop(): void } }).lock.drop()
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await expect.poll(lock).toMatchObject({ asked: 2, held: 1 })
    await page.getByLabel('Hold skjermen på').uncheck()
    await expect.poll(lock).toMatchObject({ held: 0 })
    await page.getByLabel('Hold skjermen på').check()
    await expect.poll(lock).toMatchObject({ asked: 3, held: 1 })
    await page.getByRole('button', { name: 'Skjul' }).click()
    await expect.poll(lock).toMatchObject({ held: 0 })
    await page.getByRole('button', { name: 'Åpne igjen' }).click()
    await expect.poll(lock).toMatchObject({ asked: 4, held: 1 })
    await page.getByRole('link', { name: 'Avslutt' }).click()
    await expect.poll(lock).toMatchObject({ held: 0 })
  })
})

describe('the timer', () => {
  const clock = async () => {
    const [minutes = 0, seconds = 0] = (await phone.page.getByRole('timer').innerText()).split(':').map(Number)
    return minutes * 60 + seconds
  }
  const said = () => phone.page.locator('.timer [role=status]').innerText()

  it('runs on through a reload and through sleep, says half and end, and rings no more', async () => {
    const { page } = phone
    await page.clock.install()
    await phone.open(timed.address)
    await page.getByRole('timer').waitFor()
    expect(await clock()).toBe(timed.seconds)
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    expect(await said()).toMatch(/igjen$/)
    await page.clock.runFor(5_000)
    await expect.poll(clock).toBeLessThanOrEqual(timed.seconds - 4)
    await page.reload()
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    expect(await clock()).toBeLessThanOrEqual(timed.seconds - 4)
    await page.clock.fastForward(timed.seconds * 500)
    await expect.poll(said).toMatch(/igjen$/)
    await page.clock.fastForward(timed.seconds * 1000)
    await expect.poll(clock).toBe(0)
    await expect.poll(said).toBe('Tiden er ute')
    await page.getByRole('button', { name: '+1 min' }).click()
    await expect.poll(clock).toBeGreaterThan(50)
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    const stood = await clock()
    await page.clock.fastForward(30_000)
    expect(await clock()).toBe(stood)
  })
})

describe('all phones', () => {
  it('broke no content security policy, logged no error and asked no other origin', () => {
    expect(world.complaints()).toEqual([])
  })
})
