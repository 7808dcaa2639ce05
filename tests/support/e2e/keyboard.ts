/** Hands that only have a keyboard. */
import type { Page } from 'playwright-core'

/** What the focus stands on, in the words that a person sees. */
export const focused = (page: Page): Promise<string> => page.evaluate(() => {
  const active = document.activeElement
  return ((active?.closest('label') ?? active)?.textContent ?? '').replace(/\s+/g, ' ').trim()
})

/** Presses Tab until the focus stands on these words; the focus must then be on the screen. */
export async function tabTo(page: Page, words: string, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab')
    if (await focused(page) !== words) continue
    const isSeen = await page.evaluate(() => {
      const { top, bottom } = (document.activeElement ?? document.body).getBoundingClientRect()
      return bottom > 0 && top < window.innerHeight
    })
    if (!isSeen) throw new Error(`The focus on «${words}» is outside the screen`)
    return
  }
  throw new Error(`Tab never came to «${words}»`)
}

export async function pressOn(page: Page, words: string): Promise<void> {
  await tabTo(page, words)
  await page.keyboard.press('Enter')
}
