/** What rates are reckoned from: posts and pupils, written by the municipality's administrators. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Uuid } from '#contract/facts.ts'
import { Figures, FigureValues, type Figures as Answer } from '#contract/statistics.ts'
import type { Sql } from '../database/database.ts'
import { requireAccount } from '../identity/actor.ts'
import { can } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { figuresOf, putFigure } from '../queries/figures.ts'
import { closeWork } from '../queries/work.ts'
import type { Services } from '../services.ts'

/** A year in an address, 2019–2099. */
const Year = Type.String({ pattern: '^20(19|[2-9]\\d)$' })

export const figuresRoutes = ({ database, keyring, clock }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  const asAdmin = <T>(account: string, work: (sql: Sql) => Promise<T>): Promise<T> => database.asActor({ account }, async (sql) => {
    const grants = (await accountWithGrants(sql, account, keyring))?.grants ?? []
    if (!can(grants, 'figures.write', { isReporter: false, unit: null })) throw new Failure('not-found')
    return work(sql)
  })

  app.get('/statistics/figures', {
    schema: { summary: 'Full-time posts and pupils of each school in a school year', querystring: Type.Object({ year: Year }, { additionalProperties: false }), response: { 200: Figures } },
    config: { policy: 'figures.write' },
  }, async (request): Promise<Answer> => {
    const year = Number(request.query.year)
    return { year, figures: (await asAdmin(requireAccount(request), (sql) => figuresOf(sql, year))).map((row) => Object.assign(row, { year })) }
  })

  app.put('/statistics/figures/:unit/:year', {
    schema: { summary: 'Set posts and pupils of a school in a school year', params: Type.Object({ unit: Uuid, year: Year }), body: FigureValues, response: { 204: Type.Null() } },
    config: { policy: 'figures.write' },
  }, async (request, reply) => {
    const account = requireAccount(request)
    const { unit, year } = request.params
    await asAdmin(account, async (sql) => {
      if (!await putFigure(sql, { unit, year: Number(year), account, now: clock(), values: request.body })) throw new Failure('not-found')
      await closeWork(sql, [{ action: 'figure.write', object: unit, detail: { year: Number(year) } }], 0)
    })
    return reply.code(204).send(null)
  })
}
