/** What a person does with the phone, in the words that they see. */
import type { Page } from 'playwright-core'
import type { Phone } from './phone.ts'

export const receiptHeading = 'Lagret på denne telefonen'

/** Signs in with the demo municipality's login page and waits until the app is back. */
export async function signIn(phone: Phone, who: string, returnTo = '/mine'): Promise<void> {
  await phone.page.goto(`${phone.origin}/auth/login?return_to=${encodeURIComponent(returnTo)}&switch=1`, { waitUntil: 'commit' })
  await phone.page.locator(`button[value="${who}"]`).click()
  await phone.page.waitForURL((url) => !/^\/(?:auth|demo-idp)/.test(url.pathname))
  await phone.page.locator('h1').first().waitFor()
}

/** The option with these words in the form that is on the screen. */
export const option = (page: Page, words: string) => page.getByText(words, { exact: true })

/** The status tags with exactly these words: "Sendt" also names a step that is not reached yet, so words alone would lie. */
export const status = (page: Page, words: string) => page.locator('main .ds-tag').filter({ hasText: new RegExp(String.raw`^\s*${words}\s*$`) })

export interface LogWords { tile?: string; severity?: string }

/** Three taps: what, how grave, save. Ends on the receipt. */
export async function log(page: Page, { tile = 'Slag eller spark', severity = 'Vondt eller redd' }: LogWords = {}): Promise<void> {
  await option(page, tile).click()
  await option(page, severity).click()
  await save(page)
}

export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lagre på telefonen' }).click()
  await page.getByRole('heading', { level: 1, name: receiptHeading }).waitFor()
}

/** Asks the phone to send now, instead of waiting for "Angre" to be over, and waits for its word on how that went. */
export async function sendNow(phone: Phone): Promise<void> {
  await beginToSend(phone)
  await phone.page.locator('main p[role="status"]').filter({ hasText: /\S/ }).waitFor({ timeout: 60_000 })
}

/** The same without waiting: for who wants to break it meanwhile. */
export async function beginToSend(phone: Phone): Promise<void> {
  await phone.open('/sending')
  await phone.page.getByRole('button', { name: 'Prøv nå' }).click()
}
