// @vitest-environment node
/** The order of a report's letters: the newest word is the last to arrive, whatever happened to the ones before it. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aDraft, freshPhone, kari } from './support/phone.ts'
import { createSchool, problem, type School } from './support/school.ts'
import { later, logged } from './support/sending.ts'
import { inAccount } from '#app/db/gateway.ts'
import { sendNow } from '#app/db/outbox.ts'
import { saveSupplement } from '#app/db/reports.ts'
import { saveTraining } from '#app/db/training.ts'
import { syncNow } from '#app/sync/sync.ts'

let school: School
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  school = await createSchool()
  await freshPhone(school)
})
afterEach(() => { vi.useRealTimers(); vi.restoreAllMocks() })

const log = { v: 1, what: 'log', form: 'practice', code: 'story-line', on: '2026-11-20', people: 12 } as const
const add = async (report: string, place: 'gym' | 'corridor') => { later(5); await saveSupplement(aDraft({ place }, { kind: 'supplement', report })) }
const noLine = () => { throw new TypeError('no line') }
const breakdown = ({ path }: { path: string }) => path.endsWith('/letters') ? problem(500, 'server-error') : undefined

/** The server's numbers of a report's letters, in the order in which they were written. */
const arrivals = async (report: string) => (await inAccount(kari, ({ letters }) => letters.where('report').equals(report).sortBy('id'))).map(({ receipt }) => receipt?.seq)

describe('a later word', () => {
  it.each([['without a line', noLine], ['that broke the server down', breakdown]])('takes along the supplement before it that was tried %s', async (_how, instead) => {
    const [id = ''] = await logged()
    await sendNow()
    await syncNow()
    school.instead = instead
    await add(id, 'gym')
    await syncNow()
    school.instead = undefined
    await add(id, 'corridor')
    await syncNow()
    expect(await arrivals(id)).toEqual([1, 2, 3])
  })

  it('about an entry takes along the correction before it', async () => {
    const id = await saveTraining(log)
    await syncNow()
    school.instead = noLine
    later(5)
    await saveTraining({ ...log, people: 20 }, { entry: id })
    await syncNow()
    school.instead = undefined
    later(5)
    await saveTraining({ ...log, people: 30 }, { entry: id })
    await syncNow()
    expect(await arrivals(id)).toEqual([1, 2, 3])
  })

  it('goes on without the one that waits for a person', async () => {
    const [id = ''] = await logged()
    await sendNow()
    await syncNow()
    school.judge = (header) => ({ status: 'refused', id: header.id, code: 'invalid-content' })
    await add(id, 'gym')
    await syncNow()
    school.judge = undefined
    await add(id, 'corridor')
    await syncNow()
    expect(await arrivals(id)).toEqual([1, undefined, 2])
  })
})
