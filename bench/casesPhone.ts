/** A leader's inbox on a modest phone: real Chromium with the processor at a quarter. */
import type { Phone } from '../tests/support/e2e/phone.ts'
import type { Asker } from './casesServer.ts'
import { throttle } from './throttle.ts'

export type PhoneSamples = Record<'inbox opened, offline' | 'search, from the letter to the answer' | 'ten more screens scrolled, worst frame' | 'delivered → in the open inbox', number[]>

const heap = (phone: Phone, n: number) => phone.page.getByText(`Nye ${n}`, { exact: true })

/** The first visit after sign-in: until all cases are counted in the list. */
export async function firstInbox(phone: Phone, cases: number): Promise<number> {
  const begun = performance.now()
  await phone.open('/inbox')
  await heap(phone, cases).waitFor({ timeout: 120_000 })
  return performance.now() - begun
}

/** Ten screens of rows, a tenth of a screen for each frame; the longest time between two frames. */
const scroll = (phone: Phone): Promise<number> => phone.page.evaluate(() => new Promise<number>((resolve) => {
  let [worst, left, before] = [0, 100, performance.now()]
  const next = (now: number) => {
    worst = Math.max(worst, now - before)
    before = now
    window.scrollBy(0, window.innerHeight / 10)
    left -= 1
    if (left > 0) requestAnimationFrame(next)
    else resolve(worst)
  }
  requestAnimationFrame((now) => { before = now; requestAnimationFrame(next) })
}))

/** Opens, searches, scrolls, and waits for what comes. The phone has been here before. */
export async function inboxVisits(phone: Phone, { cut, mend, reporter, cases, runs }: { cut(): Promise<void>; mend(): Promise<void>; reporter: Asker; cases: number; runs: number }): Promise<PhoneSamples> {
  const samples: PhoneSamples = { 'inbox opened, offline': [], 'search, from the letter to the answer': [], 'ten more screens scrolled, worst frame': [], 'delivered → in the open inbox': [] }
  await throttle(phone.page, 'as it is')
  await cut()
  for (let run = 0; run < runs; run += 1) {
    const begun = performance.now()
    await phone.open('/inbox')
    await heap(phone, cases).waitFor()
    samples['inbox opened, offline'].push(performance.now() - begun)
    const search = phone.page.getByRole('searchbox')
    await search.fill('garderob')
    await phone.page.getByText(/^\d+ treff$/).waitFor()
    const asked = performance.now()
    await search.press('e')
    await phone.page.getByText(/^\d+ treff$/).waitFor()
    samples['search, from the letter to the answer'].push(performance.now() - asked)
    await search.fill('')
    await heap(phone, cases).waitFor()
    for (let more = 0; more < 3; more += 1) await phone.page.getByRole('button', { name: 'Vis flere' }).click()
    samples['ten more screens scrolled, worst frame'].push(await scroll(phone))
  }
  await mend()
  await phone.open('/inbox')
  await heap(phone, cases).waitFor()
  for (let run = 0; run < runs; run += 1) {
    const letter = await reporter.report(run)
    const begun = performance.now()
    await reporter.deliver([letter])
    await heap(phone, cases + run + 1).waitFor({ timeout: 120_000 })
    samples['delivered → in the open inbox'].push(performance.now() - begun)
  }
  return samples
}
