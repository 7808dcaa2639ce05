// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aDraft, freshPhone } from './support/phone.ts'
import { createSchool, problem, type School } from './support/school.ts'
import { switchAccount } from '#app/db/device.ts'
import { sendNow } from '#app/db/outbox.ts'
import { saveReport } from '#app/db/reports.ts'
import type { SyncResult } from '#app/domain/model.ts'
import { startSync } from '../../src/startSync.ts'

let school: School
let results: SyncResult[]
let stop: (() => void) | undefined
const see = (state: 'visible' | 'hidden') => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}
async function started(): Promise<void> {
  stop = startSync((result) => { results.push(result) })
  await vi.waitFor(() => expect(results.length).toBeGreaterThan(0))
}

beforeEach(async () => {
  school = await createSchool()
  await freshPhone(school)
  results = []
})
afterEach(() => { stop?.(); vi.restoreAllMocks() })

describe('the starter', () => {
  it('sends what an earlier session left, without a tap', async () => {
    await saveReport(aDraft())
    await sendNow()
    await started()
    await vi.waitFor(() => expect(school.kept.size).toBe(1))
  })

  it('sends what becomes due, because it follows the outbox', async () => {
    await started()
    await saveReport(aDraft())
    expect(school.kept.size).toBe(0)
    await sendNow()
    await vi.waitFor(() => expect(school.kept.size).toBe(1))
  })

  it('asks at once for what belongs to the person who has just signed in', async () => {
    await switchAccount(null)
    await started()
    await switchAccount('00000000-0000-4000-8000-000000000001')
    await vi.waitFor(() => expect(results.length).toBeGreaterThan(1))
  })

  it('makes one run of five reasons in one tick', async () => {
    await started()
    const before = results.length
    for (let reason = 0; reason < 5; reason += 1) window.dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(results.length).toBe(before + 1))
    await saveReport(aDraft())
    await sendNow()
    await vi.waitFor(() => expect(school.kept.size).toBe(1))
    expect(school.posts()).toHaveLength(1)
  })

  it('sends a new report at once when the app is left', async () => {
    await started()
    await saveReport(aDraft())
    see('hidden')
    await vi.waitFor(() => expect(school.kept.size).toBe(1))
  })

  it('resumes by itself after a sign-in', async () => {
    await saveReport(aDraft())
    await sendNow()
    school.instead = () => problem(401, 'sign-in-needed')
    await started()
    await vi.waitFor(() => expect(results).toContain('sign-in'))
    stop?.()
    school.instead = undefined
    await started()
    await vi.waitFor(() => expect(school.kept.size).toBe(1))
  })

  it('seals and sends what was saved before there was a key', async () => {
    const { wipePhone } = await import('#app/db/storage.ts')
    const { switchAccount } = await import('#app/db/device.ts')
    await wipePhone()
    await switchAccount('0190a000-0000-7000-8000-00000000000a')
    await saveReport(aDraft())
    see('visible')
    await started()
    await sendNow()
    await vi.waitFor(async () => { await sendNow(); expect(school.kept.size).toBe(1) }, { timeout: 10_000 })
  })

  it('is silent when it was stopped', async () => {
    await started()
    stop?.()
    const before = results.length
    window.dispatchEvent(new Event('online'))
    see('visible')
    await saveReport(aDraft())
    await sendNow()
    await new Promise((resolve) => { setTimeout(resolve, 50) })
    expect(results.length).toBe(before)
    expect(school.kept.size).toBe(0)
  })
})
