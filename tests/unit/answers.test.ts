// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { freshPhone } from './support/phone.ts'
import { createSchool, headerOf, json, problem, type School } from './support/school.ts'
import { idsIn, later, logged, statusOf } from './support/sending.ts'
import { outboxSummary, sendNow, tryAgainAfterStart } from '#app/db/outbox.ts'
import { myReport, retryRefused } from '#app/db/reports.ts'
import { removeTraining, saveTraining, trainingById } from '#app/db/training.ts'
import { syncNow } from '#app/sync/sync.ts'
import { statusTable, type Meaning } from '#app/sync/statusTable.ts'

let school: School
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  school = await createSchool()
  await freshPhone(school)
})
afterEach(() => { vi.useRealTimers(); vi.restoreAllMocks() })

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

/** The letter arrives, the answer does not; and what is asked next is turned down as a whole. */
async function loseTheAnswer(): Promise<void> {
  school.instead = async (request) => {
    if (request.path !== '/api/v1/letters') return undefined
    await school.ordinary(request)
    throw new TypeError('lost')
  }
  await syncNow()
  school.instead = ({ path }) => path === '/api/v1/letters' ? problem(403, 'wrong-origin') : undefined
  await sendNow()
  await syncNow()
  school.instead = undefined
}

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

  it('to a whole request says nothing of an earlier try: the button sends the same bytes again', async () => {
    const [id = ''] = await logged()
    await sendNow()
    await loseTheAnswer()
    await retryRefused(id)
    await syncNow()
    expect(await statusOf(id)).toBe('sent')
    expect([...school.kept.keys()]).toEqual([id])
  })

  it('to a whole request leaves it open whether the school has an entry: it is taken away there too', async () => {
    const id = await saveTraining({ v: 1, what: 'log', form: 'practice', code: 'story-line', on: '2026-11-20', people: 12 })
    await loseTheAnswer()
    await removeTraining(id)
    await sendNow()
    await syncNow()
    expect(await trainingById(id)).toBeUndefined()
    expect([...school.kept.keys()]).toHaveLength(2)
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
