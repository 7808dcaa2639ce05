import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeliveryAnswer } from '#contract/letter.ts'
import { demoUnits } from '../../server/database/seed.ts'
import { deviceOf, openRoutes, signedIn } from '../support/deliver.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { seal } from '../support/seal.ts'

let world: FreshDatabase
let routes: Awaited<ReturnType<typeof openRoutes>>
let kari: string, rita: string
beforeEach(async () => {
  world = await freshDatabase()
  routes = await openRoutes(world)
  kari = await world.account('kari')
  rita = await world.account('rita')
})
afterEach(async () => {
  await routes?.app.close()
  await world?.end()
})

const said = (answers: DeliveryAnswer[]) => answers.map((answer) => ('code' in answer ? `${answer.status} ${answer.code}` : answer.status))
/** As an administrator does it: the roles end and the account is closed at the same moment. */
const close = (account: string) => world.asOwner('with ended as (update role_grant set to_at = now() where account = $1) update account set disabled_at = now() where id = $1', [account])

describe('a phone of somebody whose account was closed', () => {
  it('delivers reports, supplements and withdrawals once, unconfirmed for ever, and the leader sees them so', async () => {
    const report = await seal(world.keyring, { account: kari, facts: { severity: 1 } })
    const supplement = await seal(world.keyring, { report: report.id, kind: 'supplement', account: kari, facts: { severity: 2 } })
    const withdrawn = await seal(world.keyring, { account: kari, facts: { unit: demoUnits.solbakken.id } })
    const withdrawal = await seal(world.keyring, { report: withdrawn.id, kind: 'withdrawal', account: kari })
    await close(kari)
    const letters = [report, supplement, withdrawn, withdrawal]
    expect(said(await routes.deliver(deviceOf(kari), ...letters))).toEqual(['received', 'received', 'received', 'received'])
    expect(said(await routes.deliver(deviceOf(kari), ...letters))).toEqual(['known', 'known', 'known', 'known'])
    expect((await routes.ask(deviceOf(kari), 'POST', '/letters/have', { ids: letters.map(({ id }) => id) })).body.here.toSorted()).toEqual(letters.map(({ id }) => id).toSorted())
    expect(await world.asOwner('select distinct confirmed, assurance from letter where author = $1', [kari])).toEqual([{ confirmed: false, assurance: 'device' }])
    const { body } = await routes.ask(signedIn(rita), 'GET', `/cases/${report.id}`)
    expect(body).toMatchObject({ reporter: 'Kari Solheim', summary: { confirmed: false, facts: { severity: 2 }, unit: demoUnits.solbakken.id } })
    expect(await world.asOwner('select * from app.audit_verify((select id from tenant))')).toEqual([])
  })

  it('delivers nothing else and nowhere else', async () => {
    const olas = await seal(world.keyring, { account: await world.account('ola') })
    await routes.deliver(signedIn(await world.account('ola')), olas)
    await close(kari)
    await close(rita)
    expect(said(await routes.deliver(deviceOf(kari, rita), await seal(world.keyring, { account: kari, facts: { unit: demoUnits.fjordsyn.id } }),
      await seal(world.keyring, { report: olas.id, kind: 'supplement', account: kari, facts: { severity: 3 } }), await seal(world.keyring, { report: olas.id, kind: 'opened', account: rita }))))
      .toEqual(['refused foreign-unit', 'later unknown-report', 'later sign-in-needed'])
    expect(said(await routes.deliver(signedIn(rita), await seal(world.keyring, { report: olas.id, id: randomUUID(), kind: 'opened', account: rita })))).toEqual(['refused unknown-report'])
  })

  it('cannot bring back what was erased', async () => {
    const letter = await seal(world.keyring, { account: kari })
    await routes.deliver(signedIn(kari), letter)
    await close(kari)
    await world.database.asServer((sql) => sql.query('select app.erase_report($1)', [letter.id]))
    expect(said(await routes.deliver(deviceOf(kari), letter))).toEqual(['gone erased'])
  })

  it('reads nothing: not the municipality, its schools, training or numbers, and not what others wrote', async () => {
    const report = await seal(world.keyring, { account: kari })
    await routes.deliver(signedIn(kari), report)
    await close(rita)
    for (const table of ['tenant', 'unit', 'report', 'report_key', 'letter', 'training', 'local_entry']) {
      expect(await world.database.asActor({ account: rita }, (sql) => sql.query(`select 1 from ${table}`)), table).toEqual([])
    }
    for (const url of ['/changes', `/cases/${report.id}`]) expect((await routes.ask(deviceOf(rita), 'GET', url)).status).toBe(401)
  })

  it('is not believed to be signed in when the account was closed while its letter came in', async () => {
    const letter = await seal(world.keyring, { account: kari })
    await close(kari)
    expect(said(await routes.deliver(signedIn(kari), letter))).toEqual(['received'])
    expect(await world.asOwner('select confirmed from report where id = $1', [letter.id])).toEqual([{ confirmed: false }])
  })
})
