import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseSummary, Changes } from '#contract/changes.ts'
import type { DeliveryAnswer, SealedLetter } from '#contract/letter.ts'
import type { TrainingChange } from '#contract/training.ts'
import { openRoutes, signedIn } from '../support/deliver.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { seal } from '../support/seal.ts'

let world: FreshDatabase
let routes: Awaited<ReturnType<typeof openRoutes>>
const people: Record<string, string> = {}
const who = (name: string) => people[name] ?? ''
beforeAll(async () => {
  world = await freshDatabase()
  routes = await openRoutes(world)
  for (const name of ['kari', 'rita', 'vera', 'hans', 'nina', 'lars']) people[name] = await world.account(name)
})
afterAll(async () => {
  await routes?.app.close()
  await world?.end()
})

type Letter = SealedLetter & { id: string }
/** An id as a phone makes it at this time. */
const idAt = (time: number) => {
  const digits = time.toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7${randomUUID().slice(15)}`
}
const hour = 3_600_000
const hoursAgo = (hours: number) => idAt(Date.now() - hours * hour)
const said = (answer: DeliveryAnswer | undefined) => (answer && 'code' in answer ? `${answer.status} ${answer.code}` : answer?.status)
const deliver = async (name: string, ...letters: Letter[]) => (await routes.deliver(signedIn(who(name)), ...letters)).map(said)
const pull = async (name: string) => (await routes.ask(signedIn(who(name)), 'GET', '/changes')).body as Changes
const factsOf = async (report: string) => (await pull('rita')).changes.find((change): change is CaseSummary => change.kind === 'case' && change.report === report)?.facts
const entryOf = async (entry: string) => (await pull('rita')).changes.find((change): change is TrainingChange => change.kind === 'training' && change.report === entry)
const ordersOf = <T>(items: T[]): T[][] => (items.length < 2 ? [items] : items.flatMap((item, place) => ordersOf(items.toSpliced(place, 1)).map((rest) => [item].concat(rest))))

describe('supplements to a report', () => {
  it('add up to the same, in whichever order they come', async () => {
    const supplements = [{ severity: 2, place: 'gym' }, { severity: 3, grade: '1-2' }, { grade: '3-4', loneWork: true }] as const
    for (const order of ordersOf([0, 1, 2])) {
      const report = await seal(world.keyring, { id: hoursAgo(9), account: who('kari'), facts: { tiles: ['hit'], severity: 1 } })
      const letters = await Promise.all(supplements.map((facts, nth) => seal(world.keyring, { id: hoursAgo(8 - nth), report: report.id, kind: 'supplement', account: who('kari'), facts })))
      expect(await deliver('kari', report)).toEqual(['received'])
      for (const nth of order) expect(await deliver('kari', ...letters.slice(nth, nth + 1))).toEqual(['received'])
      expect(await factsOf(report.id), String(order)).toEqual({ tiles: ['hit'], severity: 3, place: 'gym', grade: '3-4', loneWork: true })
    }
  })

  it('count also after one that was written with a clock years ahead', async () => {
    const report = await seal(world.keyring, { account: who('kari'), facts: { severity: 1 } })
    const ahead = await seal(world.keyring, { id: idAt(Date.now() + 40_000 * hour), report: report.id, kind: 'supplement', account: who('kari'), facts: { severity: 2 } })
    await deliver('kari', report, ahead)
    await deliver('kari', await seal(world.keyring, { id: idAt(Date.now() + 1), report: report.id, kind: 'supplement', account: who('kari'), facts: { severity: 3 } }))
    expect(await factsOf(report.id)).toEqual({ severity: 3 })
  })
})

const log = { v: 1, what: 'log', form: 'practice', code: 'story-line', on: '2026-11-20', people: 12 }
const request = { v: 1, what: 'request', form: 'training', code: 'course-ros', need: 'risk', people: 20, on: '2027-01-01', until: '2027-03-01' }
const saying = (name: string, content: object, more: { id: string; report?: string }) => seal(world.keyring, { kind: 'training', account: who(name), content, ...more })

describe('letters about an entry', () => {
  it('of one person lead to the same, in whichever order they come, and all are kept', async () => {
    for (const order of ordersOf([0, 1, 2])) {
      const first = await saying('rita', log, { id: hoursAgo(9) })
      const letters = await Promise.all([20, 30, 40].map((count, nth) => saying('rita', { ...log, people: count }, { id: hoursAgo(8 - nth), report: first.id })))
      await deliver('rita', first)
      for (const nth of order) expect(await deliver('rita', ...letters.slice(nth, nth + 1))).toEqual(['received'])
      expect((await entryOf(first.id))?.people, String(order)).toBe(40)
      expect(await world.asOwner('select letters from training where id = $1', [first.id])).toEqual([{ letters: 4 }])
    }
  })

  it('of two people count as they come: who came last had seen the other’s, whatever the clocks say', async () => {
    const first = await saying('rita', log, { id: hoursAgo(9) })
    const [ritas, veras] = [await saying('rita', { ...log, people: 20 }, { id: hoursAgo(2), report: first.id }), await saying('vera', { ...log, people: 30 }, { id: hoursAgo(5), report: first.id })]
    await deliver('rita', first, ritas)
    await deliver('vera', veras)
    expect((await entryOf(first.id))?.people).toBe(30)
    await deliver('rita', await saying('rita', { ...log, people: 40 }, { id: hoursAgo(3), report: first.id }))
    expect((await entryOf(first.id))?.people).toBe(30)
  })

  it('answer a request with the newest answer', async () => {
    const first = await saying('rita', request, { id: hoursAgo(9) })
    const [older, newer] = [await saying('hans', { v: 1, what: 'reply', state: 'not-now' }, { id: hoursAgo(5), report: first.id }), await saying('hans', { v: 1, what: 'reply', state: 'agreed', message: 'Likevel.' }, { id: hoursAgo(4), report: first.id })]
    await deliver('rita', first)
    expect([await deliver('hans', newer), await deliver('hans', older)]).toEqual([['received'], ['received']])
    expect(await entryOf(first.id)).toMatchObject({ state: 'agreed', message: 'Likevel.' })
  })
})

describe('a letter that can never find its place', () => {
  it('is told so when its entry’s id belongs to a report or another letter, also of a school it may not see', async () => {
    const report = await seal(world.keyring, { account: who('kari') })
    const far = await seal(world.keyring, { account: who('nina') })
    const correction = await saying('rita', log, { id: randomUUID() })
    await deliver('kari', report)
    await deliver('nina', far)
    await deliver('rita', correction)
    const later = await saying('rita', log, { id: randomUUID(), report: correction.id })
    await deliver('rita', later)
    for (const taken of [report.id, far.id, later.id]) {
      expect(await deliver('rita', await saying('rita', log, { id: taken }))).toEqual(['conflict already-used-id'])
      // As a phone tries again: the same entry, under a new letter's id.
      expect(await deliver('rita', await saying('rita', log, { id: randomUUID(), report: taken }))).toEqual(['refused wrong-entry'])
    }
    expect(await deliver('rita', await saying('rita', log, { id: randomUUID(), report: randomUUID() }))).toEqual(['later unknown-entry'])
  })

  it('is told so when what it goes on with was erased', async () => {
    const report = await seal(world.keyring, { account: who('kari') })
    const entry = await saying('rita', log, { id: randomUUID() })
    await deliver('kari', report)
    await deliver('rita', entry)
    await world.database.asServer(async (sql) => [await sql.query('select app.erase_report($1)', [report.id]), await sql.query('select app.erase_training($1)', [entry.id])])
    expect(await deliver('kari', await seal(world.keyring, { report: report.id, kind: 'supplement', account: who('kari'), facts: { severity: 1 } }))).toEqual(['gone erased'])
    expect(await deliver('rita', await saying('rita', log, { id: randomUUID(), report: entry.id }))).toEqual(['gone erased'])
  })
})

describe('a role that has ended', () => {
  it('does not make a leader’s letters unknown: what was delivered stays delivered', async () => {
    const report = await seal(world.keyring, { account: who('nina') })
    await deliver('nina', report)
    const opened = await seal(world.keyring, { kind: 'opened', report: report.id, id: randomUUID(), account: who('lars') })
    expect(await deliver('lars', opened)).toEqual(['received'])
    await world.asOwner('update role_grant set to_at = now() where account = $1', [who('lars')])
    expect((await routes.ask(signedIn(who('lars')), 'POST', '/letters/have', { ids: [opened.id] })).body).toEqual({ here: [opened.id], gone: [] })
    expect(await deliver('lars', opened)).toEqual(['known'])
    expect((await routes.ask(signedIn(who('lars')), 'GET', `/cases/${report.id}`)).status).toBe(404)
  })
})
