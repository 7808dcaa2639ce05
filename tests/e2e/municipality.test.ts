/**
 * What is not the leader's alone: a report about the leader, a case that is handed on, one that is kept from the safety representative,
 * and a grave one that two must see. On four phones in real Chromium.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../support/e2e/axe.ts'
import { sticksOut, tooSmall } from '../support/e2e/layout.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { log, option, sendNow, signIn, type LogWords } from '../support/e2e/person.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let kari: Phone
let rita: Phone
let vera: Phone
let hans: Phone
const patience = 60_000
const grave: LogWords = { tile: 'Trussel', severity: 'Skade – trengte hjelp' }

const button = (phone: Phone, name: string) => phone.page.getByRole('button', { name, exact: true })
const says = (phone: Phone, words: string | RegExp) => phone.page.getByText(words).first().waitFor({ timeout: patience })
const row = (phone: Phone, report: string) => phone.page.locator(`main a[href="/case/${report}"]`)
const faults = async (phone: Phone) => [...await axe(phone.page), ...await sticksOut(phone.page), ...await tooSmall(phone.page)]
const onCase = (phone: Phone, report: string) => phone.page.waitForURL((url) => url.pathname === `/case/${report}`)

async function phoneOf(who: string, start: string): Promise<Phone> {
  const phone = await world.phone(who)
  await phone.open('/')
  await phone.installed()
  await signIn(phone, who, start)
  return phone
}
/** Logs without sending: the line is cut, and mended by whoever sends. */
async function begin(words?: LogWords): Promise<string> {
  await kari.open('/')
  await log(kari.page, words)
  return new URL(kari.page.url()).pathname.split('/').at(-1) ?? ''
}
async function reported(words?: LogWords): Promise<string> {
  const report = await begin(words)
  await sendNow(kari)
  return report
}
/** Opens one act's form, fills it in, saves it, and waits until the server has it. */
async function act(phone: Phone, report: string, name: string, fill: () => Promise<unknown>, save: string): Promise<void> {
  await phone.open(`/case/${report}/do/${name}`)
  await button(phone, save).waitFor()
  await fill()
  expect(await faults(phone), name).toEqual([])
  await button(phone, save).click()
  await phone.page.waitForURL((url) => !url.pathname.includes('/do/'))
  await sendNow(phone)
}
/** Words in the form's one text field. */
const write = (phone: Phone, words: string) => phone.page.locator('#act-text').fill(words)

beforeAll(async () => {
  world = await createWorld()
  kari = await phoneOf('kari', '/')
  rita = await phoneOf('rita', '/inbox')
  vera = await phoneOf('vera', '/inbox')
  hans = await phoneOf('hans', '/inbox')
})
afterAll(() => world?.end())

describe('a report about the leader', () => {
  let about = ''
  let other = ''

  it('is ticked by its reporter before it is sent', async () => {
    await world.line.cut()
    about = await begin()
    await kari.open(`/report/${about}/details?field=aboutLeader`)
    await kari.page.locator('#field-aboutLeader label').click()
    await says(kari, /Kommunen får den, og lederne på skolen ser den ikke/)
    expect(await faults(kari)).toEqual([])
    await kari.page.locator(`main a[href="/report/${about}/check"]`).click()
    await says(kari, /Lederne på skolen ser den ikke/)
    await button(kari, 'Send til kommunen').click()
    await kari.page.waitForURL((url) => url.pathname === `/report/${about}`)
    await world.line.mend()
    await sendNow(kari)
  })

  it('stands in the municipality’s inbox', async () => {
    await hans.open('/inbox')
    await row(hans, about).waitFor({ timeout: patience })
    expect(await faults(hans)).toEqual([])
    await row(hans, about).click()
    await onCase(hans, about)
    await says(hans, 'Kari Solheim')
    expect(await faults(hans)).toEqual([])
  })

  it('never comes to the leader’s phone, which gets what was reported after it', async () => {
    other = await reported({ tile: 'Skadeverk' })
    await rita.open('/inbox')
    await row(rita, other).waitFor({ timeout: patience })
    expect(await row(rita, about).count()).toBe(0)
    await rita.open(`/case/${about}`)
    await says(rita, 'Saken finnes ikke her')
  })

  it('is answered by the municipality, and its reporter reads it', async () => {
    await act(hans, about, 'answer', () => write(hans, 'Vi ringer deg i morgen.'), 'Send svaret')
    await kari.open(`/report/${about}`)
    await says(kari, 'Vi ringer deg i morgen.')
    await says(kari, /Hans Myhre åpnet den/)
    expect(await faults(kari)).toEqual([])
  })

  it('shows the municipality no fault in the dark or with large text', async () => {
    await hans.off()
    await hans.on({ scheme: 'dark', textSize: 32 })
    for (const path of ['/inbox', `/case/${about}`, '/notices', '/checks']) {
      await hans.open(path)
      await hans.page.locator('main a, main h2').first().waitFor()
      expect(await faults(hans), path).toEqual([])
    }
  })
})

describe('a case of the school', () => {
  it('is handed on to the municipality, and its reporter is told', async () => {
    const report = await reported({ tile: 'Skadeverk' })
    await rita.open('/inbox')
    await row(rita, report).waitFor({ timeout: patience })
    await act(rita, report, 'escalate', () => write(rita, 'Vi trenger hjelp til å finne tiltak.'), 'Gi videre')
    await hans.open('/inbox')
    await row(hans, report).waitFor({ timeout: patience })
    await kari.open(`/report/${report}`)
    await says(kari, /gitt videre til kommunen/)
  })

  it('leaves the safety representative’s phone when it is made confidential', async () => {
    const report = await reported({ tile: 'Skadeverk' })
    await vera.open('/inbox')
    await row(vera, report).waitFor({ timeout: patience })
    await act(rita, report, 'confidential', () => Promise.resolve(), 'Gjør den fortrolig')
    await vera.open('/inbox')
    await row(vera, report).waitFor({ state: 'detached', timeout: patience })
    await vera.open(`/case/${report}`)
    await says(vera, 'Saken finnes ikke her')
    expect(await faults(vera)).toEqual([])
  })
})

describe('a grave case', () => {
  let report = ''

  it('is closed by the leader, who cannot sign it', async () => {
    report = await reported(grave)
    await rita.open('/inbox')
    await row(rita, report).waitFor({ timeout: patience })
    await act(rita, report, 'contact', () => option(rita.page, 'Samtale').click(), 'Lagre')
    await act(rita, report, 'judgement', async () => {
      await option(rita.page, 'Skade med fravær, eller sterk frykt').click()
      await option(rita.page, 'Kan skje').click()
    }, 'Lagre vurderingen')
    await act(rita, report, 'causes', async () => {
      await rita.page.locator('fieldset').nth(0).locator('label').first().click()
      await option(rita.page, 'For lav bemanning').click()
    }, 'Lagre årsakene')
    await act(rita, report, 'no-measure', () => write(rita, 'Planen er fulgt.'), 'Lagre')
    await act(rita, report, 'notified', () => option(rita.page, 'Verneombud').click(), 'Lagre')
    // What is left are the checks; the screen itself says which.
    for (;;) {
      await rita.open(`/case/${report}/do/close`)
      const check = rita.page.locator('main a[href*="/check/"]').first()
      await check.or(button(rita, 'Send svaret og avslutt')).first().waitFor()
      if (await check.count() === 0) break
      await check.click()
      await rita.page.locator('main fieldset').first().waitFor()
      const unanswered = rita.page.locator('main fieldset:not(:has(input:checked))')
      while (await unanswered.count() > 0) await unanswered.first().getByText('Nei', { exact: true }).click()
      await button(rita, 'Lagre sjekken').click()
      await onCase(rita, report)
    }
    await says(rita, /Saken er alvorlig/)
    await act(rita, report, 'close', () => write(rita, 'Takk. Nå er dere to i gangen.'), 'Send svaret og avslutt')
    await rita.open(`/case/${report}`)
    await says(rita, 'Du avsluttet den, så en annen må skrive under.')
    expect(await faults(rita)).toEqual([])
  })

  it('is signed by the safety representative, and is then over', async () => {
    await vera.open(`/case/${report}`)
    await vera.page.getByRole('link', { name: 'Skriv under' }).click()
    await button(vera, 'Skriv under').click()
    await onCase(vera, report)
    await sendNow(vera)
    await kari.open(`/report/${report}`)
    await says(kari, 'Takk. Nå er dere to i gangen.')
    await says(kari, /Én til har sett over saken/)
    await rita.open(`/case/${report}`)
    await says(rita, /Avsluttet/)
    expect(await faults(rita)).toEqual([])
  })

  it('did nothing that no phone may do', () => expect(world.complaints()).toEqual([]))
})
