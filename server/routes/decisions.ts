/** What meetings that assess risk decided: kept, corrected, taken back, marked as done, and the reports that led to it. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Day, maybe, Uuid } from '#contract/facts.ts'
import { RosDecision, RosLinks, type RosLinks as Links } from '#contract/statistics.ts'
import type { Sql } from '../database/database.ts'
import { requireAccount } from '../identity/actor.ts'
import { Failure } from '../problems.ts'
import { decisionById, insertDecision, linksOf, meetingReports, noteDone, withdrawDecision, type DecisionRow } from '../queries/ros.ts'
import { published } from '../queries/statistics.ts'
import { closeWork } from '../queries/work.ts'
import { checkDecision, checkDone, mostQuarters, whatMay } from '../rosRules.ts'
import type { Services } from '../services.ts'
import { pageOf } from '../statistics/keptPages.ts'
import { ledTo, sourceOf } from '../statistics/meeting.ts'
import { ledToTown } from '../statistics/townMeeting.ts'

const Done = Type.Object({ on: maybe(Day) }, { additionalProperties: false })
const One = Type.Object({ id: Uuid })
const replaces = Type.Optional(Uuid)
const writing = (unit: string | null) => (unit === null ? 'ros.town.write' as const : 'ros.write' as const)
const isSame = (one: RosDecision, other: RosDecision) => JSON.stringify(Object.entries(one).toSorted()) === JSON.stringify(Object.entries(other).toSorted())

interface Asked { account: string; id: string; unit: string | null; decision: RosDecision; instead: string | undefined }
interface Led { led: number | null; reports: string[] }

export const decisionRoutes = ({ database, keyring, clock }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  /** A decision that stands and that the asker may change. */
  async function theirs(sql: Sql, account: string, id: string): Promise<DecisionRow> {
    const row = await decisionById(sql, id)
    if (!row || row.isWithdrawn || !(await whatMay(sql, account, keyring))(writing(row.unit), row.unit)) throw new Failure('not-found')
    return row
  }

  /** Once, with what led to it. Instead of another: that one is taken back, and what was said to be done stays done. */
  const keep = ({ account, id, unit, decision, instead }: Asked, look: (sql: Sql) => Promise<Led>) => database.asActor({ account }, async (sql) => {
    const now = clock()
    if (!(await whatMay(sql, account, keyring))(writing(unit), unit)) throw new Failure('not-found')
    checkDecision(decision, now)
    const before = await decisionById(sql, id)
    // An answer that was lost on the way: the same decision again.
    if (before) {
      if (before.unit === unit && isSame(before.content, decision)) return
      throw new Failure('version-conflict')
    }
    const old = instead === undefined ? undefined : await theirs(sql, account, instead)
    if (old && old.unit !== unit) throw new Failure('not-found')
    const { led, reports } = await look(sql)
    if (!await insertDecision(sql, { id, unit, account, decision, led, reports, doneOn: old?.doneOn ?? null, now })) throw new Failure('version-conflict')
    // Of two who correct the same at once, the second is told that it is gone.
    if (old && !await withdrawDecision(sql, old.id, now)) throw new Failure('not-found')
    await closeWork(sql, [...(old ? [{ action: 'ros.withdraw', object: old.id }] : []), { action: 'ros.write', object: id, detail: { unit: unit ?? 'all', events: led ?? 'hidden' } }], 0)
  })

  app.put('/ros/:id', {
    schema: { summary: 'Keep what a meeting decided, with the events that led to it, if need be instead of an earlier decision. The same again changes nothing', params: One, querystring: Type.Object({ unit: Uuid, replaces }, { additionalProperties: false }), body: RosDecision, response: { 204: Type.Null() } },
    config: { policy: 'ros.write' },
  }, async (request, reply) => {
    const account = requireAccount(request)
    const { params: { id }, query: { unit, replaces: instead }, body: decision } = request
    if (!await database.asReader({ account }, async (sql) => (await whatMay(sql, account, keyring))('ros.write', unit))) throw new Failure('not-found')
    checkDecision(decision, clock())
    const page = await pageOf(database, { unit, quarter: decision.quarter, now: clock() })
    await keep({ account, id, unit, decision, instead }, async (sql) => {
      const { from, until } = sourceOf(decision.quarter)
      return ledTo(page, await meetingReports(sql, unit, from, until), decision)
    })
    return reply.code(204).send(null)
  })

  app.put('/ros/town/:id', {
    schema: { summary: 'Keep what the municipality’s meeting decided, with what the closed quarter said of it, if need be instead of an earlier decision. The same again changes nothing', params: One, querystring: Type.Object({ replaces }, { additionalProperties: false }), body: RosDecision, response: { 204: Type.Null() } },
    config: { policy: 'ros.town.write' },
  }, async (request, reply) => {
    const { params: { id }, query: { replaces: instead }, body: decision } = request
    await keep({ account: requireAccount(request), id, unit: null, decision, instead }, async (sql) => {
      const quarter = (await published(sql, 'quarter', mostQuarters)).find((one) => one.quarter === decision.quarter)
      // What was published tells situations and places apart, never together.
      if (!quarter) throw new Failure('invalid-content', { detail: 'quarter' })
      if (decision.place !== null) throw new Failure('invalid-content', { detail: 'place' })
      return { led: ledToTown(quarter, decision), reports: [] }
    })
    return reply.code(204).send(null)
  })

  app.post('/ros/:id/done', {
    schema: { summary: 'The measure was carried out; null: it was not after all', params: One, body: Done, response: { 204: Type.Null() } },
    config: { policy: 'ros.write' },
  }, async (request, reply) => {
    const account = requireAccount(request)
    const { params: { id }, body: { on } } = request
    await database.asActor({ account }, async (sql) => {
      await theirs(sql, account, id)
      if (on !== null) checkDone(on, clock())
      if (!await noteDone(sql, id, on)) throw new Failure('not-found')
      await closeWork(sql, [{ action: on === null ? 'ros.undone' : 'ros.done', object: id }], 0)
    })
    return reply.code(204).send(null)
  })

  app.post('/ros/:id/withdraw', {
    schema: { summary: 'It was not decided after all. Taken back again changes nothing', params: One, body: Type.Object({}, { additionalProperties: false }), response: { 204: Type.Null() } },
    config: { policy: 'ros.write' },
  }, async (request, reply) => {
    const account = requireAccount(request)
    const { id } = request.params
    await database.asActor({ account }, async (sql) => {
      if ((await decisionById(sql, id))?.isWithdrawn) return
      await theirs(sql, account, id)
      if (await withdrawDecision(sql, id, clock())) await closeWork(sql, [{ action: 'ros.withdraw', object: id }], 0)
    })
    return reply.code(204).send(null)
  })

  app.get('/ros/links', {
    schema: { summary: 'What a school’s meetings decided, each with those of the reports that led to it which the asker may read', querystring: Type.Object({ unit: Uuid }, { additionalProperties: false }), response: { 200: RosLinks } },
    config: { policy: 'ros.read' },
  }, async (request): Promise<Links> => {
    const account = requireAccount(request)
    const { unit } = request.query
    return database.asReader({ account }, async (sql) => {
      if (!(await whatMay(sql, account, keyring))('ros.read', unit)) throw new Failure('not-found')
      return { asOf: clock().toISOString(), links: (await linksOf(sql, unit)).map(({ id, content, doneOn, reports }) => Object.assign(content, { id, doneOn, reports })) }
    })
  })
}
