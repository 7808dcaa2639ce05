/**
 * The loop that closes, on three phones at once: reported, opened, contact, measure, the safety representative's comment, closed, the answer read, "det hjalp".
 * The line is cut at each arrow in turn: what is done without it is on the phone at once, and arrives when it is back.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../support/e2e/axe.ts'
import { pressOn } from '../support/e2e/keyboard.ts'
import { sticksOut, tooSmall } from '../support/e2e/layout.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { log, option, sendNow, signIn } from '../support/e2e/person.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let kari: Phone
let rita: Phone
let vera: Phone
let report = ''
const patience = 60_000
const checks = ['serious-injury', 'work-injury', 'police', 'child-welfare', 'intervention', 'environment', 'ros', 'injury-register']

const button = (phone: Phone, name: string) => phone.page.getByRole('button', { name, exact: true })
const says = (phone: Phone, words: string | RegExp) => phone.page.getByText(words).first().waitFor({ timeout: patience })
const faults = async (phone: Phone) => [...await axe(phone.page), ...await sticksOut(phone.page), ...await tooSmall(phone.page)]
const onCase = (phone: Phone) => phone.page.waitForURL((url) => url.pathname === `/case/${report}`)
/** Presses Tab until the focus stands in this field. */
async function tabToField(phone: Phone, id: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if (await phone.page.evaluate(() => document.activeElement?.id) === id) return
    await phone.page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${id}`)
}
/** Saves the form that is on the screen: the phone leads back to the case, which says that it waits. */
async function save(phone: Phone, name: string): Promise<void> {
  await button(phone, name).click()
  await onCase(phone)
}
/** Without a line until the work is done; then it is sent at once. */
async function withoutLine(phone: Phone, work: () => Promise<void>): Promise<void> {
  await world.line.cut()
  await work()
  await world.line.mend()
  await sendNow(phone)
}

beforeAll(async () => {
  world = await createWorld()
  for (const [who, start] of [['kari', '/'], ['rita', '/inbox'], ['vera', '/inbox']] as const) {
    const phone = await world.phone(who)
    await phone.open('/')
    await phone.installed()
    await signIn(phone, who, start)
    if (who === 'kari') kari = phone
    else if (who === 'rita') rita = phone
    else vera = phone
  }
})
afterAll(() => world?.end())

describe('the answer', () => {
  it('begins with a report that was written without a line, and stands in the leader’s open inbox without a reload', async () => {
    await rita.open('/inbox')
    await withoutLine(kari, async () => {
      await kari.open('/')
      await log(kari.page)
      report = new URL(kari.page.url()).pathname.split('/').at(-1) ?? ''
    })
    await rita.page.getByRole('link', { name: /Slag eller spark/ }).first().waitFor({ timeout: patience })
    expect(await faults(rita)).toEqual([])
  })

  it('is opened, and the reporter sees by whom', async () => {
    await rita.page.getByRole('link', { name: /Slag eller spark/ }).first().click()
    await onCase(rita)
    await says(rita, 'Kari Solheim')
    expect(await faults(rita)).toEqual([])
    await kari.open(`/report/${report}`)
    await says(kari, /Rita Dahl åpnet den/)
    expect(await faults(kari)).toEqual([])
  })

  it('is contact first, noted without a line', async () => {
    await withoutLine(rita, async () => {
      await rita.open(`/case/${report}`)
      await rita.page.getByRole('link', { name: 'Vi har snakket sammen' }).click()
      await option(rita.page, 'Samtale').click()
      expect(await faults(rita)).toEqual([])
      await save(rita, 'Lagre')
      await says(rita, /Lagret: Kontakt/)
    })
    await kari.open(`/report/${report}`)
    await says(kari, /Rita Dahl snakket med deg/)
  })

  it('weighs it, finds causes and a measure with an owner and a date, by keyboard alone', async () => {
    await rita.open(`/case/${report}/do/measure`)
    await rita.page.locator('#act-due').waitFor()
    expect(await faults(rita)).toEqual([])
    const keys = rita.page.keyboard
    await tabToField(rita, 'act-kind')
    await keys.type('Ekstra voksen')
    await tabToField(rita, 'act-owner')
    await keys.type('Inspektør')
    await tabToField(rita, 'act-due')
    // The same day in every country's order.
    await keys.type('12122027')
    expect(await rita.page.locator('#act-due').inputValue()).toBe('2027-12-12')
    await withoutLine(rita, async () => {
      await pressOn(rita.page, 'Lagre tiltaket')
      await onCase(rita)
    })
    await rita.open(`/case/${report}/do/judgement`)
    await option(rita.page, 'Førstehjelp eller ubehag').click()
    await option(rita.page, 'Kan skje').click()
    expect(await faults(rita)).toEqual([])
    await save(rita, 'Lagre vurderingen')
    await rita.open(`/case/${report}/do/causes`)
    await rita.page.locator('fieldset').nth(0).locator('label').first().click()
    await option(rita.page, 'For lav bemanning').click()
    expect(await faults(rita)).toEqual([])
    await save(rita, 'Lagre årsakene')
    await sendNow(rita)
    await kari.open(`/report/${report}`)
    await says(kari, 'Tiltak: Ekstra voksen')
  })

  it('hears the safety representative, who sees no name and no word of the reporter', async () => {
    await vera.open(`/case/${report}`)
    await says(vera, 'Ekstra voksen')
    expect(await vera.page.locator('main').innerText()).not.toContain('Kari')
    await withoutLine(vera, async () => {
      await vera.page.getByRole('link', { name: 'Skriv en kommentar' }).click()
      await vera.page.getByLabel('Kommentar').fill('Bra. Gjelder det i storefri også?')
      expect(await faults(vera)).toEqual([])
      await save(vera, 'Send kommentaren')
      expect(await faults(vera)).toEqual([])
    })
    await rita.open(`/case/${report}`)
    await says(rita, 'Bra. Gjelder det i storefri også?')
  })

  it('cannot end before what is missing is there, and says what it is', async () => {
    await rita.open(`/case/${report}/do/close`)
    await says(rita, 'Dette gjenstår før saken kan avsluttes')
    expect(await faults(rita)).toEqual([])
  })

  it('asks what the law asks, without a line', async () => {
    await withoutLine(rita, async () => {
      for (const check of checks) {
        await rita.open(`/case/${report}/check/${check}`)
        await rita.page.locator('main fieldset').first().waitFor()
        const unanswered = rita.page.locator('main fieldset:not(:has(input:checked))')
        while (await unanswered.count() > 0) await unanswered.first().getByText('Nei', { exact: true }).click()
        if (check === 'police') expect(await faults(rita)).toEqual([])
        await save(rita, 'Lagre sjekken')
      }
    })
    await rita.open(`/case/${report}`)
    await says(rita, 'Alt er på plass')
  })

  it('is closed with words to the reporter, who reads them without a line', async () => {
    await withoutLine(rita, async () => {
      await rita.open(`/case/${report}/do/close`)
      await rita.page.getByLabel('Svar til den som meldte').fill('Takk for at du sa fra. Nå er dere to ute i friminuttene.')
      expect(await faults(rita)).toEqual([])
      await save(rita, 'Send svaret og avslutt')
      await says(rita, 'Ferdig fulgt opp')
    })
    await kari.open(`/report/${report}`)
    await says(kari, 'Nå er dere to ute i friminuttene.')
    await kari.off()
    await world.line.cut()
    await kari.on()
    await kari.open(`/report/${report}`)
    await says(kari, 'Nå er dere to ute i friminuttene.')
    expect(await faults(kari)).toEqual([])
  })

  it('ends with what the reporter says of it, which the leader sees', async () => {
    await option(kari.page, 'Ja').click()
    await button(kari, 'Send').click()
    await says(kari, 'Du har svart at det hjalp.')
    await world.line.mend()
    await sendNow(kari)
    await rita.open(`/case/${report}`)
    await says(rita, 'Den som meldte, sier at det hjalp.')
    expect(await faults(rita)).toEqual([])
  })

  it('is told of in each one’s notices, and never what it was about', async () => {
    await kari.open('/notices')
    await says(kari, 'Ferdig fulgt opp')
    expect(await faults(kari)).toEqual([])
    await rita.open('/notices')
    await says(rita, 'Den som meldte, har sagt om det hjalp')
    expect(await rita.page.locator('main').innerText()).not.toMatch(/slag|spark|Kari/i)
  })

  it('stands up to the dark and to large text', async () => {
    for (const [phone, path] of [[rita, `/case/${report}`], [vera, `/case/${report}`], [kari, `/report/${report}`]] as const) {
      await phone.off()
      await phone.on({ scheme: 'dark', textSize: 32 })
      await phone.open(path)
      await phone.page.locator('main h2').first().waitFor()
      expect(await faults(phone), path).toEqual([])
    }
  })

  it('did nothing that no phone may do', () => expect(world.complaints()).toEqual([]))
})
