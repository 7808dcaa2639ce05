// @vitest-environment node
/** Training on the phone: the sum of both sides, what is written without a line, and the database that grew for it. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Dexie } from 'dexie'
import { aDraft, everyRow, freshPhone, kari, printed } from './support/phone.ts'
import { createSchool, headerOf, type School } from './support/school.ts'
import type { TrainingChange, TrainingContent } from '#contract/training.ts'
import { keepChanges } from '#app/db/changes.ts'
import { inAccount, letGoOfAll, nameOf } from '#app/db/gateway.ts'
import { outboxSummary } from '#app/db/outbox.ts'
import { myReports, saveReport } from '#app/db/reports.ts'
import { removeTraining, saveTraining, trainingById, trainingList } from '#app/db/training.ts'
import { isHalfYearAgo, lastDone, scrubTraining, trainingRights, trainingView } from '#app/domain/training.ts'
import { syncNow } from '#app/sync/sync.ts'

let school: School
beforeEach(async () => { school = await createSchool(); await freshPhone(school) })
afterEach(() => { vi.restoreAllMocks() })

const log = { v: 1, what: 'log', form: 'practice', code: 'story-line', on: '2026-11-20', people: 12, text: 'Vi øvde på å ringe.' } as const
const request = { v: 1, what: 'request', form: 'training', code: 'course-ros', need: 'risk', people: 20, on: '2027-01-01', until: '2027-03-01' } as const
const entry = '0190a000-0000-7000-8000-0000000000f1'
const told = (more: Partial<TrainingChange> = {}): TrainingChange => ({
  kind: 'training', report: entry, seq: 7, unit: kari, unitName: 'Solbakken skole (demo)', what: 'request', form: 'training', code: 'course-ros', title: null, on: '2027-01-01', until: '2027-03-01', people: 20, groups: [], need: 'risk',
  state: 'asked', text: null, message: null, byRole: 'leder', receivedAt: '2026-11-23T09:00:00.000Z', changedAt: '2026-11-23T09:00:00.000Z', answeredAt: null, removed: false, ...more,
})
const at = '2026-11-23T10:15:00+01:00'
const sum = (change: TrainingChange | undefined, ...said: TrainingContent[]) => trainingView(entry, change, said.map((content) => ({ content, at })))

describe('an entry', () => {
  it('is what the school tells, and over it what is written here since', () => {
    expect(sum(told())).toMatchObject({ people: 20, state: 'asked' })
    expect(sum(told(), { ...request, people: 25, text: 'Flere' })).toMatchObject({ people: 25, text: 'Flere', state: 'asked', unitName: 'Solbakken skole (demo)' })
    expect(sum(told({ state: 'agreed', message: 'Ja', answeredAt: at }), { ...request, people: 25 })).toMatchObject({ people: 25, state: 'agreed', message: 'Ja' })
    expect(sum(told({ state: 'agreed', message: 'Ja', answeredAt: at }), { v: 1, what: 'reply', state: 'not-now' })).not.toHaveProperty('message')
    expect(sum(undefined, log)).toMatchObject({ id: entry, state: 'done', people: 12 })
  })

  it('is gone when either side has taken it away, and nothing when nobody has said what it is', () => {
    expect(sum(told({ removed: true }), request)).toBeUndefined()
    expect(sum(told(), { v: 1, what: 'removal' })).toBeUndefined()
    expect(sum(undefined, { v: 1, what: 'reply', state: 'agreed' })).toBeUndefined()
  })

  it('has no id number in any of its texts, and no empty text', () => {
    expect(JSON.stringify(scrubTraining({ ...log, title: 'Om 01010750160', text: '01010750160' }))).not.toContain('01010750160')
    expect(scrubTraining({ ...log, text: '   ' })).not.toHaveProperty('text')
  })

  it('counts for the last half year by the calendar, each form for itself', () => {
    const views = ['2026-03-02', '2026-05-23'].flatMap((on) => trainingView(on, undefined, [{ content: { ...log, on }, at }]) ?? [])
    expect([lastDone(views, 'practice'), lastDone(views, 'training')]).toEqual(['2026-05-23', undefined])
    const now = new Date(2026, 10, 23)
    expect(['2026-05-23', '2026-05-22', undefined].map((day) => isHalfYearAgo(day, now))).toEqual([false, true, true])
  })

  it('is offered to those who may', () => {
    const unit = { id: kari, name: 'Solbakken' }
    expect(trainingRights([{ role: 'leder', unit }])).toEqual({ reads: true, logs: [kari], plans: [kari], answers: false })
    expect(trainingRights([{ role: 'verneombud', unit }])).toEqual({ reads: true, logs: [kari], plans: [], answers: false })
    expect(trainingRights([{ role: 'hms', unit: null }])).toEqual({ reads: true, logs: [], plans: [], answers: true })
    expect(trainingRights([{ role: 'ansatt', unit }])).toEqual({ reads: false, logs: [], plans: [], answers: false })
  })
})

describe('what is written here', () => {
  it('is on the list at once, sealed on the disk, and sent when there is a line', async () => {
    const id = await saveTraining(log)
    expect(await trainingList()).toMatchObject([{ id, people: 12, text: 'Vi øvde på å ringe.', letters: [{ kind: 'training', attempts: 0 }] }])
    expect((await everyRow()).map(({ row }) => printed(row)).join('')).not.toMatch(/øvde|story-line/)
    expect(await myReports(10)).toEqual([])
    expect(await outboxSummary()).toMatchObject({ waiting: 1 })
    expect(await syncNow()).toBe('done')
    expect(school.requests.flatMap(({ body }) => (body.letters ?? []).map(headerOf))).toMatchObject([{ id, report: id, kind: 'training' }])
    expect((await trainingById(id))?.letters[0]?.receivedAt).toBeDefined()
  })

  it('is one entry however often it is tapped', async () => {
    await saveTraining(log, { id: entry })
    await saveTraining({ ...log, people: 13 }, { id: entry })
    expect(await trainingList()).toMatchObject([{ people: 12 }])
  })

  it('is corrected and removed by further letters once the school may know of it, and leaves no trace before', async () => {
    await saveTraining(log, { id: entry })
    await removeTraining(entry)
    expect((await everyRow()).filter(({ table }) => ['letters', 'safe', 'training'].includes(table))).toEqual([])
    const id = await saveTraining(log)
    await syncNow()
    await saveTraining({ ...log, people: 14 }, { entry: id })
    expect(await trainingById(id)).toMatchObject({ people: 14 })
    await removeTraining(id)
    expect(await trainingById(id)).toBeUndefined()
    expect(await inAccount(kari, ({ letters }) => letters.where('report').equals(id).count())).toBe(3)
  })

  it('outlives a pull from the beginning, and an older word of the school', async () => {
    const id = await saveTraining(log)
    await keepChanges(kari, { changes: [told()], cursor: '1.7', more: false }, false)
    expect((await trainingList()).map((view) => view.id).toSorted()).toEqual([entry, id].toSorted())
    await keepChanges(kari, { changes: [], cursor: '2.0', more: false }, true)
    expect((await trainingList()).map((view) => view.id)).toEqual([id])
    await keepChanges(kari, { changes: [told()], cursor: '2.7', more: false }, false)
    await saveTraining({ ...request, people: 30 }, { entry })
    expect(await trainingById(entry)).toMatchObject({ people: 30 })
    await keepChanges(kari, { changes: [told({ people: 31, seq: 9 })], cursor: '2.9', more: false }, false)
    expect(await trainingById(entry)).toMatchObject({ people: 30 })
  })
})

describe('a database of the first version', () => {
  it('grows, and every row is still there', async () => {
    const draft = aDraft({ tiles: ['hit'], severity: 2 })
    await saveReport(draft)
    const rows = async () => (await everyRow()).filter(({ database, table }) => database === nameOf(kari) && table !== 'meta').map(({ table, row }) => `${table} ${printed(row)}`).toSorted()
    const before = await rows()
    const contents = await inAccount(kari, async (database) => Promise.all(database.tables.map(async (table) => [table.name, await table.toArray()] as const)))
    letGoOfAll()
    await Dexie.delete(nameOf(kari))
    // As the first release made it.
    const old = new Dexie(nameOf(kari))
    old.version(1).stores({ letters: 'id, report, at, nextAttemptAt', safe: 'id, report, at', drafts: 'id, report, at, kept', own: 'report', cases: 'report', details: 'report', doors: 'door', meta: 'key' })
    for (const [name, all] of contents) if (name !== 'training' && name !== 'notices') await old.table(name).bulkPut(all)
    await old.table('meta').put({ key: 'schemaVersion', value: 1 })
    old.close()

    expect((await myReports(10)).map(({ id }) => id)).toEqual([draft.id])
    expect(await rows()).toEqual(before)
    expect(await inAccount(kari, async ({ meta }) => (await meta.get('schemaVersion'))?.value)).toBe(3)
    await saveTraining(log)
    expect(await trainingList()).toHaveLength(1)
  })
})
