// @vitest-environment node
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aDraft, freshPhone, kari, ola } from './support/phone.ts'
import { createSchool, headerOf, json, problem, type School } from './support/school.ts'
import { idsIn, later, logged, statusOf } from './support/sending.ts'
import { knownAccounts, switchAccount } from '#app/db/device.ts'
import { outboxSummary, sendNow } from '#app/db/outbox.ts'
import { exportProof, myReport, myReports, saveSupplement, undoReport } from '#app/db/reports.ts'
import { deliveryStatus } from '#app/domain/status.ts'
import { syncNow } from '#app/sync/sync.ts'

let school: School
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  school = await createSchool()
  await freshPhone(school)
})
afterEach(() => { vi.useRealTimers(); vi.restoreAllMocks() })

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
