/** The municipality's administrator in a real browser: a role given and ended, a school, a table with a bad row, a deadline. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../support/e2e/axe.ts'
import { sticksOut, tooSmall } from '../support/e2e/layout.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { log, sendNow, signIn } from '../support/e2e/person.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let eva: Phone
let ola: Phone
const patience = 60_000
const button = (phone: Phone, name: string) => phone.page.getByRole('button', { name, exact: true })
const says = (phone: Phone, words: string | RegExp) => phone.page.getByText(words).first().waitFor({ timeout: patience })
const faults = async (phone: Phone) => [...await axe(phone.page), ...await sticksOut(phone.page), ...await tooSmall(phone.page)]

beforeAll(async () => {
  world = await createWorld()
  eva = await world.phone('eva')
  ola = await world.phone('ola')
  await signIn(eva, 'eva', '/admin')
  await signIn(ola, 'ola', '/mine')
})
afterAll(() => world?.end())

describe('an administrator', () => {
  it('gives a role until a day, and that person has it at once', async () => {
    await says(eva, 'Personer og roller')
    expect(await faults(eva)).toEqual([])
    await eva.open('/admin/people')
    await says(eva, 'Ola Berge')
    expect(await faults(eva)).toEqual([])
    await eva.open('/admin/grant')
    await eva.page.getByLabel('Hvem?').selectOption({ label: 'Ola Berge' })
    await eva.page.getByText('Følger opp sakene på skolen').click()
    await button(eva, 'Gi en rolle').click()
    await says(eva, 'Velg hvor rollen gjelder')
    expect(await faults(eva)).toEqual([])
    await eva.page.getByLabel('Hvor?').selectOption({ label: 'Fjordsyn skole (demo)' })
    await button(eva, 'Gi en rolle').click()
    await eva.page.waitForURL((url) => url.pathname === '/admin/people')
    await says(eva, /Leder · Fjordsyn skole/)
    await ola.open('/inbox')
    await ola.page.getByRole('link', { name: 'Innboks' }).waitFor({ timeout: patience })
  })

  it('ends it, and the next request is without it', async () => {
    await eva.page.getByRole('button', { name: /^Avslutt rollen Ola Berge, Leder/ }).click()
    await eva.page.getByRole('dialog').getByRole('button', { name: 'Avslutt rollen' }).click()
    await eva.page.getByRole('dialog').waitFor({ state: 'detached' })
    await eva.page.getByRole('button', { name: /^Avslutt rollen Ola Berge, Leder/ }).waitFor({ state: 'detached', timeout: patience })
    const status = await ola.page.evaluate(async () => (await fetch('/api/v1/patterns', { headers: { 'x-account': (/__Host-who=([0-9a-f-]{36})/.exec(document.cookie) ?? [])[1] ?? '' } })).status)
    expect(status).toBe(404)
  })

  it('makes a school, and brings a table whose bad row is named', async () => {
    await eva.open('/admin/units')
    await button(eva, 'Ny skole').click()
    await eva.page.getByLabel('Skolens navn').fill('Nyheim skole')
    await button(eva, 'Lagre').click()
    await says(eva, 'Nyheim skole er lagret.')
    expect(await faults(eva)).toEqual([])
    await eva.open('/admin/import')
    const table = (role: string) => `unit;subject;name;role;from;to\nNyheim skole;n-1;Nora Nilsen;${role};2026-11-01;2027-06-30`
    await eva.page.getByLabel('Eller lim inn her').fill(table('sjef'))
    await button(eva, 'Prøv tabellen').click()
    await says(eva, /Rad 2: Rollen finnes ikke/)
    expect(await faults(eva)).toEqual([])
    await eva.page.getByLabel('Eller lim inn her').fill(table('leder'))
    await button(eva, 'Prøv tabellen').click()
    await button(eva, 'Ja, gjør det').click()
    await says(eva, /Gjort: 0 nye skoler, 1 nye personer og 1 nye roller/)
  })

  it('sets a deadline, and the reporter reads it as the municipality’s own norm', async () => {
    await eva.open('/admin/clocks')
    await eva.page.locator('#clock-answer').fill('60')
    await button(eva, 'Lagre').click()
    await says(eva, /Lagret. Telefonene får det/)
    expect(await faults(eva)).toEqual([])
    await ola.open('/')
    await log(ola.page)
    const report = new URL(ola.page.url()).pathname.split('/').at(-1) ?? ''
    await sendNow(ola)
    await ola.open(`/report/${report}`)
    await says(ola, 'Kommunens egen norm: senest')
    const inSixtyDays = new Date(Date.now() + 60 * 86_400_000).toLocaleDateString('nb', { month: 'long', timeZone: 'Europe/Oslo' })
    await says(ola, new RegExp(`senest .*${inSixtyDays}`))
  })

  it('did nothing that no phone may do', () => expect(world.complaints()).toEqual([]))
})
