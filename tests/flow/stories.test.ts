// @vitest-environment node
/** The two stories, phone to server and back, over a bad line. */
import 'fake-indexeddb/auto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import { openLine, type Line } from './support/line.ts'
import type { Facts } from '#contract/facts.ts'
import { caseById, caseList, noteOpened } from '#app/db/cases.ts'
import { switchAccount } from '#app/db/device.ts'
import { claimForCurrentAccount } from '#app/db/nobody.ts'
import { outboxSummary, sendNow, tryAgainAfterStart } from '#app/db/outbox.ts'
import { myReport, myReports, saveReport, saveSupplement, undoReport } from '#app/db/reports.ts'
import { sealWaiting } from '#app/db/sealing.ts'
import { wipePhone } from '#app/db/storage.ts'
import { newId } from '#app/domain/ids.ts'
import type { Draft } from '#app/domain/model.ts'
import { deliveryStatus } from '#app/domain/status.ts'
import { fetchCase, syncNow } from '#app/sync/sync.ts'

let server: TestServer
let line: Line
beforeAll(async () => {
  server = await startTestServer()
  line = openLine(server)
})
afterAll(() => server.end())
beforeEach(async () => {
  line.manner = 'good'
  await wipePhone()
})

const aDraft = (facts: Facts, more: Partial<Draft> = {}): Draft => {
  const id = newId()
  return { id, report: id, kind: 'report', kept: false, at: new Date().toISOString(), facts, ...more }
}
async function log(facts: Facts = { tiles: ['hit'], severity: 2, description: 'Det skjedde i garderoben 🫐' }): Promise<string> {
  const draft = aDraft(facts)
  await saveReport(draft)
  return draft.id
}
/** As the starter does: ask for keys, seal what waited for them, send what is due. */
async function deliver() {
  await syncNow()
  await sealWaiting()
  await sendNow()
  return syncNow()
}
const statusOf = async (id: string) => { const view = await myReport(id); return view && deliveryStatus(view, new Date()).code }

describe('a report', () => {
  it('is written without a line, arrives with one, is opened by the leader, and the reporter sees it', async () => {
    await line.signIn('kari')
    line.manner = 'cut'
    const id = await log()
    expect(await deliver()).toBe('unreachable')
    expect(await statusOf(id)).toBe('queued')
    line.manner = 'good'
    expect(await deliver()).toBe('done')
    expect(await statusOf(id)).toBe('sent')

    await line.signIn('rita')
    expect(await syncNow()).toBe('done')
    expect((await caseList()).map(({ report }) => report)).toContain(id)
    expect(await fetchCase(id)).toBe('ok')
    expect((await caseById(id))?.detail?.letters[0]?.facts.description).toBe('Det skjedde i garderoben 🫐')
    await noteOpened(id)
    expect(await deliver()).toBe('done')

    await line.signIn('kari')
    await syncNow()
    expect(await statusOf(id)).toBe('opened')
  })

  it('whose answer is lost, twice, is there once, and sent here', async () => {
    const account = await line.signIn('kari')
    await deliver()
    const id = await log({ tiles: ['throw'] })
    line.manner = 'lost'
    await deliver()
    await deliver()
    expect(await statusOf(id)).toBe('retry')
    line.manner = 'good'
    await deliver()
    expect(await statusOf(id)).toBe('sent')
    const rows = await server.services.database.asActor({ account }, (sql) => sql.query<{ count: string }>('select count(*) from letter where id = $1', [id]))
    expect(Number(rows[0]?.count)).toBe(1)
  })

  it('grows by supplements, and can be withdrawn for the school to see', async () => {
    await line.signIn('kari')
    const id = await log()
    await saveSupplement(aDraft({ place: 'wardrobe', injury: 'pain' }, { kind: 'supplement', report: id }))
    await deliver()
    expect(await statusOf(id)).toBe('sent')
    expect(await undoReport(id)).toBe('withdrawn')
    await deliver()
    expect(await statusOf(id)).toBe('withdrawn')
    await line.signIn('rita')
    await syncNow()
    expect((await caseList()).find(({ report }) => report === id)).toMatchObject({ letters: 3, withdrawnAt: expect.any(String), facts: { place: 'wardrobe' } })
  })

  it('of a phone with only its device cookie is delivered; the pull asks for a sign-in', async () => {
    await line.signIn('ola')
    await deliver()
    line.forgetSession()
    const id = await log({ tiles: ['damage'] })
    expect(await deliver()).toBe('sign-in')
    expect(await statusOf(id)).toBe('sent')
  })

  it('travels readable for nobody', async () => {
    await line.signIn('kari')
    line.sent.length = 0
    await log({ tiles: ['bite'], description: 'kvartsglimmer7731' })
    await deliver()
    const posted = line.sent.filter(({ path }) => path.endsWith('/letters'))
    expect(posted.length).toBeGreaterThan(0)
    expect(posted.some(({ body }) => /kvartsglimmer|bite/.test(body))).toBe(false)
  })

  it('with hostile words arrives as it can be kept', async () => {
    await line.signIn('kari')
    const id = await log({ tiles: ['other'], description: 'halv \uD83D og \0 og __proto__ \u202E', cause: 'x'.repeat(4000) })
    await deliver()
    expect(await statusOf(id)).toBe('sent')
  })
})

describe('several hundred letters', () => {
  it('arrive in two requests, each once', async () => {
    await line.signIn('lars')
    await deliver()
    await line.signIn('nina')
    await deliver()
    const ids: string[] = []
    for (let count = 0; count < 220; count += 1) ids.push(await log({ tiles: ['threat'] }))
    line.sent.length = 0
    await deliver()
    expect(line.sent.filter(({ path }) => path.endsWith('/letters'))).toHaveLength(2)
    const views = await myReports(500)
    expect(ids.filter((id) => !views.some((view) => view.id === id && deliveryStatus(view, new Date()).code === 'sent'))).toEqual([])
    expect(await outboxSummary()).toMatchObject({ waiting: 0, needsYou: 0 })
  })
})

describe('a new phone', () => {
  it('shows own reports as far as the school knows them', async () => {
    await line.signIn('kari')
    const id = await log()
    await deliver()
    await wipePhone()
    await line.signIn('kari')
    await syncNow()
    expect((await myReport(id))?.letters).toEqual([])
    expect(await statusOf(id)).toBe('sent')
  })
})

describe('people on one phone', () => {
  it('do not see each other\'s, and what waits is delivered when its owner is back', async () => {
    await line.signIn('kari')
    await deliver()
    line.manner = 'cut'
    const id = await log({ tiles: ['damage'] })
    await deliver()
    line.manner = 'good'
    await line.signIn('ola')
    expect(await myReports(100)).not.toContainEqual(expect.objectContaining({ id }))
    await line.signIn('kari')
    await tryAgainAfterStart()
    await deliver()
    expect(await statusOf(id)).toBe('sent')
  })

  it('of another school get nothing, not even a no that tells', async () => {
    await line.signIn('kari')
    const id = await log()
    await deliver()
    await line.signIn('lars')
    await syncNow()
    expect((await caseList()).map(({ report }) => report)).not.toContain(id)
    expect(await fetchCase(id)).toBe('not-found')
  })

  it('claim what was logged before anybody had signed in', async () => {
    line.signOut()
    await switchAccount(null)
    const id = await log({ tiles: ['threat'] })
    expect(await syncNow()).toBe('sign-in')
    await line.signIn('kari')
    expect(await claimForCurrentAccount()).toBe(1)
    await deliver()
    expect(await statusOf(id)).toBe('sent')
  })
})
