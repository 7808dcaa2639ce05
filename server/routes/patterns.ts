/** Where grave things repeat, and what is overdue, as counts of one's own schools or the whole municipality. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { smallest } from '#contract/disclosure.ts'
import { patternRule } from '#contract/patternRule.ts'
import { Patterns, type Patterns as Answer } from '#contract/patterns.ts'
import { requireAccount } from '../identity/actor.ts'
import { can } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { patternsSince, type PatternRow } from '../queries/patterns.ts'
import type { Services } from '../services.ts'

const dayMs = 86_400_000
const counts = ['level2', 'level3', 'overdue', 'unopened'] as const
/** Whoever looks after a school that they do not work at gets no number of a few; that there is a pattern, they are told. */
const shownTo = (knowsEach: boolean, row: PatternRow) => (knowsEach ? {} : Object.fromEntries(counts.map((name) => [name, row[name] < smallest ? null : row[name]])))

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
      const ownUnits = new Set(grants.flatMap(({ role, unit }) => ((role === 'leder' || role === 'verneombud') && unit ? [unit.id] : [])))
      return { since: since.toISOString(), units: units.map((row) => Object.assign(row, { isPattern: row.level2 >= patternRule.level2 || row.level3 >= patternRule.level3 }, shownTo(ownUnits.has(row.unit), row))) }
    })
  })
}
