// @vitest-environment node
/** "Slett alt" while something is on its way: what comes afterwards finds nobody, and makes no row. */
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { aDraft, freshPhone, kari, ola } from './support/phone.ts'
import { createSchool, json, type School } from './support/school.ts'
import { sendNow } from '#app/db/outbox.ts'
import { nameOf } from '#app/db/gateway.ts'
import { myReports, saveReport } from '#app/db/reports.ts'
import { wipePhone } from '#app/db/storage.ts'
import { fetchCase, syncNow } from '#app/sync/sync.ts'

let school: School
beforeEach(async () => { school = await createSchool(); await freshPhone(school) })

const report = '0190a000-0000-7000-8000-0000000000f1'
const summary = { kind: 'case', report, seq: 3, unit: ola, unitName: 'Solbakken skole (demo)', receivedAt: '2026-11-23T09:00:00.000Z', openedAt: null, openedBy: null, withdrawnAt: null, confirmed: true, grave: false, letters: 1, facts: { tiles: ['hit'] } } as const

/** The server's answer to this path lies on the wire until `go` is called; `isAsked` is when it has got the question. */
function holdBack(path: string, answer: (request: Parameters<School['ordinary']>[0]) => Promise<Response>) {
  let [go, asked] = [() => undefined as void, () => undefined as void]
  const wait = new Promise<void>((resolve) => { go = () => resolve() })
  const isAsked = new Promise<void>((resolve) => { asked = () => resolve() })
  school.instead = async (request) => {
    if (!request.path.startsWith(path)) return undefined
    asked()
    await wait
    return answer(request)
  }
  return { go, isAsked }
}
const accountsHere = async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name === nameOf(kari))

describe('a wipe', () => {
  it('in the middle of a pull leaves nothing of it', async () => {
    const { go, isAsked } = holdBack('/api/v1/changes', async () => json({ changes: [summary], cursor: 'e.1', more: false }))
    const sync = syncNow()
    await isAsked
    await wipePhone()
    go()
    await sync
    expect(await accountsHere()).toEqual([])
  })

  it('while a case is fetched leaves nothing of it', async () => {
    const { go, isAsked } = holdBack('/api/v1/cases', async () => json({ summary, reporter: 'Ola Berge', masked: false, letters: [] }))
    const fetched = fetchCase(report)
    await isAsked
    await wipePhone()
    go()
    await fetched
    expect(await accountsHere()).toEqual([])
  })

  it('while letters are sent leaves nothing of them, and a new person begins with an empty phone', async () => {
    await saveReport(aDraft())
    await sendNow()
    const { go, isAsked } = holdBack('/api/v1/letters', (request) => school.ordinary(request))
    const sync = syncNow()
    await isAsked
    await wipePhone()
    go()
    await sync
    expect(await accountsHere()).toEqual([])
    expect(await myReports(10)).toEqual([])
  })
})
