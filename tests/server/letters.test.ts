import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signedPart } from '#contract/wire.ts'
import type { DeliveryAnswer, Receipt } from '#contract/letter.ts'
import { demoUnits } from '../../server/database/seed.ts'
import { deviceOf, openRoutes, signedIn } from '../support/deliver.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { flip, seal, wire } from '../support/seal.ts'

let world: FreshDatabase
let routes: Awaited<ReturnType<typeof openRoutes>>
let kari: string, ola: string, rita: string, vera: string, lars: string, hans: string
const letterRows = (id: string) => world.asOwner('select id, confirmed, assurance from letter where id = $1', [id])
const receiptOf = (answer: DeliveryAnswer | undefined): Receipt => {
  if (!answer || !('receipt' in answer)) throw new Error(JSON.stringify(answer))
  return answer.receipt
}
const turned = (answer: DeliveryAnswer | undefined) => answer && 'code' in answer ? `${answer.status} ${answer.code}` : answer?.status

beforeAll(async () => {
  world = await freshDatabase()
  routes = await openRoutes(world)
  kari = await world.account('kari')
  ola = await world.account('ola')
  rita = await world.account('rita')
  vera = await world.account('vera')
  lars = await world.account('lars')
  hans = await world.account('hans')
})
afterAll(async () => {
  await routes?.app.close()
  await world?.end()
})

describe('a letter', () => {
  it('is answered with a receipt that proves it', async () => {
    const letter = await seal(world.keyring, { account: kari })
    const [answer] = await routes.deliver(signedIn(kari), letter)
    const receipt = receiptOf(answer)
    expect(receipt.hash).toBe(createHash('sha256').update(Buffer.from(letter.header, 'base64url')).update(Buffer.of(0)).update(Buffer.from(letter.body, 'base64url')).digest('base64url'))
    const point = Buffer.from(world.keyring.publicKeys(new Date()).signing[0]?.publicKey ?? '', 'base64url')
    const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } })
    expect(verify('sha256', Buffer.from(signedPart(receipt)), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(receipt.signature, 'base64url'))).toBe(true)
  })

  it('is kept once when the answer is lost and it is sent again', async () => {
    const letter = await seal(world.keyring, { account: kari })
    const [first] = await routes.deliver(signedIn(kari), letter)
    const [second] = await routes.deliver(signedIn(kari), letter)
    expect([first?.status, second?.status]).toEqual(['received', 'known'])
    expect(receiptOf(second)).toEqual(receiptOf(first))
    expect(await letterRows(letter.id)).toHaveLength(1)
  })

  it('is kept once when it comes twice in one batch, and when five deliver it at the same time', async () => {
    const letter = await seal(world.keyring, { account: kari })
    const [first, second] = await routes.deliver(signedIn(kari), letter, letter)
    expect([first?.status, second?.status]).toEqual(['received', 'known'])
    expect(receiptOf(second)).toEqual(receiptOf(first))

    const raced = await seal(world.keyring, { account: kari })
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => routes.deliver(signedIn(kari), raced)))
    expect(answers.map(([answer]) => answer?.status).sort()).toEqual(['known', 'known', 'known', 'known', 'received'])
    expect(new Set(answers.map(([answer]) => receiptOf(answer).signature)).size).toBe(1)
  })

  it('changes nothing when its id is used for other content', async () => {
    const letter = await seal(world.keyring, { account: kari, facts: { severity: 1 } })
    await routes.deliver(signedIn(kari), letter)
    const other = await seal(world.keyring, { id: letter.id, account: kari, facts: { severity: 3 } })
    expect(turned((await routes.deliver(signedIn(kari), other))[0])).toBe('conflict already-used-id')
    expect(await world.asOwner('select facts from report where id = $1', [letter.id])).toEqual([{ facts: { severity: 1 } }])
  })

  it('of somebody else cannot be overwritten or added to', async () => {
    const letter = await seal(world.keyring, { account: kari })
    await routes.deliver(signedIn(kari), letter)
    const stolen = await seal(world.keyring, { id: letter.id, account: ola })
    const added = await seal(world.keyring, { report: letter.id, kind: 'supplement', account: ola, facts: { severity: 3 } })
    const missing = await seal(world.keyring, { report: randomUUID(), kind: 'supplement', account: ola })
    const [first, second, third] = await routes.deliver(signedIn(ola), stolen, added, missing)
    expect(first && 'receipt' in first).toBe(false)
    expect([turned(second), turned(third)]).toEqual(['later unknown-report', 'later unknown-report'])
  })

  it('that is bad does not hold the others up', async () => {
    const good = await Promise.all([1, 2, 3].map(() => seal(world.keyring, { account: kari })))
    const bad = await seal(world.keyring, { account: kari, facts: { severity: 9 } })
    const answers = await routes.deliver(signedIn(kari), ...good.slice(0, 2), bad, ...good.slice(2))
    expect(answers.map(turned)).toEqual(['received', 'received', 'refused invalid-content', 'received'])
    expect(answers.map(({ id }) => id)).toEqual([good[0]?.id, good[1]?.id, bad.id, good[2]?.id])
  })

  it('that adds to a report waits until the report is there', async () => {
    const report = await seal(world.keyring, { account: kari })
    const more = await seal(world.keyring, { report: report.id, kind: 'supplement', account: kari, facts: { place: 'corridor' } })
    expect(turned((await routes.deliver(signedIn(kari), more))[0])).toBe('later unknown-report')
    expect((await routes.deliver(signedIn(kari), report, more)).map(turned)).toEqual(['received', 'received'])
    expect(await world.asOwner('select facts, letters from report where id = $1', [report.id])).toEqual([{ facts: { place: 'corridor' }, letters: 2 }])
  })

  it('goes to the home unit when it names none, and nowhere else than to a unit of its own', async () => {
    const home = await seal(world.keyring, { account: kari })
    const foreign = await seal(world.keyring, { account: kari, facts: { unit: demoUnits.fjordsyn.id } })
    expect((await routes.deliver(signedIn(kari), home, foreign)).map(turned)).toEqual(['received', 'refused foreign-unit'])
    expect(await world.asOwner('select unit from report where id = $1', [home.id])).toEqual([{ unit: demoUnits.solbakken.id }])
    expect(turned((await routes.deliver(signedIn(hans), await seal(world.keyring, { account: hans })))[0])).toBe('later not-allowed')
  })

  it('that a device brings is kept unconfirmed until its author has been here', async () => {
    const letter = await seal(world.keyring, { account: kari })
    expect(turned((await routes.deliver(deviceOf(kari), letter))[0])).toBe('received')
    expect(await letterRows(letter.id)).toEqual([{ id: letter.id, confirmed: false, assurance: 'device' }])
    await routes.ask(signedIn(kari), 'GET', '/changes')
    expect(await letterRows(letter.id)).toEqual([{ id: letter.id, confirmed: true, assurance: 'device' }])
    const nameless = await seal(world.keyring, { account: null })
    const olas = await seal(world.keyring, { account: ola })
    expect((await routes.deliver(deviceOf(kari), nameless, olas)).map(turned)).toEqual(['later sign-in-needed', 'later sign-in-needed'])
  })

  it('that was erased stays erased, however late its phone comes', async () => {
    const letter = await seal(world.keyring, { account: kari, facts: { description: 'UTSLETTET-MARKØR' } })
    await routes.deliver(signedIn(kari), letter)
    await world.database.asServer((sql) => sql.query('select app.erase_report($1)', [letter.id]))
    expect(turned((await routes.deliver(signedIn(kari), letter))[0])).toBe('gone erased')
    expect((await routes.ask(signedIn(kari), 'POST', '/letters/have', { ids: [letter.id, randomUUID()] })).body).toEqual({ here: [], gone: [letter.id] })
    expect(await world.asOwner('select report from report_key where report = $1', [letter.id])).toEqual([])
  })

  it('leaves no readable text and no name in any table', async () => {
    const letter = await seal(world.keyring, { account: kari, facts: { description: 'HEMMELIG-MARKØR-Æ', before: 'FØR-MARKØR', severity: 2 } })
    await routes.deliver(signedIn(kari), letter)
    const all = await world.dump()
    expect(all).toContain(letter.id)
    for (const marker of ['HEMMELIG-MARK', 'MARKØR-Æ', 'R-MARK', 'Kari Solheim', 'Rita Dahl']) expect(all, marker).not.toContain(marker)
  })

  it('is not kept at all when the audit log cannot be written, and is asked for again', async () => {
    await world.asOwner("create function public.no() returns trigger language plpgsql as $$ begin raise exception 'disk'; end $$; create trigger no before insert on audit for each row execute function public.no()")
    const letter = await seal(world.keyring, { account: kari })
    expect(turned((await routes.deliver(signedIn(kari), letter))[0])).toBe('later try-again')
    expect(await letterRows(letter.id)).toEqual([])
    await world.asOwner('drop function public.no() cascade')
    expect(turned((await routes.deliver(signedIn(kari), letter))[0])).toBe('received')
  })
})

describe('a hostile letter', () => {
  it('with half an emoji, a NUL or 4,000 emojis is kept, and can be read again', async () => {
    const odd = await seal(world.keyring, { account: kari, rawContent: '{"v":1,"facts":{"description":"halv \\ud83d og \\u0000 slutt","before":"<b>&\\u202e"}}' })
    const long = await seal(world.keyring, { account: kari, facts: { description: '😀'.repeat(4_000) } })
    expect((await routes.deliver(signedIn(kari), odd, long)).map(turned)).toEqual(['received', 'received'])
    const { body } = await routes.ask(signedIn(rita), 'GET', `/cases/${odd.id}`)
    expect(body.letters[0].facts.description).toBe('halv \uFFFD og \uFFFD slutt')
  })

  it('is refused with its documented code, and is never our failure', async () => {
    const bad = async (rawContent: string) => turned((await routes.deliver(signedIn(kari), await seal(world.keyring, { account: kari, rawContent })))[0])
    for (const content of ['{"v":1,"facts":{"__proto__":{"x":1}}}', '{"v":1,"facts":{"status":"closed"}}', '{"v":1,"facts":{"severity":7}}', '{"v":2,"facts":{}}', '{"v":1,"facts":{"tiles":["hit","hit"]}}',
      '{', '[]', 'null', '{"v":1,"facts":{"witnesses":1e999}}', JSON.stringify({ v: 1, facts: { description: 'x'.repeat(4_001) } }), JSON.stringify({ v: 1, facts: { occurredAt: '9999-01-01T00:00:00Z' } })]) {
      expect(await bad(content), content.slice(0, 60)).toBe('refused invalid-content')
    }
    expect(await bad(JSON.stringify({ v: 1, facts: { description: 'x'.repeat(300_000) } }))).toMatch(/^refused/)
    expect((await world.asOwner<{ n: string }>('select count(*) as n from quarantine'))[0]?.n).not.toBe('0')
  })

  it('with any bit turned, another letter’s header or an unknown key is refused', async () => {
    const letter = await seal(world.keyring, { account: kari })
    const other = await seal(world.keyring, { account: kari })
    for (const part of ['body', 'key', 'enc'] as const) for (const place of [0, 1, 15, 40, 64]) {
      expect(turned((await routes.deliver(signedIn(kari), flip(letter, part, place)))[0]), `${part} ${place}`).toBe('refused invalid-envelope')
    }
    expect(turned((await routes.deliver(signedIn(kari), { ...letter, header: other.header }))[0])).toBe('refused invalid-envelope')
    expect(turned((await routes.deliver(signedIn(kari), { ...letter, to: letter.to.map((entry) => ({ ...entry, kid: 'seal-nobody' })) }))[0])).toBe('refused unknown-key')
    expect(await letterRows(letter.id)).toEqual([])
  })

  it('needs somebody to bring it', async () => {
    const letter = await seal(world.keyring)
    expect((await routes.ask({ account: null, via: 'none', deviceAccounts: [] }, 'POST', '/letters', { letters: [wire(letter)] })).status).toBe(401)
  })
})

describe('opening a case', () => {
  it('is a leader’s, is noted once, and is seen by the reporter', async () => {
    const report = await seal(world.keyring, { account: kari, facts: { description: 'tekst', injury: 'pain', place: 'gym' } })
    await routes.deliver(signedIn(kari), report)
    const opens = async (who: string) => turned((await routes.deliver(signedIn(who), await seal(world.keyring, { report: report.id, kind: 'opened', account: who })))[0])
    expect([await opens(kari), await opens(vera), await opens(lars)]).toEqual(['refused not-allowed', 'refused not-allowed', 'refused unknown-report'])
    expect(turned((await routes.deliver(deviceOf(rita), await seal(world.keyring, { report: report.id, kind: 'opened', account: rita })))[0])).toBe('later sign-in-needed')
    expect(await opens(rita)).toBe('received')
    const { body } = await routes.ask(signedIn(kari), 'GET', '/changes')
    const own = body.changes.find((change: { report: string }) => change.report === report.id)
    expect(own).toMatchObject({ kind: 'own', openedBy: 'leder' })
    expect(own.openedAt).not.toBeNull()
  })

  it('shows a leader all, a verneombud no text, health or name, and everybody else the same as nothing', async () => {
    const report = await seal(world.keyring, { account: kari, facts: { description: 'tekst', injury: 'pain', place: 'gym' } })
    await routes.deliver(signedIn(kari), report)
    const look = (who: string, id = report.id) => routes.ask(signedIn(who), 'GET', `/cases/${id}`)
    expect((await look(rita)).body).toMatchObject({ masked: false, reporter: 'Kari Solheim', letters: [{ facts: { description: 'tekst', injury: 'pain', place: 'gym' } }] })
    const masked = await look(vera)
    expect(masked.body).toMatchObject({ masked: true, reporter: null })
    expect(masked.body.letters[0].facts).toEqual({ place: 'gym' })
    expect(masked.body.summary.facts).toEqual({ place: 'gym' })
    const missing = await look(lars, randomUUID())
    for (const who of [lars, ola, hans]) expect((await look(who)).text).toBe(missing.text)
    expect(missing.status).toBe(404)
    const reads = await world.asOwner("select actor from audit where action = 'case.read' and object = $1 order by seq", [report.id])
    expect(reads).toEqual([{ actor: rita }, { actor: vera }])
  })

  it('is impossible when it cannot be noted', async () => {
    const report = await seal(world.keyring, { account: kari, facts: { description: 'UNOTERT-MARKØR' } })
    await routes.deliver(signedIn(kari), report)
    await world.asOwner("create function public.no() returns trigger language plpgsql as $$ begin raise exception 'disk'; end $$; create trigger no before insert on audit for each row execute function public.no()")
    const { status, text } = await routes.ask(signedIn(rita), 'GET', `/cases/${report.id}`)
    expect(status).toBe(500)
    expect(text).not.toContain('UNOTERT-MARKØR')
    await world.asOwner('drop function public.no() cascade')
  })
})

describe('a cursor', () => {
  it('goes on where it was, and is unknown from another database or other grants', async () => {
    const first = (await routes.ask(signedIn(rita), 'GET', '/changes')).body
    await routes.deliver(signedIn(kari), await seal(world.keyring, { account: kari }))
    const second = (await routes.ask(signedIn(rita), 'GET', `/changes?after=${first.cursor}`)).body
    expect(second.changes.map(({ kind }: { kind: string }) => kind)).toEqual(['case', 'notice'])
    expect((await routes.ask(signedIn(rita), 'GET', `/changes?after=${second.cursor}`)).body).toEqual({ changes: [], cursor: second.cursor, more: false })
    for (const cursor of [`${randomUUID()}.x.1`, 'abc', second.cursor.replace(/\d+$/, '999999'), second.cursor.replace(/\d+$/, "1' or 1=1")]) {
      expect((await routes.ask(signedIn(rita), 'GET', `/changes?after=${encodeURIComponent(cursor)}`)).status, cursor).toBe(410)
    }
    await world.asOwner("insert into role_grant (tenant, account, role, unit) select tenant, $1, 'verneombud', id from unit where name like 'Fjord%'", [rita])
    expect((await routes.ask(signedIn(rita), 'GET', `/changes?after=${second.cursor}`)).body.code).toBe('cursor-unknown')
  })

  it('belongs to the account that is signed in', async () => {
    const { status, body } = await routes.ask(signedIn(kari), 'GET', '/changes')
    expect(status).toBe(200)
    expect(body.changes.every(({ kind }: { kind: string }) => kind === 'own' || kind === 'notice')).toBe(true)
    expect((await routes.ask(deviceOf(kari), 'GET', '/changes')).status).toBe(401)
  })
})
