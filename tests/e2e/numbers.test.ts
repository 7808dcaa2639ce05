/** Numbers as people meet them, in real Chromium over a municipality with a past: a school's, the municipality's, a meeting that decides, one's own, and a BI tool. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../support/e2e/axe.ts'
import { sticksOut, tooSmall } from '../support/e2e/layout.ts'
import { log, signIn } from '../support/e2e/person.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { waitUntil } from '../support/e2e/waitUntil.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
const patience = 60_000

async function phoneOf(who: string, start: string): Promise<Phone> {
  const phone = await world.phone(who)
  await phone.open('/')
  await phone.installed()
  await signIn(phone, who, start)
  return phone
}
const heading = (phone: Phone, name: string | RegExp) => phone.page.getByRole('heading', { level: 2, name }).first().waitFor({ timeout: patience })
const says = (phone: Phone, words: string | RegExp) => phone.page.getByText(words).first().waitFor({ timeout: patience })
const button = (phone: Phone, name: string | RegExp) => phone.page.getByRole('button', { name }).first()
const faults = async (phone: Phone) => [...await axe(phone.page), ...await sticksOut(phone.page), ...await tooSmall(phone.page)]
/** Light and dark. The whole page at once: what the menu happens to cover hangs on how many numbers there are today. */
async function looksRight(phone: Phone): Promise<void> {
  const before = phone.page.viewportSize() ?? { width: 360, height: 800 }
  await phone.page.setViewportSize({ width: before.width, height: 12_000 })
  for (const colorScheme of ['light', 'dark'] as const) {
    await phone.page.emulateMedia({ colorScheme })
    expect(await faults(phone), colorScheme).toEqual([])
  }
  await phone.page.emulateMedia({ colorScheme: 'light' })
  await phone.page.setViewportSize(before)
}
/** The numbers of a chart's table, by its heading. */
const cellsOf = (phone: Phone, name: string) => phone.page.getByRole('region', { name }).locator('tbody td').allTextContents()
/** How many dots of a chart are not its ground. */
const ink = (phone: Phone) => phone.page.locator('canvas').first().evaluate((canvas: HTMLCanvasElement) => {
  const dots = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
  let inked = 0
  for (let at = 3; at < dots.length; at += 4) if ((dots[at] ?? 0) > 0) inked += 1
  return inked
})

beforeAll(async () => { world = await createWorld({ DEMO_HISTORY: 'yes', CLOCK_SECONDS: '1' }) })
afterAll(async () => {
  await world?.end()
  expect(world?.complaints() ?? []).toEqual([])
})

describe('the leader', () => {
  let rita: Phone
  beforeAll(async () => { rita = await phoneOf('rita', '/inbox') })

  it('sees the school in charts that say the same as their tables', async () => {
    await rita.open('/numbers/school')
    await heading(rita, 'Hvor ofte skjer det?')
    await says(rita, /\d+ hendelser siden/)
    await rita.page.locator('summary', { hasText: 'Vis som tabell' }).first().click()
    const [answer] = await rita.page.getByText(/\d+ hendelser siden/).allTextContents()
    // The first column is this year's months, the second the year before.
    const numbers = (await cellsOf(rita, 'Hvor ofte skjer det?')).map(Number)
    const mine = numbers.filter((_, nth) => nth % 2 === 0).reduce((sum, n) => sum + n, 0)
    expect(Number(/(\d+) hendelser/.exec(answer ?? '')?.[1])).toBe(mine)
    await waitUntil('the chart is drawn', async () => await ink(rita) > 500)
    await looksRight(rita)
  })

  it('has the last numbers without a line, with their date', async () => {
    await world.line.cut()
    await rita.open('/numbers/school')
    await says(rita, /Tall fra .* \(uten nett\)/)
    await heading(rita, 'Hvor ofte skjer det?')
    await waitUntil('the chart is drawn', async () => await ink(rita) > 500)
    await world.line.mend()
  })

  it('holds a meeting over the page, and what it decides is kept though the line is gone', async () => {
    await rita.open('/numbers/meeting')
    await heading(rita, 'I hvilke situasjoner?')
    await heading(rita, 'Hva må avgjøres?')
    await looksRight(rita)
    await rita.page.getByRole('link', { name: 'Skriv inn det møtet bestemte' }).click()
    await rita.page.locator('#ros-situation').selectOption('one-to-one')
    await rita.page.getByText('4 Trolig', { exact: true }).click()
    await rita.page.getByText('3 Middels', { exact: true }).click()
    await says(rita, 'Risiko 12: middels. Tiltak bør settes inn.')
    await rita.page.locator('#ros-measure').selectOption('extra-adult')
    await rita.page.getByText('Leder', { exact: true }).click()
    await looksRight(rita)
    await button(rita, 'Lagre').click()
    await rita.page.getByRole('link', { name: 'Skriv når det skal være gjort' }).waitFor()
    await rita.page.getByLabel('Når skal det være gjort?').fill('2027-01-15')
    await world.line.cut()
    await button(rita, 'Lagre').click()
    await says(rita, 'Det du valgte, er tatt vare på her.')
    await world.line.mend()
    // Another start of the app: what was chosen is there.
    await rita.page.reload()
    await says(rita, 'Vi tok vare på det du hadde begynt på.')
    await button(rita, 'Lagre').click()
    await rita.page.waitForURL((url) => url.pathname === '/numbers/meeting')
    await heading(rita, 'Bestemt tidligere')
    await says(rita, 'Risiko 12: sannsynlighet 4 × konsekvens 3')
    await button(rita, /Merk som gjort/).click()
    await says(rita, /^Gjort \d+\./)
  })

  it('finds the cases behind what was decided, and what was decided in the case', async () => {
    await rita.page.getByRole('link', { name: /^Rett eller se sakene/ }).click()
    await heading(rita, 'Sakene bak')
    await looksRight(rita)
    await rita.page.getByRole('navigation', { name: 'Sakene bak' }).getByRole('link').first().click()
    await rita.page.waitForURL((url) => url.pathname.startsWith('/case/'))
    await rita.page.getByRole('link', { name: /Ekstra voksen\. Gjort/ }).click()
    await heading(rita, 'Sakene bak')
  })

  it('corrects it, and takes it back', async () => {
    await rita.page.getByRole('link', { name: 'Rett', exact: true }).click()
    await rita.page.getByText('5 Svært trolig', { exact: true }).click()
    await button(rita, 'Lagre').click()
    await rita.page.waitForURL((url) => url.pathname === '/numbers/meeting')
    await says(rita, 'Risiko 15: sannsynlighet 5 × konsekvens 3')
    await waitUntil('one decision stands', async () => await rita.page.getByRole('link', { name: /^Rett eller se sakene/ }).count() === 1)
    await rita.page.getByRole('link', { name: /^Rett eller se sakene/ }).click()
    // What was done stays done when the rest is corrected.
    await says(rita, /^Gjort \d+\./)
    await button(rita, 'Trekk tilbake').click()
    await rita.page.getByRole('dialog').getByRole('button', { name: 'Trekk tilbake' }).click()
    await rita.page.waitForURL((url) => url.pathname === '/numbers/meeting')
    await says(rita, 'Ingenting er bestemt her ennå.')
  })
})

describe('the municipality', () => {
  it('sees closed periods, and no number of fewer than five', async () => {
    const hans = await phoneOf('hans', '/inbox')
    await hans.open('/numbers/town')
    await heading(hans, 'Skoler som trenger hjelp')
    await heading(hans, 'Hvor skjer det?')
    const shown = (await hans.page.locator('.table:not(.heat) tbody td').allTextContents()).map((text) => text.replaceAll(/\s/g, '')).filter((text) => /^\d+$/.test(text)).map(Number)
    expect(shown.length).toBeGreaterThan(10)
    // A month's share of nothing is nobody; anything else is five or more.
    expect(shown.filter((n) => n > 0 && n < 5)).toEqual([])
    await looksRight(hans)
    // Its own meeting looks at the same, and decides.
    await hans.page.getByRole('link', { name: 'Side for kommunens risikomøte' }).click()
    await heading(hans, 'Hva må avgjøres?')
    await looksRight(hans)
    await hans.page.getByRole('link', { name: 'Skriv inn det møtet bestemte' }).click()
    await hans.page.locator('#ros-situation').selectOption('transition')
    await hans.page.getByText('4 Trolig', { exact: true }).click()
    await hans.page.getByText('4 Alvorlig', { exact: true }).click()
    await hans.page.locator('#ros-measure').selectOption('extra-adult')
    await hans.page.getByText('Kommunen', { exact: true }).click()
    await hans.page.getByLabel('Når skal det være gjort?').fill('2027-01-15')
    await button(hans, 'Lagre').click()
    await hans.page.waitForURL((url) => url.pathname === '/numbers/meeting')
    await says(hans, 'Risiko 16: sannsynlighet 4 × konsekvens 4')
    await says(hans, 'Når en hel periode etter møtet er gjort opp')
  })
})

describe('a teacher', () => {
  it('has own numbers without a line, with what waits to be sent', async () => {
    const kari = await phoneOf('kari', '/mine')
    await kari.open('/numbers')
    await says(kari, /Du har meldt \d+ hendelse/)
    const before = Number(/\d+/.exec((await kari.page.getByText(/Du har meldt/).textContent()) ?? '')?.[0])
    await world.line.cut()
    await kari.open('/')
    await log(kari.page)
    await kari.open('/numbers')
    await says(kari, new RegExp(`Du har meldt ${before + 1} hendelse`))
    await says(kari, 'Én av dem venter på sending.')
    await looksRight(kari)
    await kari.open('/numbers/series')
    await heading(kari, 'Hvor mye er meldt i Bergen?')
    await says(kari, /2023 har bare tall til 13\. november/)
    await world.line.mend()
  })
})

describe('the administrator', () => {
  it('makes a key for a BI tool, which reads closed periods and nothing else', async () => {
    const eva = await phoneOf('eva', '/admin')
    await eva.open('/admin/bi')
    await eva.page.locator('#bi-name').fill('Innsikt')
    await button(eva, 'Lag en nøkkel').click()
    const secret = await eva.page.locator('code', { hasText: /^meldt_/ }).textContent({ timeout: patience })
    await looksRight(eva)
    const read = (path: string) => fetch(`${world.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${secret ?? ''}` } })
    const answer = await read('/bi/numbers')
    const { rows } = await answer.json() as { rows: { table: string; value: number | null }[] }
    expect([answer.status, rows.length > 100]).toEqual([200, true])
    expect(rows.filter(({ table, value }) => !/Hours|Days/.test(table) && value !== null && value < 5)).toEqual([])
    expect((await read('/changes')).status).toBe(401)
  })
})
