/** The line that says "ask": over a real socket, against the whole server and what its database says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Facts } from '#contract/facts.ts'
import type { Session } from '#contract/session.ts'
import type { Hint } from '../../server/database/listen.ts'
import { isFor, type Looker } from '../../server/live.ts'
import { seal, wire } from '../support/seal.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import type { Visitor } from '../support/visitor.ts'

let server: TestServer
beforeAll(async () => { server = await startTestServer() })
afterAll(() => server?.end())

async function signedIn(who: string): Promise<{ visitor: Visitor; account: string }> {
  const visitor = server.visitor()
  await visitor.signIn(who)
  const { account } = await (await visitor.ask('/api/v1/session')).json() as Session
  return { visitor, account: account?.id ?? '' }
}

/** Opens the line and reads on until these words have come. */
async function openLine(visitor: Visitor, account: string) {
  const ending = new AbortController()
  const answer = await visitor.ask(`/api/v1/stream?account=${account}`, { signal: ending.signal })
  const reader = answer.body?.getReader()
  let text = ''
  const until = async (words: string): Promise<string> => {
    while (!text.includes(words)) {
      const { done, value } = await reader?.read() ?? { done: true, value: undefined }
      if (done) return text
      text += new TextDecoder().decode(value)
    }
    return text
  }
  return { answer, until, end: () => ending.abort() }
}

const report = async ({ visitor, account }: { visitor: Visitor; account: string }, facts?: Facts) =>
  visitor.post('/api/v1/letters', { letters: [wire(await seal(server.services.keyring, { account, at: new Date().toISOString(), ...(facts && { facts }) }))] })

describe('the line', () => {
  it('says that there is something to the school’s leader, and not what', async () => {
    const [kari, rita] = [await signedIn('kari'), await signedIn('rita')]
    const line = await openLine(rita.visitor, rita.account)
    expect(line.answer.headers.get('content-type')).toContain('text/event-stream')
    expect(line.answer.headers.get('cache-control')).toBe('no-store')
    expect(line.answer.headers.get('x-content-type-options')).toBe('nosniff')
    await line.until('retry')
    expect((await report(kari)).status).toBe(200)
    const said = await line.until('data:')
    expect(said.replaceAll(/retry: \d+|data:|\s/g, '').replaceAll(':', '')).toBe('')
    line.end()
  })

  it('says nothing to a leader of what is about them', async () => {
    const [kari, rita, vera] = [await signedIn('kari'), await signedIn('rita'), await signedIn('vera')]
    const [leaders, others] = [await openLine(rita.visitor, rita.account), await openLine(vera.visitor, vera.account)]
    await Promise.all([leaders.until('retry'), others.until('retry')])
    expect((await report(kari, { tiles: ['hit'], severity: 2, aboutLeader: true })).status).toBe(200)
    // That the report has come, and a notice of it: whatever was for the leader's line was said before the second.
    await others.until('data:\n\ndata:')
    server.services.live.endAll()
    expect(await leaders.until('never said')).not.toContain('data:')
  })

  it('is for the one who is signed in, and ends with the session', async () => {
    const [kari, rita] = [await signedIn('kari'), await signedIn('rita')]
    expect((await kari.visitor.ask(`/api/v1/stream?account=${rita.account}`)).status).toBe(409)
    expect((await server.visitor().ask(`/api/v1/stream?account=${rita.account}`)).status).toBe(401)
    const line = await openLine(rita.visitor, rita.account)
    await line.until('retry')
    await rita.visitor.post('/api/v1/session/end', {})
    // Reads to the end: the server has closed it.
    expect(await line.until('never said')).not.toContain('never said')
  })

  it('is six lines a person at most: the oldest is closed', async () => {
    const rita = await signedIn('rita')
    const lines = []
    for (let nth = 0; nth < 7; nth += 1) {
      const line = await openLine(rita.visitor, rita.account)
      await line.until('retry')
      lines.push(line)
    }
    await lines[0]?.until('never said')
    expect(server.services.live.count).toBe(6)
    for (const line of lines) line.end()
  })
})

describe('a hint', () => {
  const looker = (grants: Looker['grants'], account = 'me'): Looker => ({ account, tenant: 'town', session: undefined, grants, send: () => undefined, end: () => undefined })
  const unit = { id: 'school', name: 'Skolen' }
  it.each<[words: string, who: Looker, hint: Hint, is: boolean]>([
    ['my own report', looker([]), { tenant: 'town', unit: 'school', account: 'me' }, true],
    ['another municipality', looker([{ role: 'leder', unit }]), { tenant: 'other', unit: 'school', account: 'me' }, false],
    ['my school as a leader', looker([{ role: 'leder', unit }]), { tenant: 'town', unit: 'school', account: 'x' }, true],
    ['my school as a teacher', looker([{ role: 'ansatt', unit }]), { tenant: 'town', unit: 'school', account: 'x' }, false],
    ['another school', looker([{ role: 'verneombud', unit }]), { tenant: 'town', unit: 'elsewhere', account: 'x' }, false],
    ['hms and a case that is not handed on', looker([{ role: 'hms', unit: null }]), { tenant: 'town', unit: 'school', account: 'x' }, false],
    ['hms and one that is', looker([{ role: 'hms', unit: null }]), { tenant: 'town', unit: 'school', account: 'x', escalated: true }, true],
    ['what is about me as the school’s leader', looker([{ role: 'leder', unit }, { role: 'verneombud', unit }, { role: 'hms', unit: null }]), { tenant: 'town', unit: 'school', account: 'x', recused: true, escalated: true }, false],
    ['what is about the leader, to their safety representative', looker([{ role: 'verneombud', unit }]), { tenant: 'town', unit: 'school', account: 'x', recused: true }, true],
    ['what I have given up as partial', looker([{ role: 'leder', unit }, { role: 'hms', unit: null }]), { tenant: 'town', unit: 'school', account: 'x', partial: ['me'], escalated: true }, false],
    ['what is confidential, to a safety representative', looker([{ role: 'verneombud', unit }]), { tenant: 'town', unit: 'school', account: 'x', confidential: true }, false],
    ['what has just gone from the leaders', looker([{ role: 'leder', unit }]), { tenant: 'town', unit: 'school', gone: 'leder' }, true],
    ['what has gone from the leaders, to others there', looker([{ role: 'verneombud', unit }]), { tenant: 'town', unit: 'school', gone: 'leder' }, false],
    ['training for hms', looker([{ role: 'hms', unit: null }]), { tenant: 'town', unit: 'school', training: true }, true],
    ['a notice to somebody else', looker([{ role: 'leder', unit }]), { tenant: 'town', account: 'x' }, false],
  ])('about %s', (_words, who, hint, is) => expect(isFor(who, hint)).toBe(is))
})
