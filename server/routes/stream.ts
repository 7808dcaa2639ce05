/** A line that says "ask" when there is something new (Server-Sent Events). The pull stays the truth; whoever has no such line asks now and then. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Uuid } from '#contract/facts.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants, tenantOf } from '../queries/accounts.ts'
import type { Services } from '../services.ts'

/** Shorter than the server's patience with a silent line. */
const beatMs = 12_000
/** Then it ends and is opened anew: who may look is asked again. */
const lifeMs = 5 * 60_000

export const streamRoutes = ({ database, keyring, live }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()
  app.addHook('preClose', async () => live.endAll())

  app.get('/stream', {
    // An EventSource cannot send a header, so whom the phone believes to be signed in stands in the address.
    schema: { summary: 'Empty messages when there is something new', querystring: Type.Object({ account: Uuid }, { additionalProperties: false }) },
    config: { policy: 'notices.read' },
  }, async (request, reply) => {
    const { account, sessionId } = request.actor
    if (account === null) throw new Failure('sign-in-needed')
    if (request.query.account !== account) throw new Failure('wrong-account')
    const [person, tenant] = await database.asActor({ account }, async (sql) => [await accountWithGrants(sql, account, keyring), await tenantOf(sql)] as const)
    if (!person || tenant === undefined) throw new Failure('sign-in-needed')

    const headers = reply.getHeaders()
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' } as Record<string, string>)
    raw.write('retry: 4000\n\n')
    const beat = setInterval(() => raw.write(':\n\n'), beatMs)
    const life = setTimeout(() => raw.end(), lifeMs)
    const leave = live.join({ account, tenant, session: sessionId, grants: person.grants, send: () => { raw.write('data:\n\n') }, end: () => { raw.end() } })
    raw.once('close', () => {
      clearInterval(beat)
      clearTimeout(life)
      leave()
    })
  })
}
