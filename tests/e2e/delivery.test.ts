/** Bad lines, lost answers, other people on the phone: nothing is lost, nothing arrives twice. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Phone } from '../support/e2e/phone.ts'
import { beginToSend, log, option, sendNow, signIn, status } from '../support/e2e/person.ts'
import { ownReports } from '../support/e2e/serverFacts.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

const letters = /^\/api\/v1\/letters/
let world: World
let phone: Phone
let delivered = 0

const logOne = async (tile = 'Slag eller spark'): Promise<string> => {
  await phone.open('/')
  await log(phone.page, { tile })
  return new URL(phone.page.url()).pathname.split('/').at(-1) ?? ''
}
const untilSent = async (count: number): Promise<void> => {
  await expect.poll(async () => {
    await sendNow(phone)
    return (await ownReports(phone)).size
  }, { timeout: 60_000, interval: 1_000 }).toBe(count)
  await phone.open('/mine')
  await expect.poll(() => status(phone.page, 'Sendt').count(), { timeout: 30_000 }).toBe(count)
}

beforeAll(async () => {
  world = await createWorld()
  phone = await world.phone('kari')
  await phone.open('/')
  await phone.installed()
  await signIn(phone, 'kari')
})
afterEach(() => world.line.answer(undefined))
afterAll(() => world.end())

describe('a letter', () => {
  it('that the server kept while its answer was lost is known when it comes again, and is there once', async () => {
    await logOne()
    let lost = 0
    await phone.page.route(/\/api\/v1\/letters$/, async (route) => {
      await route.fetch()
      lost += 1
      await route.abort()
    })
    await beginToSend(phone)
    await expect.poll(() => lost, { timeout: 30_000 }).toBeGreaterThan(0)
    await phone.open('/mine')
    expect(await status(phone.page, 'Sendt').count()).toBe(0)
    await phone.page.unroute(/\/api\/v1\/letters$/)
    delivered += 1
    await untilSent(delivered)
  })

  it.each([503, 500, 429, 408, 403, 404, 200])('waits through an answer of %i that the server never gave', async (code) => {
    await logOne()
    world.line.answer(letters, code)
    const before = world.line.log.length
    await sendNow(phone)
    await expect.poll(() => world.line.log.slice(before).some((line) => line === 'POST /api/v1/letters'), { timeout: 30_000 }).toBe(true)
    await phone.open('/mine')
    await option(phone.page, 'Slag eller spark').first().waitFor()
    expect(await status(phone.page, 'Sendt').count()).toBe(delivered)
    world.line.answer(undefined)
    delivered += 1
    await untilSent(delivered)
  })

  it('that is undone within 20 s was never asked about', async () => {
    await logOne('Annet')
    const before = world.line.log.length
    await phone.page.getByRole('button', { name: /Angre/ }).click()
    await phone.page.getByRole('heading', { level: 1, name: 'Hendelsen er slettet' }).waitFor()
    await sendNow(phone)
    await pause(2_000)
    expect(world.line.log.slice(before).filter((line) => letters.test(line.split(' ')[1] ?? '') && line.startsWith('POST') && !line.endsWith('/have'))).toEqual([])
    await phone.open('/mine')
    expect(await option(phone.page, 'Annet').count()).toBe(0)
  })
})

describe('who is signed in', () => {
  it('may have been forgotten by the server: the letter is delivered all the same', async () => {
    await phone.context.clearCookies({ name: '__Host-sid' })
    await logOne('Trussel')
    await sendNow(phone)
    await phone.open('/mine')
    delivered += 1
    await expect.poll(async () => {
      await sendNow(phone)
      await phone.open('/mine')
      return status(phone.page, 'Sendt').count()
    }, { timeout: 30_000, interval: 1_000 }).toBe(delivered)
    await signIn(phone, 'kari')
  })

  it('may be a colleague for a while: what waits is unseen, untouched, and sent when its owner is back', async () => {
    world.line.answer(letters, 503)
    await logOne('Skadeverk')
    await phone.open('/mine')
    await signIn(phone, 'ola')
    await phone.open('/mine')
    expect(await option(phone.page, 'Skadeverk').count()).toBe(0)
    world.line.answer(undefined)
    await sendNow(phone)
    expect((await ownReports(phone)).size).toBe(0)
    await signIn(phone, 'kari')
    await phone.open('/mine')
    await option(phone.page, 'Skadeverk').first().waitFor()
    delivered += 1
    await untilSent(delivered)
  })

  it('may leave with something unsent: the phone says how much, and keeps it', async () => {
    world.line.answer(letters, 503)
    await logOne('Kasting av ting')
    await phone.open('/sign-out')
    await phone.page.getByText('er ikke sendt ennå').first().waitFor()
    await phone.page.locator('main').getByRole('button', { name: /Logg ut/ }).click()
    await phone.page.getByRole('heading', { level: 1, name: 'Du er logget ut' }).waitFor()
    world.line.answer(undefined)
    await signIn(phone, 'kari')
    delivered += 1
    await untilSent(delivered)
  })
})

describe('a phone on which nobody has signed in', () => {
  it('logs, and gives what it has to the first person who says that it is theirs', async () => {
    const fresh = await world.phone('nobody')
    await fresh.open('/')
    await log(fresh.page, { tile: 'Trussel' })
    await signIn(fresh, 'nina', '/welcome')
    await fresh.open('/welcome')
    await fresh.page.getByRole('button', { name: 'Ja, det er mitt' }).click()
    await fresh.page.getByText('Det sendes nå i ditt navn.').waitFor()
    await expect.poll(async () => {
      await sendNow(fresh)
      return (await ownReports(fresh)).size
    }, { timeout: 60_000, interval: 1_000 }).toBe(1)
    await fresh.off()
  })
})

describe('all phones', () => {
  it('broke no content security policy, logged no error and asked no other origin', () => {
    expect(world.complaints()).toEqual([])
  })
})
