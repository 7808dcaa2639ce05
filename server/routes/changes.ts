/** Everything new that somebody may see, in the order in which it was committed. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Changes, type Change, type Changes as Answer } from '#contract/changes.ts'
import { requireAccount } from '../identity/actor.ts'
import type { Sql } from '../database/database.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { goneAfter, noticesAfter } from '../queries/cases.ts'
import { changedAfter, confirmOwn, giveNumber, standing } from '../queries/reports.ts'
import { settingsOf } from '../queries/settings.ts'
import { trainingAfter } from '../queries/training.ts'
import { closeWork } from '../queries/work.ts'
import type { Services } from '../services.ts'
import { trainingChange } from '../training.ts'
import { changesOf } from '../views.ts'

const pageSize = 500

/** What this person delivered without sign-in is theirs, now that they are here. */
async function confirm(sql: Sql, account: string): Promise<void> {
  const reports = await confirmOwn(sql, account)
  if (reports.length === 0) return
  const first = await closeWork(sql, reports.map((object) => ({ action: 'report.confirm', object })), reports.length)
  for (const [nth, report] of reports.entries()) await giveNumber(sql, report, first + nth)
}

type Numbered = { seq: number; changes: Change[] }
/** The oldest of all lists together, up to a page. A letter and its notices share a number, and a number is never cut in two: the cursor would pass its second half. */
function pageOf(rows: Numbered[], from: number): { rows: Numbered[]; more: boolean } {
  const sorted = rows.toSorted((one, other) => one.seq - other.seq)
  if (sorted.length < pageSize) return { rows: sorted, more: false }
  // Each list was cut at a page: what lies beyond the shortest list's end is not complete, and the last number may not be either.
  const last = sorted[pageSize - 1]?.seq ?? from
  const whole = sorted.filter(({ seq }) => seq < last)
  return whole.length > 0 ? { rows: whole, more: true } : { rows: sorted.filter(({ seq }) => seq === last), more: true }
}

/** A cursor speaks of one database and one set of grants: after a restore, or when a role was given or taken, the phone starts afresh. */
function position(after: string | undefined, prefix: string, newest: number): number {
  if (after === undefined || after === '') return 0
  const cut = after.lastIndexOf('.')
  const seq = Number(after.slice(cut + 1))
  if (after.slice(0, cut) !== prefix || !Number.isSafeInteger(seq) || seq < 0 || seq > newest) throw new Failure('cursor-unknown')
  return seq
}

export const changesRoutes = ({ database, keyring }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()
  app.get('/changes', {
    schema: { summary: 'What changed after a cursor', querystring: Type.Object({ after: Type.Optional(Type.String({ maxLength: 120 })) }, { additionalProperties: false }), response: { 200: Changes } },
    config: { policy: 'report.read.own' },
  }, async (request): Promise<Answer> => {
    const account = requireAccount(request)
    await database.asActor({ account }, (sql) => confirm(sql, account))
    // One moment for all of it: a report that is committed between two of these statements must not lie behind the cursor that the other gave.
    return database.asReader({ account }, async (sql) => {
      const here = await standing(sql)
      const reader = await accountWithGrants(sql, account, keyring)
      if (!here || !reader) throw new Failure('sign-in-needed')
      const prefix = `${here.epoch}.${here.grants}`
      const from = position(request.query.after, prefix, here.seq)
      const { settings: { clocks } } = await settingsOf(sql)
      // Each list is the oldest of its kind, so the first page of all of them together lies within.
      const reports = await changesOf(sql, await changedAfter(sql, from, pageSize), { reader, keyring, clocks })
      const training = (await trainingAfter(sql, from, pageSize)).map((row) => ({ seq: row.seq, changes: [trainingChange(row, keyring)] }))
      const notices = (await noticesAfter(sql, account, from, pageSize)).map(({ id, what, at, ...row }) => ({ seq: row.seq, changes: [{ ...row, kind: 'notice', report: id, what, at: at.toISOString() } as Change] }))
      const gone = (await goneAfter(sql, from, pageSize)).map((row) => ({ seq: row.seq, changes: [{ kind: 'case-gone', ...row } as Change] }))
      const { rows, more } = pageOf([...reports, ...training, ...notices, ...gone], from)
      return { changes: rows.flatMap(({ changes }) => changes), cursor: `${prefix}.${rows.at(-1)?.seq ?? from}`, more }
    })
  })
}
