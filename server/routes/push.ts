/** A phone that wants to be told, and one that does not any more. */
import { createHash, createECDH } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Push, PushEndpoint, PushSubscription, type Push as Answer } from '#contract/push.ts'
import { requireAccount } from '../identity/actor.ts'
import { Failure } from '../problems.ts'
import { isPushAddress } from '../push/address.ts'
import { pushBinding } from '../push/round.ts'
import { endSubscription, keepSubscription } from '../queries/push.ts'
import { settingsOf } from '../queries/settings.ts'
import type { Services } from '../services.ts'

const hashOf = (endpoint: string) => createHash('sha256').update(endpoint).digest()

/** Keys that nothing can be encrypted for are refused here and not met in the middle of a round. */
function areKeys({ p256dh, auth }: PushSubscription['keys']): boolean {
  const point = Buffer.from(p256dh, 'base64url')
  if (point.length !== 65 || Buffer.from(auth, 'base64url').length !== 16) return false
  const own = createECDH('prime256v1')
  own.generateKeys()
  try {
    return own.computeSecret(point).length > 0
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY') return false
    throw cause
  }
}

export const pushRoutes = ({ database, keyring, settings, clock }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  app.get('/push', { schema: { summary: 'The key for notices on this phone, and whether the municipality has them on', response: { 200: Push } }, config: { policy: 'notices.read' } },
    async (request): Promise<Answer> => database.asReader({ account: requireAccount(request) }, async (sql) => ({ key: keyring.push.publicKey, isOn: (await settingsOf(sql)).settings.features.push })))

  app.put('/push', { schema: { summary: 'Tell this phone when there is something new', body: PushSubscription, response: { 204: Type.Null() } }, config: { policy: 'notices.read' } },
    async (request, reply) => {
      const account = requireAccount(request)
      const { body } = request
      if (!isPushAddress(body.endpoint, settings) || !areKeys(body.keys)) throw new Failure('invalid-content', { detail: 'endpoint' })
      const hash = hashOf(body.endpoint)
      const sealed = keyring.sealUnderMaster(Buffer.from(JSON.stringify(body)), pushBinding(hash))
      const { deviceId } = request.actor
      await database.asServer((sql) => keepSubscription(sql, { account, device: deviceId === undefined ? null : Buffer.from(deviceId, 'hex'), hash, sealed, locale: body.locale, now: clock() }))
      return reply.code(204).send(null)
    })

  app.post('/push/end', { schema: { summary: 'Tell this phone no more', body: PushEndpoint, response: { 204: Type.Null() } }, config: { policy: 'notices.read' } },
    async (request, reply) => {
      const account = requireAccount(request)
      await database.asServer((sql) => endSubscription(sql, account, hashOf(request.body.endpoint)))
      return reply.code(204).send(null)
    })
}
