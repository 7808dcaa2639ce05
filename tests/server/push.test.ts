/** Notices on phones: the whole server, a double of a push service, and the phone's own half of the encryption. */
import { statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '#contract/session.ts'
import { isPushAddress } from '../../server/push/address.ts'
import { isNight } from '../../server/push/quiet.ts'
import { runPushRound } from '../../server/push/round.ts'
import { readSettings } from '../../server/settings.ts'
import { openPhone, startPushService, type Phone } from '../support/pushService.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import { seal, wire } from '../support/seal.ts'
import type { Visitor } from '../support/visitor.ts'

interface Person { visitor: Visitor; account: string }
const minute = 60_000
const [noon, midnight] = [new Date('2027-02-10T11:00:00Z'), new Date('2027-02-10T23:00:00Z')]
let server: TestServer
let service: Awaited<ReturnType<typeof startPushService>>
beforeAll(async () => {
  service = await startPushService()
  server = await startTestServer({ PUSH_HOSTS: 'localhost,fcm.googleapis.com' })
})
afterAll(async () => { await server?.end(); await service?.end() })
const query = <T>(text: string, values: unknown[] = []) => server.services.database.asServer((sql) => sql.query<T>(text, values))
beforeEach(async () => {
  await query('delete from push_subscription')
  await query('update notice set pushed_at = at where pushed_at is null')
  service.received.length = 0
})

async function signedIn(who: string): Promise<Person> {
  const visitor = server.visitor()
  await visitor.signIn(who)
  return { visitor, account: ((await (await visitor.ask('/api/v1/session')).json()) as Session).account?.id ?? '' }
}
const send = ({ visitor, account }: Person, method: string, to: string, body: object) =>
  visitor.ask(to, { method, headers: { 'origin': server.origin, 'content-type': 'application/json', 'x-account': account }, body: JSON.stringify(body) })
async function subscribe(person: Person, at: string, locale = 'nb'): Promise<Phone> {
  const phone = openPhone(service.addressOf(at))
  expect((await send(person, 'PUT', '/api/v1/push', { ...phone.subscription, locale })).status).toBe(204)
  return phone
}
async function report(by: Person): Promise<string> {
  const letter = await seal(server.services.keyring, { account: by.account, at: new Date().toISOString() })
  expect((await send(by, 'POST', '/api/v1/letters', { letters: [wire(letter)] })).status).toBe(200)
  return letter.id
}
/** A notice as the rules make them. */
const notice = (to: Person, about: string, what: string) =>
  query('insert into notice (tenant, account, report, what, at) select tenant, id, $2, $3, now() from account where id = $1', [to.account, about, what])
const roundAt = (now: Date, after = 0) => runPushRound({ ...server.services, clock: () => new Date(now.getTime() + after) })

describe('a notice on a phone', () => {
  it('is one neutral sentence in the phone’s language, encrypted for that phone and signed by this server', async () => {
    const [kari, rita] = [await signedIn('kari'), await signedIn('rita')]
    const phone = await subscribe(rita, '/rita')
    const english = await subscribe(rita, '/rita-en', 'en')
    await report(kari)
    expect(await roundAt(noon)).toBe(2)
    const [one, other] = ['/rita', '/rita-en'].map((at) => service.received.find((got) => got.path === at))
    expect(one?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', 'ttl': '86400' })
    expect(one?.headers.authorization).toContain(`k=${server.services.keyring.push.publicKey}`)
    expect([phone.read(one?.body ?? Buffer.alloc(0)), english.read(other?.body ?? Buffer.alloc(0))]).toEqual(['Det er noe nytt til deg i Meldt.', 'There is something new for you in Meldt.'])
    expect(await roundAt(noon, 5 * minute)).toBe(0)
  })

  it('comes once an hour, and at once when somebody waits', async () => {
    const [kari, rita] = [await signedIn('kari'), await signedIn('rita')]
    const id = await report(kari)
    await subscribe(rita, '/rita')
    expect(await roundAt(noon)).toBe(1)
    await notice(rita, id, 'comment')
    expect(await roundAt(noon, 59 * minute)).toBe(0)
    await notice(rita, id, 'question')
    expect(await roundAt(noon, 59 * minute)).toBe(1)
    expect(service.received.at(-1)?.headers['urgency']).toBe('high')
    await notice(rita, id, 'comment')
    await notice(rita, id, 'verdict')
    expect([await roundAt(noon, 60 * minute), await roundAt(noon, 120 * minute), await roundAt(noon, 121 * minute)]).toEqual([0, 1, 0])
  })

  it('does not come at night, but for what is grave and to whoever handles it', async () => {
    const [kari, rita, vera] = [await signedIn('kari'), await signedIn('rita'), await signedIn('vera')]
    const id = await report(kari)
    await query('update notice set pushed_at = at where pushed_at is null')
    for (const [person, at] of [[rita, '/rita'], [vera, '/vera'], [kari, '/kari']] as const) await subscribe(person, at)
    await notice(kari, id, 'question')
    await notice(vera, id, 'grave')
    await notice(rita, id, 'stop')
    expect(await roundAt(midnight)).toBe(0)
    await notice(rita, id, 'grave')
    expect(await roundAt(midnight)).toBe(1)
    expect(service.received.map((got) => got.path)).toEqual(['/rita'])
    expect(await roundAt(midnight, 12 * 60 * minute)).toBe(2)
  })

  it('is tried again in an hour when it failed, and never follows anybody elsewhere', async () => {
    const [kari, rita] = [await signedIn('kari'), await signedIn('rita')]
    await subscribe(rita, '/busy')
    await report(kari)
    service.answer('/busy', 307, { location: service.addressOf('/elsewhere') })
    expect([await roundAt(noon), await roundAt(noon, 30 * minute)]).toEqual([0, 0])
    expect(service.received.map((got) => got.path)).toEqual(['/busy'])
    service.answer('/busy', 201)
    expect(await roundAt(noon, 60 * minute)).toBe(1)
  })

  it.each([404, 410])('ends when the phone wants no more (%i)', async (status) => {
    const [kari, rita] = [await signedIn('kari'), await signedIn('rita')]
    await subscribe(rita, '/gone')
    service.answer('/gone', status)
    await report(kari)
    expect(await roundAt(noon)).toBe(0)
    expect(await query('select from push_subscription')).toEqual([])
    // Nobody is left to tell.
    await roundAt(noon, minute)
    expect(await query('select from notice where pushed_at is null')).toEqual([])
  })
})

describe('a phone that wants to be told', () => {
  it('gets the server’s key, which lies beside the others and not in the database', async () => {
    const rita = await signedIn('rita')
    const answer = await (await rita.visitor.ask('/api/v1/push', { headers: { 'x-account': rita.account } })).json()
    expect(answer).toEqual({ key: server.services.keyring.push.publicKey, isOn: true })
    expect(Buffer.from(server.services.keyring.push.publicKey, 'base64url')).toHaveLength(65)
    expect(statSync(path.join(server.services.settings.dataDir, 'keys', 'push.json')).mode & 0o777).toBe(0o600)
    expect((await server.visitor().ask('/api/v1/push')).status).toBe(401)
  })

  it('leaves no address in the open', async () => {
    const phone = await subscribe(await signedIn('rita'), '/secret-address')
    const rows = JSON.stringify(await query('select *, encode(sealed, \'escape\') as text from push_subscription'))
    for (const words of ['secret-address', phone.subscription.keys.auth, phone.subscription.keys.p256dh]) expect(rows).not.toContain(words)
  })

  it('is refused at an address that is no push service', async () => {
    const rita = await signedIn('rita')
    const { keys } = openPhone('x').subscription
    for (const endpoint of ['https://example.no/x', 'http://fcm.googleapis.com/x', 'https://fcm.googleapis.com:8443/x', 'https://a:b@fcm.googleapis.com/x', 'https://169.254.169.254/', 'http://127.0.0.1/x', 'nowhere at all'])
      expect([endpoint, (await send(rita, 'PUT', '/api/v1/push', { endpoint, keys, locale: 'nb' })).status]).toEqual([endpoint, 422])
    expect((await send(rita, 'PUT', '/api/v1/push', { endpoint: 'https://fcm.googleapis.com/x', keys: { ...keys, p256dh: Buffer.alloc(65, 4).toString('base64url') }, locale: 'nb' })).status).toBe(422)
    const known = readSettings({})
    expect(['https://fcm.googleapis.com/fcm/send/x', 'https://updates.push.services.mozilla.com/wpush/v2/x', 'https://web.push.apple.com/x', 'https://wns2-par02p.notify.windows.com/w/?token=x'].map((at) => isPushAddress(at, known))).toEqual([true, true, true, true])
    expect(isPushAddress('http://localhost/x', { pushHosts: ['localhost'], production: true })).toBe(false)
  })

  it('is one of ten, and may end', async () => {
    const rita = await signedIn('rita')
    for (let nth = 0; nth < 11; nth += 1) await subscribe(rita, `/${nth}`)
    expect(await query('select from push_subscription')).toHaveLength(10)
    await send(rita, 'POST', '/api/v1/push/end', { endpoint: service.addressOf('/10') })
    expect(await query('select from push_subscription')).toHaveLength(9)
  })

  it('ends with signing out there, and goes over to whoever uses the phone next', async () => {
    const [rita, vera] = [await signedIn('rita'), await signedIn('vera')]
    await subscribe(rita, '/shared')
    await subscribe(vera, '/shared')
    expect(await query('select account from push_subscription')).toEqual([{ account: vera.account }])
    await vera.visitor.post('/api/v1/session/end', {})
    expect(await query('select from push_subscription')).toEqual([])
  })
})

it('is night from 20 to 07 at the school, summer and winter', () => {
  const at = ['2027-01-10T18:59:00Z', '2027-01-10T19:00:00Z', '2027-01-10T05:59:00Z', '2027-01-10T06:00:00Z', '2027-07-10T17:59:00Z', '2027-07-10T18:00:00Z', '2027-07-10T05:00:00Z']
  expect(at.map((moment) => isNight(new Date(moment)))).toEqual([false, true, true, false, false, true, false])
})
