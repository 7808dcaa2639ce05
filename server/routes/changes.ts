/** Everything new that somebody may see, in the order in which it was committed. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Changes, type Changes as Answer } from '#contract/changes.ts'
import { requireAccount } from '../identity/actor.ts'
import type { Sql } from '../database/database.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { changedAfter, confirmOwn, giveNumber, standing } from '../queries/reports.ts'
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
      // Each list is the oldest of its kind, so the first page of all of them together lies within.
      const reports = (await changedAfter(sql, from, pageSize)).map((row) => ({ seq: row.seq, changes: changesOf(row, reader) }))
      const training = (await trainingAfter(sql, from, pageSize)).map((row) => ({ seq: row.seq, changes: [trainingChange(row, keyring)] }))
      const rows = [...reports, ...training].toSorted((one, other) => one.seq - other.seq).slice(0, pageSize)
      return { changes: rows.flatMap(({ changes }) => changes), cursor: `${prefix}.${rows.at(-1)?.seq ?? from}`, more: rows.length === pageSize }
    })
  })
}
