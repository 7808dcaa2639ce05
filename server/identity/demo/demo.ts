/**
 * The demo identity provider: a real OpenID Connect provider, in the same process, that lets anyone in as anyone. Only loaded when no real
 * issuer is set (settings.ts has the locks); the package is not part of a production install.
 */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import { createProvider, type IdentityProvider } from '../provider.ts'
import { demoAlgorithm, demoConfiguration } from './configuration.ts'
import { loadProvider } from './load.ts'
import { loginPage, pageHeaders, stylesheet, tooLatePage } from './page.ts'
import { demoPeople } from './people.ts'

const mount = '/demo-idp'
const config = { policy: 'public', navigable: true }
const schema = { hide: true }

export interface Demo { routes: FastifyPluginAsync; identityProvider: IdentityProvider }

/** What a small form sent. The provider reads requests by itself, so Fastify's parsers are out of its way here. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > 1_000) break
  }
  return new URLSearchParams(text.slice(0, 1_000))
}

/** The server talks to its own provider directly: its public address may be a proxy's, or not yet reachable. */
const ownFetch = (app: FastifyInstance, baseUrl: string) => (url: string, options: object): Promise<Response> => {
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('The server does not listen yet')
  const host = address.family === 'IPv6' ? '[::1]' : '127.0.0.1'
  return fetch(url.replace(baseUrl, `http://${host}:${address.port}`), options)
}

/** Every sign-in begins with a blank page: the demo remembers nobody, so nobody becomes yesterday's person, and nobody must sign out first. */
const withoutMemory = (cookies: string): string => cookies.split(/;\s*/).filter((pair) => !pair.startsWith('_session')).join('; ')

const pagesOf = (provider: Provider, baseUrl: string): FastifyPluginAsync => async (app) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  const interactionOf = async (raw: IncomingMessage, reply: FastifyReply) => {
    try {
      return await provider.interactionDetails(raw, reply.raw)
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'SessionNotFound') return undefined
      throw cause
    }
  }
  const tooLate = (reply: FastifyReply) => reply.code(400).headers(pageHeaders).send(tooLatePage())

  app.get('/style.css', { config, schema }, (_request, reply) => reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(stylesheet))

  app.get<{ Params: { uid: string } }>('/interaction/:uid', { config, schema }, async ({ raw }, reply) => {
    const found = await interactionOf(raw, reply)
    return found === undefined ? tooLate(reply) : reply.headers(pageHeaders).send(loginPage(found.uid))
  })

  app.post<{ Params: { uid: string } }>('/interaction/:uid', { config, schema }, async ({ raw, headers }, reply) => {
    const subject = (await readForm(raw)).get('login')
    const found = await interactionOf(raw, reply)
    if (found === undefined || headers.origin !== baseUrl || subject === null || !demoPeople.some((person) => person.subject === subject)) return tooLate(reply)
    reply.hijack()
    await provider.interactionFinished(raw, reply.raw, { login: { accountId: subject } })
    return reply
  })

  const hand = provider.callback()
  const pass = async ({ raw }: FastifyRequest, reply: FastifyReply) => {
    reply.hijack()
    // Addresses are built from what is configured, never from what a request claims.
    raw.headers.host = new URL(baseUrl).host
    raw.headers['x-forwarded-proto'] = new URL(baseUrl).protocol.slice(0, -1)
    const original = raw.url ?? mount
    Object.assign(raw, { originalUrl: original })
    raw.url = original.slice(mount.length) || '/'
    if (raw.headers.cookie !== undefined) raw.headers.cookie = withoutMemory(raw.headers.cookie)
    for (const [name, value] of Object.entries(pageHeaders)) if (name !== 'content-type') reply.raw.setHeader(name, value)
    await hand(raw, reply.raw)
  }
  app.route({ method: ['GET', 'POST'], url: '/*', config, schema, handler: pass })
}

/** Makes the provider and the client that signs people in with it. */
export async function createDemo(app: FastifyInstance, baseUrl: string): Promise<Demo> {
  const issuer = baseUrl + mount
  const client = { clientId: 'meldt', clientSecret: randomBytes(32).toString('base64url'), callback: `${baseUrl}/auth/callback` }
  const built: { provider?: Provider } = {}
  const configuration = await demoConfiguration(client, () => {
    if (built.provider === undefined) throw new Error('The demo provider is not built yet')
    return built.provider
  })
  const provider = await loadProvider((constructor) => new constructor(issuer, configuration))
  provider.proxy = true
  built.provider = provider
  return {
    routes: pagesOf(provider, baseUrl),
    identityProvider: createProvider({ ...client, issuer, scope: 'openid profile', storedIssuer: 'demo', algorithm: demoAlgorithm, demoFetch: ownFetch(app, baseUrl) }),
  }
}
