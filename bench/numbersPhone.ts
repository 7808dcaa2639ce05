/** The first chart on a modest phone that has been here before: real Chromium with the processor at a quarter, and no line. */
import { signIn } from '../tests/support/e2e/person.ts'
import { createWorld } from '../tests/support/e2e/world.ts'
import type { Phone } from '../tests/support/e2e/phone.ts'
import { throttle } from './throttle.ts'

declare global {
  interface Window { inkFrom: number; inkAfter: Promise<number> | undefined }
}

/** Runs in the page: milliseconds from `inkFrom` until the frame is shown in which something was first written on a canvas. */
function waitForInk(): void {
  window.inkFrom = 0
  window.inkAfter = new Promise((resolve) => {
    const pen = CanvasRenderingContext2D.prototype
    const real = pen.fillText
    pen.fillText = function fillText(...args) {
      pen.fillText = real
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - window.inkFrom)))
      real.apply(this, args)
    }
  })
}

const started = (phone: Phone, path: string) => phone.open(path).then(() => phone.page.evaluate(() => window.inkAfter ?? -1))
/** From the touch on the link in the inbox, in an app that is open already. */
async function chosen(phone: Phone): Promise<number> {
  await phone.open('/inbox')
  await phone.page.waitForTimeout(1_500)
  const link = phone.page.locator('main a[href="/numbers/school"]').first()
  await link.waitFor()
  return phone.page.evaluate(async () => {
    window.inkFrom = performance.now()
    document.querySelector<HTMLAnchorElement>('main a[href="/numbers/school"]')?.click()
    return await window.inkAfter ?? -1
  })
}

export type ChartSamples = Record<'chosen in the open app' | 'the app started on the school’s page', number[]>

/** Leaves nothing behind. `dist` must have been built. */
export async function firstCharts(runs: number): Promise<{ samples: ChartSamples; browser: string }> {
  const samples: ChartSamples = { 'chosen in the open app': [], 'the app started on the school’s page': [] }
  const world = await createWorld({ DEMO_HISTORY: 'yes' })
  try {
    const phone = await world.phone('leader')
    await phone.open('/')
    await phone.installed()
    await signIn(phone, 'rita', '/numbers/school')
    await phone.open('/numbers/school')
    await phone.page.locator('canvas').first().waitFor()
    await phone.page.waitForTimeout(2_000)
    await phone.context.addInitScript(waitForInk)
    await throttle(phone.page, 'as it is')
    await world.line.cut()
    for (let run = 0; run < runs; run += 1) {
      samples['chosen in the open app'].push(await chosen(phone))
      samples['the app started on the school’s page'].push(await started(phone, '/numbers/school'))
    }
    return { samples, browser: await phone.browserVersion() }
  } finally {
    await world.end()
  }
}
