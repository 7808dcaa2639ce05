/** Letters come in here. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Uuid } from '#contract/facts.ts'
import { Deliveries, DeliveryAnswer, Have, Ids, Letters, SealedLetter } from '#contract/letter.ts'
import { judgeLetters } from '../letters.ts'
import { Failure } from '../problems.ts'
import { whichAreHere } from '../queries/letters.ts'
import { readEnvelope } from '../keys/openLetter.ts'
import type { Services } from '../services.ts'

const statusOf = { received: 201, known: 200, conflict: 409, gone: 410, refused: 422, later: 503 } as const

function deliverable(request: FastifyRequest): void {
  if (request.actor.via === 'none') throw new Failure('sign-in-needed')
}

/** Logs the kind of a failure, never its words: they may repeat what was in a row. */
const noteFailure = (request: FastifyRequest) => (cause: unknown) =>
  request.log.error({ code: cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown' }, 'letter not kept')

export const lettersRoutes = (services: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  app.post('/letters', {
    schema: { summary: 'Deliver a batch of sealed letters; each has its own answer, in order', body: Letters, response: { 200: Deliveries } },
    config: { policy: 'report.create' }, preHandler: async (request) => deliverable(request),
  }, async (request) => ({ answers: await judgeLetters(request.body.letters, request.actor, services, noteFailure(request)) }))

  app.put('/letters/:id', {
    schema: { summary: 'Deliver one sealed letter', params: Type.Object({ id: Uuid }), body: SealedLetter, response: { '2xx': DeliveryAnswer, 401: DeliveryAnswer, 409: DeliveryAnswer, 410: DeliveryAnswer, 422: DeliveryAnswer, 503: DeliveryAnswer } },
    config: { policy: 'report.create' }, preHandler: async (request) => deliverable(request),
  }, async (request, reply) => {
    if (readEnvelope(request.body)?.header.id !== request.params.id) throw new Failure('invalid-envelope')
    const [answer] = await judgeLetters([request.body], request.actor, services, noteFailure(request))
    if (!answer) throw new Failure('server-error')
    return reply.code('code' in answer && answer.code === 'sign-in-needed' ? 401 : statusOf[answer.status]).send(answer)
  })

  app.post('/letters/have', {
    schema: { summary: 'Which of these letters are here', body: Ids, response: { 200: Have } },
    config: { policy: 'report.create' }, preHandler: async (request) => deliverable(request),
  }, async ({ body, actor }) => {
    const accounts = [...new Set([...(actor.account === null ? [] : [actor.account]), ...actor.deviceAccounts])]
    const found = await Promise.all(accounts.map((account) => services.database.asActor({ account }, (sql) => whichAreHere(sql, body.ids, [account]))))
    return { here: [...new Set(found.flatMap(({ here }) => here))], gone: [...new Set(found.flatMap(({ gone }) => gone))] }
  })
}
