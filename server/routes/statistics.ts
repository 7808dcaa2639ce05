/** Numbers: a school's own, exact and as the asker may read it; the municipality's, counted when a period closed and protected by then. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Uuid, oneOf } from '#contract/facts.ts'
import { quarterYearBefore, schoolPeriods, schoolYearOf, spanOf, startOf } from '#contract/periods.ts'
import { Quarter, SchoolNumbers, Series, TownNumbers } from '#contract/statistics.ts'
import { dayAt } from '#contract/workdays.ts'
import type { Sql } from '../database/database.ts'
import { requireAccount } from '../identity/actor.ts'
import { can, type Action } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { unitName } from '../queries/ros.ts'
import { settingsOf } from '../queries/settings.ts'
import { published, publishedQuarters, quarterNames, schoolReports, schoolsWithTraining } from '../queries/statistics.ts'
import type { Services } from '../services.ts'
import { schoolNumbers } from '../statistics/school.ts'
import { lastQuarters, townNumbers, yearBefore } from '../statistics/town.ts'

/** Nine school years of months. */
const mostMonths = 100

export const statisticsRoutes = ({ database, keyring, clock }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  const require = async (sql: Sql, account: string, action: Action, unit: string | null): Promise<void> => {
    const grants = (await accountWithGrants(sql, account, keyring))?.grants ?? []
    if (!can(grants, action, { isReporter: false, unit })) throw new Failure('not-found')
  }

  app.get('/statistics/school', {
    schema: { summary: 'One school in numbers: exact, of the reports that the asker may read, beside the same time a year before', querystring: Type.Object({ unit: Uuid, period: oneOf(schoolPeriods) }, { additionalProperties: false }), response: { 200: SchoolNumbers } },
    config: { policy: 'statistics.school' },
  }, async (request) => {
    const account = requireAccount(request)
    const { unit, period } = request.query
    const now = clock().getTime()
    return database.asReader({ account }, async (sql) => {
      await require(sql, account, 'statistics.school', unit)
      const name = await unitName(sql, unit)
      if (name === undefined) throw new Failure('not-found')
      const { settings: { clocks } } = await settingsOf(sql)
      const { span, before } = spanOf(period, now)
      const rows = await schoolReports(sql, unit, new Date(startOf(before.from)), span.to)
      return schoolNumbers(rows, { unit, unitName: name, period, now, clocks })
    })
  })

  app.get('/statistics/series', { schema: { summary: 'The municipality’s closed months', response: { 200: Series } }, config: { policy: 'statistics.series' } }, async (request) => {
    const account = requireAccount(request)
    const months = await database.asReader({ account }, (sql) => published(sql, 'month', mostMonths))
    return { asOf: clock().toISOString(), months: months.toReversed() }
  })

  app.get('/statistics/town', {
    schema: { summary: 'The municipality in closed periods, where five or more', querystring: Type.Object({ quarter: Type.Optional(Quarter) }, { additionalProperties: false }), response: { 200: TownNumbers } },
    config: { policy: 'statistics.town' },
  }, async (request) => {
    const account = requireAccount(request)
    const { quarter: asked } = request.query
    const now = clock()
    return database.asReader({ account }, async (sql) => {
      await require(sql, account, 'statistics.town', null)
      const names = await quarterNames(sql)
      if (asked !== undefined && !names.includes(asked)) throw new Failure('not-found')
      const shown = asked ?? names[0]
      const schools = await published(sql, 'schools', lastQuarters)
      // The figures of the school years that the quarters lie in, each as often as it has quarters.
      const years = schools.length === 0 ? [schoolYearOf(dayAt(now.getTime()))] : schools.map(({ quarter }) => Number(quarter.slice(0, 4)))
      const found = await publishedQuarters(sql, [...schools.map(({ quarter }) => quarter), ...(shown === undefined ? [] : [shown, quarterYearBefore(shown)])])
      return townNumbers({ now, months: await published(sql, 'month', mostMonths), names, asked, found, schools, units: await schoolsWithTraining(sql, yearBefore(now), years) })
    })
  })
}
