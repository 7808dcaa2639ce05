/** One case, opened by somebody who may; and who else has read and written in it. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Case, CaseLog, type Case as Answer, type CaseLog as Log } from '#contract/changes.ts'
import { Uuid } from '#contract/facts.ts'
import { requireAccount } from '../identity/actor.ts'
import { can } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants, namesOf } from '../queries/accounts.ts'
import { auditOf } from '../queries/audit.ts'
import { standingOf } from '../queries/cases.ts'
import { closeWork } from '../queries/work.ts'
import { relationTo } from '../cases.ts'
import { sight } from '../caseViews.ts'
import { knowsReporter, peopleOf, readCase } from '../readCase.ts'
import type { Services } from '../services.ts'

const params = Type.Object({ id: Uuid })

export const casesRoutes = (services: Services): FastifyPluginAsync => async (plain) => {
  const { database, keyring } = services
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  app.get('/cases/:id', {
    schema: { summary: 'One case with its letters and acts', params, response: { 200: Case } },
    config: { policy: 'case.read' },
  }, async (request): Promise<Answer> => {
    const account = requireAccount(request)
    const { id } = request.params
    const found = await database.asActor({ account }, async (sql) => {
      const read = await readCase(sql, id, account, services)
      // What belongs to somebody else and what was never here give the same answer.
      if (!read) throw new Failure('not-found')
      // Without its audit row there is no reading: a failure here ends the transaction and the answer with it.
      await closeWork(sql, [{ action: 'case.read', object: id, detail: { sight: read.seen } }], 0)
      return read.found
    })
    return found.summary.part === 'handler' ? { ...found, people: await peopleOf(services, id) } : found
  })

  app.get('/cases/:id/log', {
    schema: { summary: 'Who has read and written in a case', params, response: { 200: CaseLog } },
    config: { policy: 'audit.read' },
  }, async (request): Promise<Log> => {
    const account = requireAccount(request)
    const { id } = request.params
    const hidden = await database.asActor({ account }, async (sql) => {
      const reader = await accountWithGrants(sql, account, keyring)
      const standing = await standingOf(sql, id)
      const relation = standing && relationTo(standing, account)
      const seen = relation && reader && can(reader.grants, 'audit.read', relation) ? sight(reader.grants, relation) : undefined
      if (!standing || !seen) throw new Failure('not-found')
      await closeWork(sql, [{ action: 'audit.read', object: id }], 0)
      return knowsReporter(seen, standing.recused) ? null : standing.reporter
    })
    return database.asServer(async (sql) => {
      // Whoever may not know who reported is not told what that person did either.
      const rows = (await auditOf(sql, id)).filter(({ actor }) => hidden === null || actor !== hidden)
      const names = await namesOf(sql, rows.flatMap(({ actor }) => actor ?? []), keyring)
      return { entries: rows.map(({ at, actor, action }) => ({ at: at.toISOString(), by: actor === null ? null : names.get(actor) ?? null, action })) }
    })
  })
}
