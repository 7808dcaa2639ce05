/** Builds the server from its services: app, API and sign-in on one origin. Nothing listens yet. */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance } from 'fastify'
import { answerBadConnection, answerFailures, sendFailure } from './failures.ts'
import { helmetOptions, moreHeaders } from './headers.ts'
import { nobody } from './identity/actor.ts'
import { identify } from './identity/identify.ts'
import { chooseProvider } from './identity/chooseProvider.ts'
import { sameOrigin } from './identity/sameOrigin.ts'
import { limitKey } from './limits.ts'
import { logAnswers, loggerOptions, ownLinesOnly } from './logs.ts'
import { describeFailures, openapiOptions } from './openapi.ts'
import { checkEachRoute } from './policyHook.ts'
import { failureOf } from './problems.ts'
import { authRoutes } from './routes/auth.ts'
import { biRoutes } from './routes/bi.ts'
import { casesRoutes } from './routes/cases.ts'
import { changesRoutes } from './routes/changes.ts'
import { figuresRoutes } from './routes/figures.ts'
import { healthRoutes } from './routes/health.ts'
import { keysRoutes } from './routes/keys.ts'
import { lettersRoutes } from './routes/letters.ts'
import { localRoutes } from './routes/local.ts'
import { openapiRoutes } from './routes/openapi.ts'
import { patternsRoutes } from './routes/patterns.ts'
import { peopleRoutes } from './routes/people.ts'
import { pushRoutes } from './routes/push.ts'
import { decisionRoutes } from './routes/decisions.ts'
import { rosRoutes } from './routes/ros.ts'
import { sessionRoutes } from './routes/session.ts'
import { settingsRoutes } from './routes/settings.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { streamRoutes } from './routes/stream.ts'
import { takeAlongRoutes } from './routes/takeAlong.ts'
import { serveApp } from './static.ts'
import type { Services } from './services.ts'

const kib = 1_024

/** The server's frame: what holds for every request, before any route. */
function createFrame({ settings }: Services): FastifyInstance {
  return Fastify({
    logger: loggerOptions(settings.logLevel),
    logController: ownLinesOnly(),
    bodyLimit: 64 * kib,
    // A full batch over the slowest line that the phone has patience for (4 kB a second). A line that stalls is cut after 20 s, headers after 10 s.
    requestTimeout: 300_000,
    connectionTimeout: 20_000,
    keepAliveTimeout: 65_000,
    http: { headersTimeout: 10_000, maxHeaderSize: 16 * kib },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    return503OnClosing: false,
    trustProxy: settings.trustedProxies.length === 0 ? false : settings.trustedProxies,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false, allErrors: false } },
    clientErrorHandler: answerBadConnection,
    frameworkErrors: (error, request, reply) => sendFailure(request, reply, failureOf(error)),
  })
}

/** The whole server. `listen` and `close` are the caller's. */
export async function createApp(services: Services): Promise<FastifyInstance> {
  const { settings } = services
  const app = createFrame(services)
  let stopping = false
  app.addHook('preClose', async () => { stopping = true })
  app.decorateRequest('actor', null, [])
  answerFailures(app)
  logAnswers(app)
  app.addHook('onRequest', async (request, reply) => {
    request.actor = nobody
    moreHeaders(reply, request.url)
  })

  checkEachRoute(app, settings.limits)
  describeFailures(app)
  await app.register(cookie)
  await app.register(helmet, helmetOptions(settings.secure))
  await app.register(rateLimit, { global: false, keyGenerator: limitKey, cache: 20_000 })
  await app.register(underPressure, { maxEventLoopDelay: 3_000, retryAfter: 5 })
  await app.register(swagger, openapiOptions(settings.baseUrl))

  const { identityProvider, demoRoutes } = await chooseProvider(app, settings)
  const isStopping = () => stopping
  await app.register(healthRoutes(services, isStopping))
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', sameOrigin(settings.baseUrl))
    guarded.addHook('onRequest', identify(services))
    await guarded.register(authRoutes(services, identityProvider), { prefix: '/auth' })
    await guarded.register(async (api) => {
      for (const routes of [keysRoutes(services), sessionRoutes(services), lettersRoutes(services), changesRoutes(services), casesRoutes(services), takeAlongRoutes(services), localRoutes(services), streamRoutes(services), settingsRoutes(services), peopleRoutes(services), patternsRoutes(services), pushRoutes(services), statisticsRoutes(services), figuresRoutes(services), rosRoutes(services), decisionRoutes(services), biRoutes(services), openapiRoutes()]) await api.register(routes)
    }, { prefix: '/api/v1' })
  })
  if (demoRoutes) await app.register(demoRoutes, { prefix: '/demo-idp' })
  await serveApp(app, settings.distDir)
  return app
}
