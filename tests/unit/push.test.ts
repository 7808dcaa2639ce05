// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aDraft, freshPhone, kari, ola } from './support/phone.ts'
import { createSchool, headerOf, json, problem, type School } from './support/school.ts'
import { knownAccounts, switchAccount } from '#app/db/device.ts'
import { outboxSummary, sendNow, tryAgainAfterStart } from '#app/db/outbox.ts'
import { exportProof, myReport, myReports, retryRefused, saveReport, saveSupplement, undoReport } from '#app/db/reports.ts'
import { deliveryStatus } from '#app/domain/status.ts'
import { syncNow } from '#app/sync/sync.ts'
import { statusTable, type Meaning } from '#app/sync/statusTable.ts'

let school: School
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  school = await createSchool()
  await freshPhone(school)
})
afterEach(() => { vi.useRealTimers(); vi.restoreAllMocks() })

const later = (ms: number) => vi.setSystemTime(Date.now() + ms)
async function logged(count = 1): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    later(10)
    const draft = aDraft()
    await saveReport(draft)
    ids.push(draft.id)
  }
  return ids
}
const statusOf = async (id: string) => { const view = await myReport(id); return view && deliveryStatus(view, new Date()).code }
const idsIn = (post: { body: { letters?: Parameters<typeof headerOf>[0][] } } | undefined) => (post?.body.letters ?? []).map((letter) => headerOf(letter).id)

describe('a saved report', () => {
  it('waits for Angre, then arrives, and is sent only when the receipt was checked', async () => {
    const [id = ''] = await logged()
    expect(await syncNow()).toBe('done')
    expect(school.posts()).toEqual([])
    expect(await statusOf(id)).toBe('queued')
    later(21_000)
    expect(await syncNow()).toBe('done')
    expect(await statusOf(id)).toBe('sent')
    expect(await outboxSummary()).toMatchObject({ waiting: 0, needsYou: 0, lastReceivedAt: expect.any(String) })
  })

  it('goes along when its supplement is sent at once', async () => {
    const [id = ''] = await logged()
    await saveSupplement(aDraft({ place: 'gym' }, { kind: 'supplement', report: id }))
    await syncNow()
    expect(idsIn(school.posts()[0])[0]).toBe(id)
    expect(await statusOf(id)).toBe('sent')
  })

  it('holds its supplement back while it waits after a failure itself', async () => {
    const [id = ''] = await logged()
    await sendNow()
    school.instead = ({ path }) => path.endsWith('/letters') ? problem(503, 'not-ready') : undefined
    await syncNow()
    await saveSupplement(aDraft({ place: 'gym' }, { kind: 'supplement', report: id }))
    school.instead = undefined
    await syncNow()
    expect(school.kept.size).toBe(0)
    later(16 * 60_000)
    await syncNow()
    expect(school.kept.size).toBe(2)
  })

  it('whose receipt nobody of ours signed is not sent', async () => {
    const [id = ''] = await logged()
    await sendNow()
    const stranger = await createSchool()
    vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
      const body = typeof init.body === 'string' ? JSON.parse(init.body) as { letters?: [] } : {}
      const request = { method: 'POST', path, body, headers: new Headers() }
      return path.endsWith('/letters') ? stranger.ordinary(request) : school.ordinary(request)
    })
    await syncNow()
    expect(await statusOf(id)).toBe('retry')
  })

  it('whose receipt speaks of other bytes is not sent', async () => {
    const [first = '', second = ''] = await logged(2)
    await sendNow()
    school.instead = async ({ path, body }) => {
      if (!path.endsWith('/letters')) return undefined
      const [one, other] = await school.deliver(body.letters ?? [])
      return json({ answers: [one && 'receipt' in one && other && 'receipt' in other ? { ...one, receipt: { ...other.receipt, id: one.id } } : one, other] })
    }
    await syncNow()
    expect(await statusOf(first)).toBe('retry')
    expect(await statusOf(second)).toBe('sent')
  })

  it('can be proved with what the phone exports', async () => {
    const [id = ''] = await logged()
    await sendNow()
    await syncNow()
    const proof = await exportProof(id)
    expect(proof.receipts[0]?.hash).toBe(proof.hashes[0]?.hash)
    expect(proof.keys).toEqual(school.keys.signing)
  })

  it('that was tried is withdrawn by a letter instead of vanishing', async () => {
    const [id = ''] = await logged()
    await sendNow()
    school.instead = () => { throw new TypeError('no line') }
    expect(await syncNow()).toBe('unreachable')
    expect(await undoReport(id)).toBe('withdrawn')
    school.instead = undefined
    later(16 * 60_000)
    await syncNow()
    expect([...school.kept.keys()]).toContain(id)
    expect(school.kept.size).toBe(2)
    expect(await statusOf(id)).toBe('withdrawn')
  })

  it('that met a 401 was never kept there, and still leaves no trace', async () => {
    const [id = ''] = await logged()
    await sendNow()
    school.instead = () => problem(401, 'sign-in-needed')
    expect(await syncNow()).toBe('sign-in')
    expect(await undoReport(id)).toBe('deleted')
  })
})

describe('a lost answer', () => {
  it('is healed by sending again: one row there, the same receipt here', async () => {
    const [id = ''] = await logged()
    await sendNow()
    school.instead = async (request) => {
      if (!request.path.endsWith('/letters')) return undefined
      await school.ordinary(request)
      throw new TypeError('cut')
    }
    expect(await syncNow()).toBe('unreachable')
    expect(school.kept.size).toBe(1)
    expect(await statusOf(id)).toBe('retry')
    school.instead = undefined
    later(16 * 60_000)
    await syncNow()
    expect(school.kept.size).toBe(1)
    expect(await statusOf(id)).toBe('sent')
  })

  it('needs no repair after a kill: the attempt was written before the request', async () => {
    const [id = ''] = await logged()
    await sendNow()
    let during: Awaited<ReturnType<typeof myReport>>
    school.instead = async ({ path }) => { if (path.endsWith('/letters')) during = await myReport(id); return undefined }
    await syncNow()
    expect(during?.letters[0]).toMatchObject({ attempts: 1, lastTriedAt: expect.any(String), nextAttemptAt: expect.any(String) })
    expect(during && deliveryStatus(during, new Date()).code).toBe('sending')
  })
})

describe('two senders', () => {
  it('are one: the second is busy', async () => {
    await logged()
    await sendNow()
    expect((await Promise.all([syncNow(), syncNow()])).sort()).toEqual(['busy', 'done'])
    expect(school.posts()).toHaveLength(1)
  })

  it('without a lock still leave one row, and the letter is sent', async () => {
    const [id = ''] = await logged()
    await sendNow()
    vi.stubGlobal('navigator', {})
    await Promise.all([syncNow(), syncNow()])
    expect(school.kept.size).toBe(1)
    expect(await statusOf(id)).toBe('sent')
  })
})

describe('the answer to a whole request', () => {
  const all = [400, 401, 403, 404, 409, 410, 413, 415, 418, 422, 425, 408, 426, 429, 500, 502, 503, 504, 507]
  const expected: Record<Meaning, string> = { 'act': 'action', 'split': 'action', 'again': 'retry', 'sign-in': 'queued' }
  it.each(all)('%i keeps every letter, and the table says what becomes of them', async (status) => {
    const ids = await logged(3)
    await sendNow()
    school.instead = ({ path }) => path.endsWith('/letters') ? problem(status, 'whatever') : undefined
    const result = await syncNow()
    expect(result).toBe(statusTable[status]?.result ?? 'slow-down')
    const meaning = statusTable[status]?.meaning ?? 'again'
    expect(await Promise.all(ids.map(statusOf))).toEqual(ids.map(() => expected[meaning]))
    // Nothing is lost: the day the server answers, all arrive.
    school.instead = undefined
    later(16 * 60_000)
    await tryAgainAfterStart()
    await sendNow()
    await syncNow()
    expect(await Promise.all(ids.map(statusOf))).toEqual(ids.map(() => 'sent'))
    expect(school.kept.size).toBe(3)
  })

  it.each([
    ['a page of HTML', () => new Response('<html>Log in to the wi-fi</html>', { headers: { 'content-type': 'text/html' } })],
    ['JSON of something else', () => json({ hello: 'world' })],
    ['HTML that calls itself JSON', () => new Response('<html>', { headers: { 'content-type': 'application/json' } })],
    ['fewer answers than letters', () => json({ answers: [] })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://wifi.example/' } })],
  ])('that is %s is a stranger\'s: not a success', async (_name, stranger) => {
    const [id = ''] = await logged()
    await sendNow()
    school.instead = ({ path }) => path.endsWith('/letters') ? stranger() : undefined
    expect(await syncNow()).toBe('captive')
    expect(await statusOf(id)).toBe('retry')
  })

  it('too large makes smaller batches, and only a letter that is too large alone needs a person', async () => {
    const ids = await logged(9)
    await sendNow()
    const bad = ids[4]
    school.instead = (request) => request.path.endsWith('/letters') && (idsIn(request).includes(bad ?? '') || idsIn(request).length > 4) ? problem(413, 'too-large') : undefined
    await syncNow()
    expect(school.kept.size).toBe(8)
    expect(await statusOf(bad ?? '')).toBe('action')
    expect((await myReport(bad ?? ''))?.letters[0]?.refusedBecause).toBe('too-large')
  })

  it('500 over one letter does not hold the others up for ever', async () => {
    const ids = await logged(20)
    const bad = ids[7] ?? ''
    school.instead = (request) => request.path.endsWith('/letters') && idsIn(request).includes(bad) ? problem(500, 'server-error') : undefined
    for (let round = 0; round < 8; round += 1) {
      later(16 * 60_000)
      await syncNow()
    }
    expect(school.kept.size).toBe(19)
    expect(await statusOf(bad)).toBe('retry')
  })

  it('with Retry-After is honoured', async () => {
    const [id = ''] = await logged()
    await sendNow()
    school.instead = ({ path }) => path.endsWith('/letters') ? problem(429, 'too-many-requests', { 'retry-after': '120' }) : undefined
    expect(await syncNow()).toBe('slow-down')
    const next = new Date((await myReport(id))?.letters[0]?.nextAttemptAt ?? 0).getTime()
    expect(next).toBeGreaterThanOrEqual(Date.now() + 119_000)
    expect(next).toBeLessThanOrEqual(Date.now() + 126_000)
  })

  it('that never comes stops the round: one request, and the rest waits too', async () => {
    await logged(450)
    await sendNow()
    school.instead = ({ path }) => { if (path.endsWith('/letters')) throw new TypeError('no line'); return undefined }
    expect(await syncNow()).toBe('unreachable')
    expect(await syncNow()).toBe('done')
    expect(school.posts()).toHaveLength(1)
  })
})

describe('the answer to one letter', () => {
  it('that is bad leaves the others delivered in the same round', async () => {
    const ids = await logged(5)
    await sendNow()
    school.judge = ({ id }) => id === ids[1] ? { status: 'refused', id, code: 'invalid-content' } : undefined
    await syncNow()
    expect(await Promise.all(ids.map(statusOf))).toEqual(['sent', 'action', 'sent', 'sent', 'sent'])
    expect(await outboxSummary()).toMatchObject({ waiting: 0, needsYou: 1 })
    school.judge = undefined
    await retryRefused(ids[1] ?? '')
    await syncNow()
    expect(await statusOf(ids[1] ?? '')).toBe('sent')
  })

  it('conflict overwrites nothing, and its button sends the words under a new id', async () => {
    const [id = ''] = await logged()
    await sendNow()
    school.judge = (header) => header.id === id ? { status: 'conflict', id, code: 'already-used-id' } : undefined
    await syncNow()
    expect(await statusOf(id)).toBe('conflict')
    await retryRefused(id)
    await syncNow()
    expect(await statusOf(id)).toBe('sent')
    expect(headerOf(school.posts().at(-1)?.body.letters?.[0] ?? { header: '', to: [], body: '' })).toMatchObject({ kind: 'supplement', report: id })
    expect((await myReport(id))?.facts.tiles).toEqual(['hit'])
  })

  it('gone keeps the copy here and says so', async () => {
    const [id = ''] = await logged()
    await sendNow()
    school.judge = (header) => ({ status: 'gone', id: header.id, code: 'erased' })
    await syncNow()
    expect((await myReport(id))?.letters[0]?.refusedBecause).toBe('erased')
    expect((await myReport(id))?.facts.tiles).toEqual(['hit'])
  })

  it('later, for a sign-in, counts no attempt and is tried again when the app is opened', async () => {
    const [id = ''] = await logged()
    await sendNow()
    school.judge = (header) => ({ status: 'later', id: header.id, code: 'sign-in-needed' })
    expect(await syncNow()).toBe('sign-in')
    expect((await myReport(id))?.letters[0]?.attempts).toBe(0)
    school.judge = undefined
    await syncNow()
    expect(school.posts()).toHaveLength(1)
    await tryAgainAfterStart()
    await syncNow()
    expect(await statusOf(id)).toBe('sent')
  })
})

describe('the order', () => {
  it('is oldest first, in batches of two hundred', async () => {
    const ids = await logged(230)
    await sendNow()
    await syncNow()
    expect(school.posts().map((post) => post.body.letters?.length)).toEqual([200, 30])
    expect(school.posts().flatMap(idsIn)).toEqual(ids)
  })

  it('is not frozen by a clock that was set back a day', async () => {
    const [id = ''] = await logged()
    await sendNow()
    later(-24 * 60 * 60_000)
    await syncNow()
    expect(await statusOf(id)).toBe('sent')
  })
})

describe('another person on the phone', () => {
  it('sees nothing of the queue, which is delivered all the same in its owner\'s name', async () => {
    const [id = ''] = await logged()
    await sendNow()
    await switchAccount(ola)
    expect(await myReports(10)).toEqual([])
    expect(await outboxSummary()).toEqual({ waiting: 0, needsYou: 0 })
    await syncNow()
    expect(headerOf(school.posts()[0]?.body.letters?.[0] ?? { header: '', to: [], body: '' }).account).toBe(kari)
    await switchAccount(kari)
    expect(await statusOf(id)).toBe('sent')
    expect(await knownAccounts()).toEqual([kari, ola])
  })

  it('whose session is the wrong one for a letter does not lose it and is not nagged', async () => {
    const [id = ''] = await logged()
    await sendNow()
    await switchAccount(ola)
    school.judge = (header) => header.account === kari ? { status: 'later', id: header.id, code: 'sign-in-needed' } : undefined
    expect(await syncNow()).toBe('done')
    await switchAccount(kari)
    expect(await statusOf(id)).toBe('queued')
  })
})

describe('a server that was restored from yesterday\'s backup', () => {
  it('gets again what it lost, and the old receipt stays as proof', async () => {
    const [id = ''] = await logged()
    await sendNow()
    await syncNow()
    school.kept.clear()
    later(7 * 60 * 60_000)
    await syncNow()
    expect(school.kept.has(id)).toBe(true)
    expect(await statusOf(id)).toBe('sent')
  })

  it('cannot get what was pruned, and that happens only a week after the receipt and if the server has it', async () => {
    const { exportLetters } = await import('#app/db/reports.ts')
    const [id = ''] = await logged()
    await sendNow()
    await syncNow()
    later(6 * 24 * 60 * 60_000)
    await syncNow()
    expect((await exportLetters(id)).letters).toHaveLength(1)
    later(2 * 24 * 60 * 60_000)
    await syncNow()
    expect((await exportLetters(id)).letters).toEqual([])
    expect((await exportProof(id)).receipts).toHaveLength(1)
    expect(await statusOf(id)).toBe('sent')
  })
})
