/** Who is signed in, and signing out. */
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Session, type Session as Answer } from '#contract/session.ts'
import { cookieNames, takeCookie, whoCookie } from '../identity/cookies.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { endDevice } from '../queries/push.ts'
import { deleteSession } from '../queries/sessions.ts'
import type { Services } from '../services.ts'

/** Routes under /api/v1/session. */
export const sessionRoutes = ({ database, keyring, settings, live }: Services): FastifyPluginAsync => async (app) => {
  app.get('/session', {
    schema: { summary: 'Who is signed in; account is null when nobody is', response: { 200: Session } },
    config: { policy: 'public' },
  }, async ({ actor }): Promise<Answer> => {
    const id = actor.account
    const account = id === null ? undefined : await database.asServer((sql) => accountWithGrants(sql, id, keyring))
    return { account: account ?? null, municipality: settings.municipality, demo: settings.demo }
  })

  // The device keeps its power to deliver: signing out must never strand what is unsent.
  app.post('/session/end', {
    schema: { summary: 'Sign out', response: { 204: Type.Null() } },
    config: { policy: 'public' },
  }, async ({ actor }, reply) => {
    const { sessionId: id, account, deviceId } = actor
    if (id !== undefined) {
      await database.asServer(async (sql) => {
        if (account !== null && deviceId !== undefined) await endDevice(sql, account, Buffer.from(deviceId, 'hex'))
        await deleteSession(sql, Buffer.from(id, 'hex'))
      })
      live.endSession(id)
    }
    takeCookie(reply, cookieNames.session)
    takeCookie(reply, whoCookie)
    return reply.code(204).send(null)
  })
}
