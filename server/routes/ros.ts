/** Meetings that assess risk, a school's and the municipality's: their page. What they decide is in decisions.ts. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Uuid } from '#contract/facts.ts'
import { quarterYearBefore, startOf } from '#contract/periods.ts'
import { Quarter, RosMeeting, type RosMeeting as Answer } from '#contract/statistics.ts'
import { requireAccount } from '../identity/actor.ts'
import { Failure } from '../problems.ts'
import { decisionsOf, meetingReports, townDecisions, unitName } from '../queries/ros.ts'
import { settingsOf } from '../queries/settings.ts'
import { published } from '../queries/statistics.ts'
import { mostQuarters, whatMay } from '../rosRules.ts'
import type { Services } from '../services.ts'
import { pageOf } from '../statistics/keptPages.ts'
import { closedQuarters, meetingPage } from '../statistics/meeting.ts'
import { townMeetingPage } from '../statistics/townMeeting.ts'

export const rosRoutes = ({ database, keyring, clock }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  app.get('/ros', {
    schema: { summary: 'The page of a risk-assessment meeting: a quarter of one school, protected, and what earlier meetings decided', querystring: Type.Object({ unit: Uuid, quarter: Type.Optional(Quarter) }, { additionalProperties: false }), response: { 200: RosMeeting } },
    config: { policy: 'ros.read' },
  }, async (request): Promise<Answer> => {
    const account = requireAccount(request)
    const now = clock()
    const { unit, quarter = closedQuarters(now.getTime())[0] ?? '' } = request.query
    const { name, mayDecide, decisions, breaks } = await database.asReader({ account }, async (sql) => {
      const may = await whatMay(sql, account, keyring)
      const known = await unitName(sql, unit)
      if (known === undefined || !may('ros.read', unit) || quarter > (closedQuarters(now.getTime())[0] ?? '')) throw new Failure('not-found')
      return { name: known, mayDecide: may('ros.write', unit), decisions: await decisionsOf(sql, unit), breaks: (await settingsOf(sql)).settings.breaks }
    })
    const [page, before] = [await pageOf(database, { unit, quarter, now }), await pageOf(database, { unit, quarter: quarterYearBefore(quarter), now })]
    const oldest = decisions.map(({ content: { metOn } }) => metOn).toSorted()[0]
    const sinceRows = oldest === undefined ? [] : await database.asServer((sql) => meetingReports(sql, unit, new Date(startOf(oldest)), now))
    return meetingPage({ unit, unitName: name, quarter, now: now.getTime(), mayDecide, page, before, sinceRows, decisions, breaks })
  })

  app.get('/ros/town', {
    schema: { summary: 'The page of the municipality’s own meeting: a closed quarter as it was published, and what earlier meetings decided', querystring: Type.Object({ quarter: Type.Optional(Quarter) }, { additionalProperties: false }), response: { 200: RosMeeting } },
    config: { policy: 'ros.town.read' },
  }, async (request): Promise<Answer> => {
    const account = requireAccount(request)
    const now = clock().getTime()
    return database.asReader({ account }, async (sql) => {
      const may = await whatMay(sql, account, keyring)
      if (!may('ros.town.read', null)) throw new Failure('not-found')
      const quarters = await published(sql, 'quarter', mostQuarters)
      const quarter = request.query.quarter ?? quarters[0]?.quarter ?? closedQuarters(now)[0] ?? ''
      if (request.query.quarter !== undefined && !quarters.some((one) => one.quarter === quarter)) throw new Failure('not-found')
      return townMeetingPage({ quarter, before: quarterYearBefore(quarter), now, mayDecide: may('ros.town.write', null), quarters, decisions: await townDecisions(sql), breaks: (await settingsOf(sql)).settings.breaks })
    })
  })
}
