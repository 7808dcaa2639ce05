/** The journeys that are timed. Each returns one sample per run. */
import type { Phone } from '../tests/support/e2e/phone.ts'
import { option } from '../tests/support/e2e/person.ts'
import type { World } from '../tests/support/e2e/world.ts'
import { observe, type Observed } from './observe.ts'
import { bytesOfNewestLetter, rawPuts } from './rawPut.ts'
import { throttle } from './throttle.ts'

export type Samples = Record<'cold LCP, slow 4G' | 'cold form usable, slow 4G' | 'warm offline form usable' | 'warm offline LCP'
  | 'three taps, machine time' | 'save → receipt' | 'save → commit' | 'raw strict put of the same bytes' | 'INP, worst of the journey', number[]>

export const emptySamples = (): Samples => ({
  'cold LCP, slow 4G': [], 'cold form usable, slow 4G': [], 'warm offline form usable': [], 'warm offline LCP': [],
  'three taps, machine time': [], 'save → receipt': [], 'save → commit': [], 'raw strict put of the same bytes': [], 'INP, worst of the journey': [],
})

const observedOn = (phone: Phone): Promise<Observed> => phone.page.evaluate(() => window.observed)
const usable = async (phone: Phone): Promise<void> => {
  await phone.page.waitForFunction(() => window.observed?.usableAt !== undefined)
}

/** Where to tap, measured beforehand: the driver's own care with each tap is not the phone's time. */
const centres = (phone: Phone, words: string[]): Promise<[number, number][]> => Promise.all(words.map(async (word) => {
  const box = await option(phone.page, word).boundingBox()
  if (box === null) throw new Error(`«${word}» is not on the screen`)
  return [box.x + box.width / 2, box.y + box.height / 2] satisfies [number, number]
}))

/** A first visit: nothing cached, slow line. The phone is new each time. */
export async function coldVisit(world: World, name: string, samples: Samples): Promise<Phone> {
  const phone = await world.phone(name)
  await phone.context.addInitScript(observe)
  await throttle(phone.page, 'slow 4G')
  await phone.page.goto(`${phone.origin}/`, { waitUntil: 'load' })
  await usable(phone)
  await phone.page.waitForLoadState('networkidle')
  const { lcp, usableAt } = await observedOn(phone)
  samples['cold LCP, slow 4G'].push(lcp)
  samples['cold form usable, slow 4G'].push(usableAt ?? Number.NaN)
  return phone
}

/** The worker is there, the line is cut: the start that a teacher meets every day, then the three taps. */
export async function warmVisit(phone: Phone, samples: Samples): Promise<void> {
  await phone.page.goto(`${phone.origin}/`, { waitUntil: 'load' })
  await usable(phone)
  // A person thinks before the first tap (KLM: 1.35 s). What the phone makes ready meanwhile is ready.
  await phone.page.waitForTimeout(1350)
  const start = await observedOn(phone)
  samples['warm offline form usable'].push(start.usableAt ?? Number.NaN)
  samples['warm offline LCP'].push(start.lcp)
  const places = await centres(phone, ['Slag eller spark', 'Vondt eller redd', 'Lagre på telefonen'])
  const begun = await phone.page.evaluate(() => performance.now())
  for (const [x, y] of places) await phone.page.mouse.click(x, y)
  await phone.page.waitForFunction(() => window.observed.receiptAt !== undefined)
  const end = await observedOn(phone)
  const { clickedAt = Number.NaN, receiptAt = Number.NaN } = end
  samples['three taps, machine time'].push(receiptAt - begun)
  samples['save → receipt'].push(receiptAt - clickedAt)
  samples['INP, worst of the journey'].push(end.inp)
  const commit = end.commits.find(({ complete }) => complete > clickedAt)
  samples['save → commit'].push((commit?.complete ?? Number.NaN) - clickedAt)
  samples['raw strict put of the same bytes'].push(...await rawPuts(phone.page, await bytesOfNewestLetter(phone.page), 3))
}
