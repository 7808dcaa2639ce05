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
  for (const name of ['kari', 'rita', 'vera', 'hans']) people[name] = await world.account(name)
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
const ordersOf = <T>(items: T[]): T[][] => (items.length < 2 ? [items] : items.flatMap((item, place) => ordersOf(items.toSpliced(place, 1)).map((rest) => [item, ...rest])))

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
