/** One case, opened by somebody who may. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { Type } from 'typebox'
import { Case, type Case as Answer, type CaseLetter } from '#contract/changes.ts'
import { Uuid } from '#contract/facts.ts'
import type { LetterHeader } from '#contract/letter.ts'
import { requireAccount } from '../identity/actor.ts'
import { decrypt } from '../keys/keys.ts'
import { reopen } from '../keys/openLetter.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { lettersOf, type KeptLetter } from '../queries/letters.ts'
import { reportById, wrappedKey } from '../queries/reports.ts'
import { closeWork } from '../queries/work.ts'
import type { Services } from '../services.ts'
import { caseSummary, masked, sight } from '../views.ts'

async function readLetter(row: KeptLetter, key: Buffer, isMasked: boolean): Promise<CaseLetter> {
  const content = await reopen({ ...row, contentKey: decrypt(key, row.cekSealed, row.id) })
  const facts = 'facts' in content ? content.facts : {}
  const header: LetterHeader = JSON.parse(row.header.toString('utf8'))
  return { id: row.id, kind: header.kind, at: header.at, receivedAt: row.receivedAt.toISOString(), confirmed: row.confirmed, facts: isMasked ? masked(facts) : facts }
}

export const casesRoutes = ({ database, keyring }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()
  app.get('/cases/:id', {
    schema: { summary: 'One case with its letters', params: Type.Object({ id: Uuid }), response: { 200: Case } },
    config: { policy: 'case.read' },
  }, async (request): Promise<Answer> => {
    const account = requireAccount(request)
    const { id } = request.params
    return database.asActor({ account }, async (sql) => {
      const reader = await accountWithGrants(sql, account, keyring)
      const report = await reportById(sql, id)
      const wrapped = report && await wrappedKey(sql, id)
      const seen = report && reader && sight(reader.grants, { isReporter: report.reporter === account, unit: report.unit })
      // What belongs to somebody else and what was never here give the same answer.
      if (!report || !wrapped || !seen) throw new Failure('not-found')
      const isMasked = seen === 'masked'
      const key = keyring.openUnderMaster(wrapped, id)
      const letters = await Promise.all((await lettersOf(sql, id)).map((row) => readLetter(row, key, isMasked)))
      // Without its audit row there is no reading: a failure here ends the transaction and the answer with it.
      await closeWork(sql, [{ action: 'case.read', object: id, detail: { sight: seen } }], 0)
      return { summary: caseSummary(report, isMasked), reporter: isMasked ? null : decrypt(key, report.reporterName, id).toString(), masked: isMasked, letters }
    })
  })
}
