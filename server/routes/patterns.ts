/** Where grave things repeat, and what is overdue, as counts of one's own schools or the whole municipality. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { patternRule } from '#contract/patternRule.ts'
import { Patterns, type Patterns as Answer } from '#contract/patterns.ts'
import { requireAccount } from '../identity/actor.ts'
import { can } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { patternsSince } from '../queries/patterns.ts'
import type { Services } from '../services.ts'

const dayMs = 86_400_000

export const patternsRoutes = ({ database, keyring, clock }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()
  app.get('/patterns', {
    schema: { summary: 'Repeated grave events and overdue cases by school, as counts', response: { 200: Patterns } },
    config: { policy: 'patterns.read' },
  }, async (request): Promise<Answer> => {
    const account = requireAccount(request)
    const now = clock()
    const since = new Date(now.getTime() - patternRule.days * dayMs)
    return database.asReader({ account }, async (sql) => {
      const grants = (await accountWithGrants(sql, account, keyring))?.grants ?? []
      if (!grants.some(({ unit }) => can(grants, 'patterns.read', { isReporter: false, unit: unit?.id ?? null }))) throw new Failure('not-found')
      const units = await patternsSince(sql, since, now)
      return { since: since.toISOString(), units: units.map((row) => Object.assign(row, { isPattern: row.level2 >= patternRule.level2 || row.level3 >= patternRule.level3 })) }
    })
  })
}
