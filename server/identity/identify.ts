/** Reads who is asking from the cookies, once per request. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { liveDevice, touchDevice } from '../queries/devices.ts'
import { liveSession, touchSession } from '../queries/sessions.ts'
import type { Services } from '../services.ts'
import { nobody } from './actor.ts'
import { cookieHash, cookieNames, giveCookie } from './cookies.ts'

/** A session's use is noted once a minute, a device's once a day: reading should not cost a write. */
const sessionNoteMs = 60_000
const deviceNoteMs = 86_400_000
const daySeconds = 86_400

/** An onRequest hook that sets `request.actor`. */
export const identify = ({ database, settings, clock }: Services) => async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  request.actor = nobody
  const sessionHash = cookieHash(request, cookieNames.session)
  const deviceHash = cookieHash(request, cookieNames.device)
  if (sessionHash === undefined && deviceHash === undefined) return

  const now = clock()
  const days = settings.session.deviceDays
  const isOld = (seenAt: Date, ms: number) => now.getTime() - seenAt.getTime() >= ms
  await database.asServer(async (sql) => {
    const session = sessionHash && await liveSession(sql, sessionHash, now)
    const device = deviceHash && await liveDevice(sql, deviceHash, { now, days })
    if (sessionHash && session && isOld(session.seenAt, sessionNoteMs)) await touchSession(sql, sessionHash, now)
    if (deviceHash && device && isOld(device.seenAt, deviceNoteMs)) {
      await touchDevice(sql, deviceHash, now)
      giveCookie(reply, cookieNames.device, request.cookies[cookieNames.device] ?? '', days * daySeconds)
    }
    request.actor = {
      account: session?.account ?? null,
      via: session ? 'session' : device ? 'device' : 'none',
      deviceAccounts: device?.accounts ?? [],
      ...(session?.shownAt ? { shownAt: session.shownAt } : {}),
      ...(sessionHash && session ? { sessionId: sessionHash.toString('hex') } : {}),
      ...(deviceHash && device ? { deviceId: deviceHash.toString('hex') } : {}),
    }
  })
}
