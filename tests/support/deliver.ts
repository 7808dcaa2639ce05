/** The API's own routes over a database of one's own. Who asks is said by the test; signing in is proved elsewhere. */
import Fastify from 'fastify'
import type { Deliveries, DeliveryAnswer, SealedLetter } from '#contract/letter.ts'
import { answerFailures } from '../../server/failures.ts'
import { nobody, type RequestActor } from '../../server/identity/actor.ts'
import { biRoutes } from '../../server/routes/bi.ts'
import { casesRoutes } from '../../server/routes/cases.ts'
import { changesRoutes } from '../../server/routes/changes.ts'
import { figuresRoutes } from '../../server/routes/figures.ts'
import { lettersRoutes } from '../../server/routes/letters.ts'
import { patternsRoutes } from '../../server/routes/patterns.ts'
import { peopleRoutes } from '../../server/routes/people.ts'
import { decisionRoutes } from '../../server/routes/decisions.ts'
import { rosRoutes } from '../../server/routes/ros.ts'
import { settingsRoutes } from '../../server/routes/settings.ts'
import { statisticsRoutes } from '../../server/routes/statistics.ts'
import { takeAlongRoutes } from '../../server/routes/takeAlong.ts'
import { readSettings } from '../../server/settings.ts'
import { createLive } from '../../server/live.ts'
import type { Services } from '../../server/services.ts'
import type { FreshDatabase } from './postgres.ts'
import { wire } from './seal.ts'

/** Signed in just now. */
export const signedIn = (account: string): RequestActor => ({ account, via: 'session', deviceAccounts: [account], shownAt: new Date() })
export const deviceOf = (...accounts: string[]): RequestActor => ({ account: null, via: 'device', deviceAccounts: accounts })

/** The routes, asked as whoever a test says. */
export async function openRoutes({ database, keyring }: Pick<FreshDatabase, 'database' | 'keyring'>, environment: NodeJS.ProcessEnv = {}) {
  const services: Services = { settings: readSettings(environment), database, keyring, live: createLive(), clock: () => new Date() }
  const app = Fastify({ onProtoPoisoning: 'error', onConstructorPoisoning: 'error', bodyLimit: 2_000_000, ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } })
  let asker: RequestActor = nobody
  app.decorateRequest('actor', null, [])
  app.addHook('onRequest', async (request) => { request.actor = asker })
  answerFailures(app)
  for (const routes of [lettersRoutes, changesRoutes, patternsRoutes, peopleRoutes, settingsRoutes, casesRoutes, takeAlongRoutes, statisticsRoutes, figuresRoutes, rosRoutes, decisionRoutes, biRoutes]) await app.register(routes(services), { prefix: '/api/v1' })
  await app.ready()

  const ask = async (actor: RequestActor, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, more: Record<string, string> = {}) => {
    asker = actor
    const response = await app.inject({ method, url: `/api/v1${url}`, headers: actor.account === null ? more : { 'x-account': actor.account, ...more }, ...(payload ? { payload } : {}) })
    const isJson = /^application\/(?:problem\+)?json/.test(String(response.headers['content-type']))
    return { status: response.statusCode, body: isJson ? response.json() : undefined, text: response.body, bytes: response.rawPayload, headers: response.headers }
  }
  return {
    app, ask,
    async deliver(actor: RequestActor, ...letters: SealedLetter[]): Promise<DeliveryAnswer[]> {
      const { status, body, text } = await ask(actor, 'POST', '/letters', { letters: letters.map(wire) })
      if (status !== 200) throw new Error(text)
      return (body as Deliveries).answers
    },
  }
}
