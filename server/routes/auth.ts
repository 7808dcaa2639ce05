/** Sign-in by navigation: out to the identity provider and back. The app itself never sees a token. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { cookieNames, giveCookie, takeCookie } from '../identity/cookies.ts'
import { createTransactionBox, loginSeconds } from '../identity/loginTransaction.ts'
import { LoginRefused, ProviderAway, type IdentityProvider } from '../identity/provider.ts'
import { ownPath } from '../identity/returnTo.ts'
import { signIn } from '../identity/signIn.ts'
import { Failure } from '../problems.ts'
import type { Services } from '../services.ts'

const Wish = Type.Object({ return_to: Type.Optional(Type.String()), switch: Type.Optional(Type.String()), step_up: Type.Optional(Type.String()) }, { additionalProperties: false })

const home = (outcome: 'refused' | 'failed') => `/?sign-in=${outcome}`

/** A person is shown the app; a program gets the problem document. */
const isPerson = (request: FastifyRequest): boolean => request.headers['sec-fetch-mode'] === 'navigate' || (request.headers.accept ?? '').includes('text/html')

/** Routes under /auth. */
export const authRoutes = (services: Services, provider: IdentityProvider): FastifyPluginAsyncTypebox => async (app) => {
  const box = createTransactionBox(services.clock)

  const fail = (request: FastifyRequest, reply: FastifyReply, cause?: LoginRefused) => {
    request.log.warn({ code: 'sign-in-failed', ...(cause?.cause instanceof Error ? { error: cause.cause.name } : {}) })
    if (!isPerson(request)) throw new Failure(cause instanceof ProviderAway ? 'not-ready' : 'invalid-request')
    // Back in the browser's history leads here too: whoever is signed in has nothing to be told.
    return reply.redirect(request.actor.account === null ? home('failed') : '/', 303)
  }

  app.get('/login', { schema: { hide: true, querystring: Wish }, config: { policy: 'public', navigable: true } }, async (request, reply) => {
    // Nobody is signed in without having asked for it: another site's link only opens the app.
    if (request.headers['sec-fetch-site'] === 'cross-site') return reply.redirect('/', 303)
    const shared = request.actor.deviceAccounts.length > 1
    try {
      const { url, transaction } = await provider.begin({ returnTo: ownPath(request.query.return_to), askAgain: shared || request.query.switch !== undefined, isStepUp: request.query.step_up !== undefined })
      giveCookie(reply, cookieNames.login, await box.seal(transaction), loginSeconds)
      return reply.redirect(url.href, 303)
    } catch (cause) {
      if (cause instanceof LoginRefused) return fail(request, reply, cause)
      throw cause
    }
  })

  app.get('/callback', { schema: { hide: true }, config: { policy: 'public', navigable: true } }, async (request, reply) => {
    const transaction = await box.open(request.cookies[cookieNames.login])
    takeCookie(reply, cookieNames.login)
    if (transaction === undefined) return fail(request, reply)
    try {
      const person = await provider.finish(new URL(request.url, services.settings.baseUrl), transaction)
      if (person.isPupil) return reply.redirect(home('refused'), 303)
      await signIn(services, { request, reply, person })
      return reply.redirect(transaction.returnTo, 303)
    } catch (cause) {
      if (cause instanceof LoginRefused) return fail(request, reply, cause)
      throw cause
    }
  })
}
