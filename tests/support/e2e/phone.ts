/** A phone: real Chromium, 360 × 800, with a profile folder that outlives its process. */
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { findChromium } from '../../../tools/chromium.ts'
import { killBrowser } from './browserProcess.ts'
import { waitUntil } from './waitUntil.ts'
import { watch } from './watch.ts'

export interface PhoneWishes {
  width?: number
  height?: number
  scheme?: 'light' | 'dark'
  /** The text size that the person chose in the system; 16 is what most have. */
  textSize?: number
  locale?: string
}

export class Phone {
  readonly profile: string
  readonly origin: string
  /** What it did that it must not do, over all its lives. */
  readonly complaints: string[] = []
  #wishes: PhoneWishes
  #context: BrowserContext | undefined

  constructor(profile: string, origin: string, wishes: PhoneWishes = {}) {
    this.profile = profile
    this.origin = origin
    this.#wishes = wishes
  }

  get context(): BrowserContext {
    if (this.#context === undefined) throw new Error('The phone is off')
    return this.#context
  }

  get page(): Page {
    const page = this.context.pages()[0]
    if (page === undefined) throw new Error('The phone shows no page')
    return page
  }

  /** Starts the browser process. Nothing is opened yet. */
  async on(wishes: PhoneWishes = {}): Promise<void> {
    this.#wishes = { ...this.#wishes, ...wishes }
    const { width = 360, height = 800, scheme = 'light', textSize = 16, locale = 'nb-NO' } = this.#wishes
    const program = findChromium()
    if (program === undefined) throw new Error('Chromium is missing. npm test installs it.')
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: program,
      headless: true,
      viewport: { width, height },
      hasTouch: true,
      colorScheme: scheme,
      locale,
      timezoneId: 'Europe/Oslo',
      args: [`--blink-settings=defaultFontSize=${textSize}`, '--disable-gpu'],
    })
    this.#context.setDefaultTimeout(20_000)
    // The commands run through tsx, which marks functions with `__name`; a function that is handed to the page needs it there.
    await this.#context.addInitScript('globalThis.__name ??= (marked) => marked')
    await watch(this.#context, this.origin, this.complaints)
  }

  /** Opens a screen and waits for its heading. */
  async open(path: string): Promise<void> {
    await waitUntil(`${path} is opened`, async () => {
      try {
        await this.page.goto(`${this.origin}${path}`, { waitUntil: 'commit' })
        return true
      } catch (cause) {
        // The browser's own page about a torn line reloads itself, now and then in our way.
        if (String(cause).includes('interrupted by another navigation')) return false
        throw cause
      }
    })
    await this.page.locator('h1').first().waitFor()
  }

  /** Waits until the app can start without the server: the worker is active and controls this page. */
  async installed(): Promise<void> {
    await this.page.evaluate(async () => { await navigator.serviceWorker.ready })
    await this.page.reload({ waitUntil: 'commit' })
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await this.page.locator('h1').first().waitFor()
  }

  browserVersion(): Promise<string> {
    return this.page.evaluate(() => /Chrome\/([\d.]+)/.exec(navigator.userAgent)?.[1] ?? 'unknown')
  }

  /** Swipes the app away: the process ends in order. */
  async off(): Promise<void> {
    await this.#context?.close()
    this.#context = undefined
  }

  /** The process is gone at once, with nothing said to the page. */
  async kill(): Promise<void> {
    const { context } = this
    this.#context = undefined
    const isGone = new Promise<void>((resolve) => { context.once('close', () => resolve()) })
    await killBrowser(this.profile)
    await isGone
  }
}
