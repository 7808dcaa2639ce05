/** The municipality's own, end to end: an administrator writes it, a colleague's phone has it without a line and after signing out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe } from '../support/e2e/axe.ts'
import { sticksOut, tooSmall } from '../support/e2e/layout.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { signIn } from '../support/e2e/person.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let eva: Phone
let kari: Phone
beforeAll(async () => {
  world = await createWorld()
  eva = await world.phone('eva')
  kari = await world.phone('kari')
  await signIn(eva, 'eva', '/more')
})
afterAll(() => world?.end())

const numbers = (phone: Phone) => phone.page.locator('main a[href^="tel:"]')
const faults = async (phone: Phone) => [...await axe(phone.page), ...await tooSmall(phone.page), ...await sticksOut(phone.page)]

describe('the municipality’s own', () => {
  it('is written by the administrator, who is led there from Mer', async () => {
    const { page } = eva
    await page.getByRole('link', { name: 'Administrasjon' }).click()
    await page.getByRole('link', { name: 'Kommunens eget' }).click()
    await page.getByRole('link', { name: 'Legg til nummer' }).click()
    await page.getByLabel('Gjelder for').selectOption({ label: 'Solbakken skole (demo)' })
    await page.getByText('Noen andre', { exact: true }).click()
    await page.getByLabel('Det som står på knappen').fill('Vaktmesteren (demo)')
    await page.getByLabel('Telefonnummer').fill('55 00 00 42')
    await page.getByRole('button', { name: 'Lagre' }).click()
    await page.getByRole('link', { name: /Vaktmesteren/ }).waitFor()
    await page.getByRole('link', { name: 'Legg til tillegg' }).click()
    await page.getByLabel('Gjelder for').selectOption({ label: 'Solbakken skole (demo)' })
    await page.getByLabel('Tillegg til').selectOption('alarm')
    await page.getByLabel('Overskrift').fill('Slik roper vi på hjelp hos oss')
    await page.getByLabel('Tekst på bokmål').fill('Rop kodeordet.\n\nSend en elev til kontoret.')
    expect(await faults(eva)).toEqual([])
    await page.getByRole('button', { name: 'Lagre' }).click()
    await page.getByRole('link', { name: /Slik roper vi/ }).waitFor()
    expect(await faults(eva)).toEqual([])
  })

  it('keeps what was written when the line is gone, and saves it when it is back', async () => {
    const { page } = eva
    await page.getByRole('link', { name: /Vaktmesteren/ }).click()
    await page.getByLabel('Telefonnummer').fill('55 00 00 43')
    await world.line.cut()
    await page.getByRole('button', { name: 'Lagre' }).click()
    await page.getByText('Fikk ikke kontakt med serveren').waitFor()
    expect(await faults(eva)).toEqual([])
    await world.line.mend()
    await page.getByRole('button', { name: 'Lagre' }).click()
    await page.getByRole('link', { name: /Vaktmesteren.*43/ }).waitFor()
  })

  it('comes to a colleague’s phone, and stays there without a line and after signing out', async () => {
    await kari.open('/')
    await kari.installed()
    await signIn(kari, 'kari')
    await kari.open('/call')
    await numbers(kari).filter({ hasText: 'Vaktmesteren' }).waitFor()
    await kari.open('/sign-out')
    await kari.page.locator('main').getByRole('button').first().click()
    await kari.page.waitForFunction(() => !document.cookie.includes('__Host-who'))
    await kari.off()
    await world.stopServer()
    await world.line.cut()
    await kari.on()
    await kari.open('/call')
    await numbers(kari).filter({ hasText: 'Vaktmesteren' }).waitFor()
    expect(await numbers(kari).filter({ hasText: 'Vaktmesteren' }).getAttribute('href')).toBe('tel:55000043')
    expect(await faults(kari)).toEqual([])
    await kari.open('/now')
    await numbers(kari).filter({ hasText: 'Kontoret' }).first().waitFor()
    await kari.open('/read/alarm')
    await kari.page.getByRole('heading', { name: 'Slik roper vi på hjelp hos oss' }).waitFor()
    await kari.page.getByText(/Lagt til av/).first().waitFor()
    expect(await faults(kari)).toEqual([])
  })

  it('stands up to large text and the dark', async () => {
    await kari.off()
    await kari.on({ scheme: 'dark', textSize: 32 })
    await kari.open('/call')
    await numbers(kari).filter({ hasText: 'Bedriftshelsetjenesten' }).waitFor()
    expect(await faults(kari)).toEqual([])
  })

  it('changes for a phone that is signed out too, and goes with everything else', async () => {
    await world.startServer()
    await world.line.mend()
    await eva.open('/local')
    await eva.page.getByRole('link', { name: /Vaktmesteren/ }).click()
    await eva.page.getByRole('button', { name: 'Fjern' }).click()
    await eva.page.getByRole('dialog').getByRole('button', { name: 'Fjern' }).click()
    await eva.page.getByRole('heading', { level: 1, name: 'Kommunens eget' }).waitFor()
    await kari.open('/call')
    // First the list, then what is gone from it: an empty page lacks the row as well.
    await numbers(kari).filter({ hasText: 'Kontoret' }).waitFor()
    await numbers(kari).filter({ hasText: 'Vaktmesteren' }).waitFor({ state: 'detached' })
    expect(await numbers(kari).filter({ hasText: 'Kontoret' }).count()).toBe(1)
    await kari.open('/more#wipe')
    await kari.page.getByRole('dialog').getByRole('textbox').fill('SLETT')
    await kari.page.getByRole('dialog').getByRole('button', { name: /[Ss]lett/ }).click()
    await kari.page.getByRole('dialog').waitFor({ state: 'detached' })
    await kari.open('/call')
    await kari.page.getByText('Skolen din har ikke lagt inn').waitFor()
  })

  it('did nothing that no phone may do', () => {
    expect(world.complaints()).toEqual([])
  })
})
