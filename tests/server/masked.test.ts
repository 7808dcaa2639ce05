import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Case, CaseSummary, Changes } from '#contract/changes.ts'
import type { Facts } from '#contract/facts.ts'
import { openRoutes, signedIn } from '../support/deliver.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { seal } from '../support/seal.ts'

let world: FreshDatabase
let routes: Awaited<ReturnType<typeof openRoutes>>
let kari: string, rita: string, vera: string
beforeAll(async () => {
  world = await freshDatabase()
  routes = await openRoutes(world)
  kari = await world.account('kari')
  rita = await world.account('rita')
  vera = await world.account('vera')
})
afterAll(async () => {
  await routes?.app.close()
  await world?.end()
})

const plain: Facts = { tiles: ['hit'], types: ['FYS-SLAG'], severity: 2, place: 'gym' }
const reported = async (facts: Facts) => {
  const letter = await seal(world.keyring, { account: kari, facts })
  await routes.deliver(signedIn(kari), letter)
  return letter.id
}
const caseOf = async (reader: string, report: string): Promise<Case> => (await routes.ask(signedIn(reader), 'GET', `/cases/${report}`)).body
async function summaryOf(reader: string, report: string): Promise<CaseSummary> {
  const { changes }: Changes = (await routes.ask(signedIn(reader), 'GET', '/changes')).body
  const found = changes.find((change): change is CaseSummary => change.kind === 'case' && change.report === report)
  if (!found) throw new Error('There is no such case')
  return found
}
/** All of a case but what differs between any two. */
const shapeOf = ({ report: _report, seq: _seq, receivedAt: _at, ...rest }: CaseSummary) => rest

describe('a safety representative', () => {
  it('is told these fields of a case, and no other', async () => {
    const report = await reported({ ...plain, injury: 'doctor', sickLeave: 'yes', reaction: 'upset', wishes: ['leader'], description: 'tekst', cause: 'tekst' })
    const summary = await summaryOf(vera, report)
    expect(Object.keys(summary).toSorted()).toEqual(['confirmed', 'due', 'facts', 'grave', 'kind', 'letters', 'openedAt', 'openedBy', 'part', 'receivedAt', 'report', 'safetyRepKnows', 'seq', 'status', 'unit', 'unitName', 'withdrawnAt'])
    expect(summary.facts).toEqual(plain)
    const opened = await caseOf(vera, report)
    expect(opened.letters.map(({ facts }) => facts)).toEqual([plain])
    expect({ ...opened.summary, reporter: opened.reporter }).toEqual({ ...summary, reporter: null })
  })

  it('cannot tell a case with a doctor from the same case without, in the list or opened', async () => {
    const [without, withDoctor] = [await reported(plain), await reported({ ...plain, injury: 'doctor' })]
    expect(shapeOf(await summaryOf(vera, withDoctor))).toEqual(shapeOf(await summaryOf(vera, without)))
    expect(shapeOf((await caseOf(vera, withDoctor)).summary)).toEqual(shapeOf((await caseOf(vera, without)).summary))
    expect([(await summaryOf(rita, withDoctor)).grave, (await summaryOf(rita, without)).grave]).toEqual([true, false])
  })

  it('sees that a case is grave by what it was', async () => {
    const report = await reported({ ...plain, types: ['TRU-VAPEN'] })
    expect((await summaryOf(vera, report)).grave).toBe(true)
  })
})
