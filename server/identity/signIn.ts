/** What happens in the tables when somebody has signed in: a new session, and this device may deliver for them. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '#contract/session.ts'
import { accountWithGrants, findOrCreateAccount } from '../queries/accounts.ts'
import { insertDevice, liveDevice, pairDevice, touchDevice } from '../queries/devices.ts'
import { deleteEndedSessions, deleteSession, insertSession } from '../queries/sessions.ts'
import type { Services } from '../services.ts'
import { cookieHash, cookieNames, giveCookie, nameWho, newSecret } from './cookies.ts'
import type { Person } from './provider.ts'

const hourMs = 3_600_000

/** Those who see what others wrote are signed out sooner when they leave the app. */
const idleMinutesFor = (account: Account | undefined, { idleMinutes, leaderIdleMinutes }: Services['settings']['session']): number =>
  account?.grants.some(({ role }) => role !== 'ansatt') ? leaderIdleMinutes : idleMinutes

/** Ends the session that was there, opens a new one with a new id, and pairs the device with the account. */
export async function signIn({ database, keyring, settings, clock }: Services, { request, reply, person }: { request: FastifyRequest; reply: FastifyReply; person: Person }): Promise<void> {
  const now = clock()
  const { absoluteHours, deviceDays } = settings.session
  const session = newSecret()
  const device = newSecret()
  const oldSession = cookieHash(request, cookieNames.session)
  const oldDevice = cookieHash(request, cookieNames.device)

  const { id, keepsDevice } = await database.asServer(async (sql) => {
    const id = await findOrCreateAccount(sql, { issuer: person.issuer, subject: person.subject, name: person.name, keyring })
    const account = await accountWithGrants(sql, id, keyring)
    await deleteEndedSessions(sql, now)
    if (oldSession) await deleteSession(sql, oldSession)
    await insertSession(sql, { hash: session.hash, account: id, idleMinutes: idleMinutesFor(account, settings.session), shownAt: person.shownAt, now, expiresAt: new Date(now.getTime() + absoluteHours * hourMs) })
    const known = oldDevice && await liveDevice(sql, oldDevice, { now, days: deviceDays })
    if (oldDevice && known) await touchDevice(sql, oldDevice, now)
    else await insertDevice(sql, device.hash, now)
    await pairDevice(sql, oldDevice && known ? oldDevice : device.hash, id, now)
    return { id, keepsDevice: Boolean(known) }
  })
  giveCookie(reply, cookieNames.session, session.value, absoluteHours * 3600)
  nameWho(reply, id, absoluteHours * 3600)
  giveCookie(reply, cookieNames.device, keepsDevice ? request.cookies[cookieNames.device] ?? '' : device.value, deviceDays * 86_400)
}
