/** Fills a phone with letters while the line is down, then lets it deliver to a server that is killed again and again. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Phone } from '../../tests/support/e2e/phone.ts'
import { beginToSend, sendNow } from '../../tests/support/e2e/person.ts'
import { changesSeenBy, ownReports } from '../../tests/support/e2e/serverFacts.ts'
import { waitUntil } from '../../tests/support/e2e/waitUntil.ts'
import type { World } from '../../tests/support/e2e/world.ts'
import { localReports } from './localReports.ts'

export interface DeliveriesUnderKill { letters: number; serverKills: number; killsDuringDelivery: number; lost: number; duplicated: number; foreign: number }

/** Logs by tapping the real screen from inside the page: three taps and the way back, as often as asked. */
const logMany = (phone: Phone, times: number): Promise<void> => phone.page.evaluate(async (count) => {
  const seen = async (find: () => HTMLElement | undefined): Promise<HTMLElement> => {
    for (let tries = 0; tries < 2_000; tries += 1) {
      const found = find()
      if (found !== undefined) return found
      await new Promise((resolve) => { setTimeout(resolve, 5) })
    }
    throw new Error('The screen never came')
  }
  const all = (tag: string) => [...document.querySelectorAll<HTMLElement>(tag)]
  const withWords = (tag: string, words: string) => () => all(tag).find((element) => element.textContent?.trim().includes(words) === true)
  for (let index = 0; index < count; index += 1) {
    const tile = await seen(withWords('label', 'Trussel'))
    if (tile.querySelector<HTMLInputElement>('input')?.checked !== true) tile.click()
    ;(await seen(withWords('button', 'Lagre på telefonen'))).click()
    await seen(withWords('h1', 'Lagret på denne telefonen'))
    ;(await seen(() => all('nav a').find((link) => link.getAttribute('href') === '/'))).click()
  }
}, times)

/** `duplicated` is what the leader's server counts in letters beyond those that were written; `foreign` are reports that nobody wrote. */
export async function deliveriesUnderKill(world: World, phone: Phone, leader: Phone, letters: number, serverKills: number): Promise<DeliveriesUnderKill> {
  await world.line.cut()
  await phone.open('/')
  const missing = letters - (await localReports(phone)).size
  for (let done = 0; done < missing; done += 50) await logMany(phone, Math.min(50, missing - done))
  const written = await localReports(phone)
  await world.line.mend()

  let killsDuringDelivery = 0
  for (let kill = 0; kill < serverKills; kill += 1) {
    const before = world.line.log.length
    await beginToSend(phone)
    await waitUntil('a delivery begins', () => world.line.log.slice(before).some((line) => line === 'POST /api/v1/letters'))
    await pause(Math.random() * 400)
    killsDuringDelivery += 1
    await world.killServer()
    await world.startServer()
  }
  await waitUntil('everything is delivered', async () => {
    await sendNow(phone)
    await pause(1_000)
    return (await ownReports(phone)).size >= written.size
  }, 600_000)

  const kept = await ownReports(phone)
  const cases = (await changesSeenBy(leader)).filter(({ kind }) => kind === 'case')
  const seen = new Set(cases.map(({ report }) => report))
  const lettersOfCases = cases.reduce((sum, one) => sum + (one.kind === 'case' ? one.letters : 0), 0)
  return {
    letters: written.size, serverKills, killsDuringDelivery,
    lost: [...written].filter((id) => !kept.has(id) || !seen.has(id)).length,
    duplicated: lettersOfCases - written.size,
    foreign: [...kept].filter((id) => !written.has(id)).length,
  }
}
