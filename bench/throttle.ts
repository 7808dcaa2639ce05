/** A modest phone on a modest line: the processor at a quarter, and slow 4G as Lighthouse defines it. */
import type { CDPSession, Page } from 'playwright-core'

export async function throttle(page: Page, line: 'slow 4G' | 'as it is'): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  if (line === 'slow 4G') {
    await session.send('Network.enable')
    const bytesPerSecond = (1.6 * 1000 * 1000) / 8
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond / 2 })
  }
  return session
}
