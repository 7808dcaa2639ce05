/** Meetings that assess risk, a school's and the municipality's: their page, what they decided, and whether that helped. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Uuid } from '#contract/facts.ts'
import { daysOfQuarter, quarterYearBefore, startOf } from '#contract/periods.ts'
import { Quarter, RosDecision, RosMeeting, type RosMeeting as Answer } from '#contract/statistics.ts'
import { dayAt } from '#contract/workdays.ts'
import type { Sql } from '../database/database.ts'
import { requireAccount } from '../identity/actor.ts'
import { can, type Action } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { decisionById, decisionsOf, insertDecision, keepPage, keptPage, meetingReports, noteDone, townDecisions, unitName } from '../queries/ros.ts'
import { published } from '../queries/statistics.ts'
import { closeWork } from '../queries/work.ts'
import type { Services } from '../services.ts'
import { closedQuarters, ledTo, meetingPage, schoolPage, sourceOf, type SchoolPage } from '../statistics/meeting.ts'
import { ledToTown, townMeetingPage } from '../statistics/townMeeting.ts'

const isDay = (day: string): boolean => !Number.isNaN(Date.parse(`${day}T12:00:00Z`)) && new Date(`${day}T12:00:00Z`).toISOString().startsWith(day)
const Done = Type.Object({ on: Type.Pick(RosDecision, ['due']).properties.due }, { additionalProperties: false })

/** Ten years of closed quarters. */
const mostQuarters = 40

/** What a decision says must be possible: days that exist, a meeting that was held, a due date that is not before it, a quarter that has ended. */
function check({ metOn, due, quarter }: RosDecision, now: Date): void {
  if (!isDay(metOn) || metOn > dayAt(now.getTime())) throw new Failure('invalid-content', { detail: 'metOn' })
  if (!isDay(due) || due < metOn) throw new Failure('invalid-content', { detail: 'due' })
  if (quarter > (closedQuarters(now.getTime())[0] ?? '')) throw new Failure('invalid-content', { detail: 'quarter' })
  // Else the same events would be before it and after it.
  if (metOn < daysOfQuarter(quarter).to) throw new Failure('invalid-content', { detail: 'metOn' })
}

export const rosRoutes = ({ database, keyring, clock }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  const mayIn = async (sql: Sql, account: string): Promise<(action: Action, unit: string | null) => boolean> => {
    const grants = (await accountWithGrants(sql, account, keyring))?.grants ?? []
    return (action, unit) => can(grants, action, { isReporter: false, unit })
  }

  /** A quarter's page as it stands, made when it is first asked for. */
  const pageOf = (unit: string, quarter: string, now: Date): Promise<SchoolPage> => database.asServer(async (sql) => {
    const kept = await keptPage(sql, unit, quarter)
    if (kept) return kept
    const { from, until } = sourceOf(quarter)
    await keepPage(sql, { unit, quarter, page: schoolPage(await meetingReports(sql, unit, from, until), quarter), now })
    return await keptPage(sql, unit, quarter) as SchoolPage
  })

  /** Once, with what led to it. */
  const keep = ({ account, id, unit, decision }: { account: string; id: string; unit: string | null; decision: RosDecision }, look: (sql: Sql) => Promise<{ led: number | null; reports: string[] }>) =>
    database.asActor({ account }, async (sql) => {
      const now = clock()
      if (!(await mayIn(sql, account))(unit === null ? 'ros.town.write' : 'ros.write', unit)) throw new Failure('not-found')
      check(decision, now)
      const before = await decisionById(sql, id)
      // An answer that was lost on the way: the same decision again.
      if (before) {
        if (before.unit === unit && JSON.stringify(Object.entries(before.content).toSorted()) === JSON.stringify(Object.entries(decision).toSorted())) return
        throw new Failure('version-conflict')
      }
      const { led, reports } = await look(sql)
      if (!await insertDecision(sql, { id, unit, account, decision, led, reports, now })) throw new Failure('version-conflict')
      await closeWork(sql, [{ action: 'ros.write', object: id, detail: { unit: unit ?? 'all', events: led ?? 'hidden' } }], 0)
    })

  app.get('/ros', {
    schema: { summary: 'The page of a risk-assessment meeting: a quarter of one school, protected, and what earlier meetings decided', querystring: Type.Object({ unit: Uuid, quarter: Type.Optional(Quarter) }, { additionalProperties: false }), response: { 200: RosMeeting } },
    config: { policy: 'ros.read' },
  }, async (request): Promise<Answer> => {
    const account = requireAccount(request)
    const now = clock()
    const { unit, quarter = closedQuarters(now.getTime())[0] ?? '' } = request.query
    const { name, mayDecide, decisions } = await database.asReader({ account }, async (sql) => {
      const may = await mayIn(sql, account)
      const known = await unitName(sql, unit)
      if (known === undefined || !may('ros.read', unit) || quarter > (closedQuarters(now.getTime())[0] ?? '')) throw new Failure('not-found')
      return { name: known, mayDecide: may('ros.write', unit), decisions: await decisionsOf(sql, unit) }
    })
    // From here on with the server's eyes: the page is the same whoever of them asks.
    const [page, before] = [await pageOf(unit, quarter, now), await pageOf(unit, quarterYearBefore(quarter), now)]
    const oldest = decisions.map(({ content: { metOn } }) => metOn).toSorted()[0]
    const sinceRows = oldest === undefined ? [] : await database.asServer((sql) => meetingReports(sql, unit, new Date(startOf(oldest)), now))
    return meetingPage({ unit, unitName: name, quarter, now: now.getTime(), mayDecide, page, before, sinceRows, decisions })
  })

  app.put('/ros/:id', {
    schema: { summary: 'Keep what a meeting decided, with the events that led to it. The same again changes nothing', params: Type.Object({ id: Uuid }), querystring: Type.Object({ unit: Uuid }, { additionalProperties: false }), body: RosDecision, response: { 204: Type.Null() } },
    config: { policy: 'ros.write' },
  }, async (request, reply) => {
    const account = requireAccount(request)
    const { params: { id }, query: { unit }, body: decision } = request
    if (!await database.asReader({ account }, async (sql) => (await mayIn(sql, account))('ros.write', unit))) throw new Failure('not-found')
    check(decision, clock())
    const page = await pageOf(unit, decision.quarter, clock())
    await keep({ account, id, unit, decision }, async (sql) => {
      const { from, until } = sourceOf(decision.quarter)
      return ledTo(page, await meetingReports(sql, unit, from, until), decision)
    })
    return reply.code(204).send(null)
  })

  app.get('/ros/town', {
    schema: { summary: 'The page of the municipality’s own meeting: a closed quarter as it was published, and what earlier meetings decided', querystring: Type.Object({ quarter: Type.Optional(Quarter) }, { additionalProperties: false }), response: { 200: RosMeeting } },
    config: { policy: 'ros.town.read' },
  }, async (request): Promise<Answer> => {
    const account = requireAccount(request)
    const now = clock().getTime()
    return database.asReader({ account }, async (sql) => {
      const may = await mayIn(sql, account)
      if (!may('ros.town.read', null)) throw new Failure('not-found')
      const quarters = await published(sql, 'quarter', mostQuarters)
      const quarter = request.query.quarter ?? quarters[0]?.quarter ?? closedQuarters(now)[0] ?? ''
      if (request.query.quarter !== undefined && !quarters.some((one) => one.quarter === quarter)) throw new Failure('not-found')
      return townMeetingPage({ quarter, before: quarterYearBefore(quarter), now, mayDecide: may('ros.town.write', null), quarters, decisions: await townDecisions(sql) })
    })
  })

  app.put('/ros/town/:id', {
    schema: { summary: 'Keep what the municipality’s meeting decided, with what the closed quarter said of it. The same again changes nothing', params: Type.Object({ id: Uuid }), body: RosDecision, response: { 204: Type.Null() } },
    config: { policy: 'ros.town.write' },
  }, async (request, reply) => {
    const { params: { id }, body: decision } = request
    await keep({ account: requireAccount(request), id, unit: null, decision }, async (sql) => {
      const quarter = (await published(sql, 'quarter', mostQuarters)).find((one) => one.quarter === decision.quarter)
      // What was published tells situations and places apart, never together.
      if (!quarter) throw new Failure('invalid-content', { detail: 'quarter' })
      if (decision.place !== null) throw new Failure('invalid-content', { detail: 'place' })
      return { led: ledToTown(quarter, decision), reports: [] }
    })
    return reply.code(204).send(null)
  })

  app.post('/ros/:id/done', {
    schema: { summary: 'The measure was carried out', params: Type.Object({ id: Uuid }), body: Done, response: { 204: Type.Null() } },
    config: { policy: 'ros.write' },
  }, async (request, reply) => {
    const account = requireAccount(request)
    const { params: { id }, body: { on } } = request
    await database.asActor({ account }, async (sql) => {
      const row = await decisionById(sql, id)
      if (!row || !(await mayIn(sql, account))(row.unit === null ? 'ros.town.write' : 'ros.write', row.unit)) throw new Failure('not-found')
      if (!isDay(on) || on > dayAt(clock().getTime())) throw new Failure('invalid-content', { detail: 'on' })
      if (!await noteDone(sql, id, on)) throw new Failure('not-found')
      await closeWork(sql, [{ action: 'ros.done', object: id }], 0)
    })
    return reply.code(204).send(null)
  })
}
