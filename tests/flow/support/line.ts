/**
 * The phone's `fetch` goes to the real server through a browser's cookie jar, over a line that can be cut. Doubles: IndexedDB (fake-indexeddb) and the
 * Web Lock, which Node has not. All else is real.
 */
import { vi } from 'vitest'
import type { TestServer } from '../../support/testServer.ts'
import type { Visitor } from '../../support/visitor.ts'
import { getSession } from '#app/api/session.ts'
import { switchAccount } from '#app/db/device.ts'

export interface Line {
  /** Signs in as this person, in a browser of their own, and shows their rows. Gives the account's id. */
  signIn(who: string): Promise<string>
  signOut(): void
  forgetSession(): void
  /** Cut: no answer. Lost: the server does it, and the answer is lost. */
  manner: 'good' | 'cut' | 'lost'
  sent: { path: string; body: string }[]
}

export function openLine(server: TestServer): Line {
  const browsers = new Map<string, Visitor>()
  let browser = server.visitor()
  const line: Line = {
    manner: 'good',
    sent: [],
    async signIn(who) {
      const known = browsers.get(who)
      browser = known ?? server.visitor()
      if (!browser.cookies.has('__Host-sid')) await browser.signIn(who)
      browsers.set(who, browser)
      const session = await getSession()
      const account = session.kind === 'ok' ? session.value.account : null
      if (account === null) throw new Error(`${who} could not sign in`)
      await switchAccount(account.id)
      return account.id
    },
    signOut: () => { browser = server.visitor() },
    forgetSession: () => { browser.cookies.delete('__Host-sid') },
  }
  vi.stubGlobal('navigator', {})
  const real = globalThis.fetch
  vi.stubGlobal('fetch', async (address: RequestInfo | URL, init: RequestInit = {}) => {
    // The server runs in this process and has calls of its own; the phone's have no origin.
    if (typeof address !== 'string' || !address.startsWith('/')) return real(address, init)
    if (line.manner === 'cut') throw new TypeError('no line')
    line.sent.push({ path: address, body: typeof init.body === 'string' ? init.body : '' })
    const headers = new Headers(init.headers)
    headers.set('origin', server.origin)
    const answer = await browser.ask(address, { ...init, headers })
    if (line.manner === 'lost') throw new TypeError('the answer was lost')
    return answer
  })
  return line
}
