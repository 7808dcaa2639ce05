/** What somebody takes out of Meldt: a case on paper, cases for another system, everything that is their own. Each after a fresh sign-in, each in the audit log. */
import { Readable } from 'node:stream'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { CaseExport, ExportWish } from '#contract/export.ts'
import { Uuid } from '#contract/facts.ts'
import { requireAccount } from '../identity/actor.ts'
import { requireFresh } from '../identity/fresh.ts'
import { can } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { reportById } from '../queries/reports.ts'
import { settingsOf } from '../queries/settings.ts'
import { closeWork } from '../queries/work.ts'
import { readCase } from '../readCase.ts'
import type { Services } from '../services.ts'
import { casePdf } from '../takeAlong/casePdf.ts'
import { casesToExport, exportCases, exportDay } from '../takeAlong/exportCases.ts'
import { readOwnData, zipOwnData } from '../takeAlong/ownData.ts'
import { languages, shortId } from '../takeAlong/words.ts'
import { relationOf } from '../views.ts'

const Lang = Type.Object({ lang: Type.Optional(Type.Union(languages.map((language) => Type.Literal(language)))) }, { additionalProperties: false })
const binary = { type: 'string', format: 'binary' }
/** What a file holds, for the description of the API. A file is sent as it is: nothing serializes it. */
const file = (description: string, content: Record<string, object>): Record<number, object> =>
  ({ 200: { description, content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }])) } })

/** A file to keep. Its name tells nothing. */
const asFile = (reply: FastifyReply, name: string, type: string) =>
  reply.type(type).header('content-disposition', `attachment; filename="${name}"`).header('cache-control', 'no-store')

export const takeAlongRoutes = (services: Services): FastifyPluginAsync => async (plain) => {
  const { database, keyring, clock, settings } = services
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()
  app.addHook('preHandler', async (request) => { requireFresh(request, clock()) })

  app.get('/cases/:id/pdf', {
    schema: { summary: 'A case on paper: a tagged PDF with what this reader may see. After a fresh sign-in', params: Type.Object({ id: Uuid }), querystring: Lang, response: file('The document', { 'application/pdf': binary }) },
    config: { policy: 'case.export' },
  }, async (request, reply) => {
    const account = requireAccount(request)
    const { params: { id }, query: { lang = 'nb' } } = request
    const now = clock()
    const { found, printedBy } = await database.asActor({ account }, async (sql) => {
      const reader = await accountWithGrants(sql, account, keyring)
      const report = await reportById(sql, id)
      const isOn = (await settingsOf(sql)).settings.features.exports
      const read = isOn && report && reader && can(reader.grants, 'case.export', relationOf(report, account)) ? await readCase(sql, id, account, services) : undefined
      if (!read || !reader) throw new Failure('not-found')
      await closeWork(sql, [{ action: 'case.export', object: id, detail: { format: 'pdf', sight: read.seen } }], 0)
      return { found: read.found, printedBy: reader.name }
    })
    const bytes = await casePdf(found, lang, { municipality: settings.municipality, printedBy, at: now.toISOString() })
    return asFile(reply, `sak-${shortId(id)}.pdf`, 'application/pdf').send(bytes)
  })

  app.get('/export/cases', {
    schema: {
      summary: 'Cases for another system (JSON, with texts) or a spreadsheet (CSV, without texts and names). After a fresh sign-in', querystring: ExportWish,
      response: file('Written as it is read', { 'application/json': CaseExport, 'text/csv': { type: 'string' } }),
    },
    config: { policy: 'case.export' },
  }, async (request, reply) => {
    const account = requireAccount(request)
    const asker = { account, services, now: clock() }
    const ids = await casesToExport(asker, request.query)
    if (ids === undefined) throw new Failure('not-found')
    const { format } = request.query
    asFile(reply, `saker-${exportDay(asker.now)}.${format}`, format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
    return reply.send(Readable.from(exportCases(asker, ids, request.query)))
  })

  app.get('/export/me', {
    schema: { summary: 'Everything that is one’s own, as a ZIP of JSON with its schema. After a fresh sign-in', querystring: Lang, response: file('data.json, schema.json, README.txt', { 'application/zip': binary }) },
    config: { policy: 'self.export' },
  }, async (request, reply) => {
    const account = requireAccount(request)
    const own = await database.asActor({ account }, async (sql) => {
      const read = await readOwnData(sql, account, services, clock())
      if (!read) throw new Failure('sign-in-needed')
      await closeWork(sql, [{ action: 'self.export', detail: { reports: read.reports.length } }], 0)
      return read
    })
    return asFile(reply, 'mine-opplysninger.zip', 'application/zip').send(zipOwnData(own, request.query.lang ?? 'nb'))
  })
}
