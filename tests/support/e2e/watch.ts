/** What a phone must never do while a test runs: break the content security policy, log an error, or ask another origin. */
import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core'

const mark = 'CSP:'
/** The browser itself writes these when the line is down. They are a fact of the test, not a fault of the app. */
const isNetworkNews = (text: string): boolean => /^Failed to load resource|net::ERR_|An SSL certificate error/.test(text)

const judge = (message: ConsoleMessage): string[] => {
  const text = message.text()
  if (text.startsWith(mark)) return [text]
  return message.type() === 'error' && !isNetworkNews(text) ? [`console: ${text} (${message.location().url})`] : []
}

/** Watches every page, worker and request of a browser from now on; complaints land in the list. */
export async function watch(context: BrowserContext, origin: string, complaints: string[]): Promise<void> {
  await context.addInitScript((prefix) => {
    addEventListener('securitypolicyviolation', (event) => {
      console.log(`${prefix} ${event.effectiveDirective} blocked ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`)
    })
  }, mark)
  const follow = (page: Page): void => {
    page.on('pageerror', (error) => complaints.push(`page: ${error.stack ?? error.message}`))
  }
  context.pages().forEach(follow)
  context.on('page', follow)
  context.on('console', (message) => complaints.push(...judge(message)))
  context.on('request', (request) => {
    const url = request.url()
    if (/^https?:/.test(url) && !url.startsWith(`${origin}/`)) complaints.push(`other origin: ${url}`)
  })
}
