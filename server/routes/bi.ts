/** The municipality's own BI tool: administrators make keys for it, and a key reads what was published of closed periods. docs/bi.md is for whoever sets it up. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Uuid } from '#contract/facts.ts'
import { BiKeys, BiRows, MadeBiKey, NewBiKey } from '#contract/statistics.ts'
import { flatRows } from '../statistics/flatRows.ts'
import type { Sql } from '../database/database.ts'
import { requireAccount } from '../identity/actor.ts'
import { requireFresh } from '../identity/fresh.ts'
import { can } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { biKeys, endBiKey, insertBiKey, publishedOf, unitNames, useBiKey, type BiKeyRow } from '../queries/bi.ts'
import { closeClockWork } from '../queries/clock.ts'
import { closeWork } from '../queries/work.ts'
import type { Services } from '../services.ts'
import { line, mark } from '../takeAlong/csv.ts'

const dayMs = 86_400_000
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const shown = ({ id, name, createdAt, expiresAt, lastUsedAt, endedAt }: BiKeyRow) => ({ id, name, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString(), lastUsedAt: iso(lastUsedAt), endedAt: iso(endedAt) })

/** The secret of `authorization: Bearer …`. Only the form is looked at here. */
function secretOf({ headers: { authorization } }: FastifyRequest): string {
  const [, secret] = /^Bearer (meldt_[A-Za-z0-9_-]{43})$/.exec(authorization ?? '') ?? []
  if (secret === undefined) throw new Failure('sign-in-needed')
  return secret
}

export const biRoutes = ({ database, keyring, clock }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  const asAdmin = <T>(request: FastifyRequest, work: (sql: Sql, account: string) => Promise<T>): Promise<T> => {
    const account = requireAccount(request)
    return database.asActor({ account }, async (sql) => {
      const grants = (await accountWithGrants(sql, account, keyring))?.grants ?? []
      if (!can(grants, 'bi.write', { isReporter: false, unit: null })) throw new Failure('not-found')
      return work(sql, account)
    })
  }

  app.get('/bi/keys', { schema: { summary: 'Keys for the municipality’s own BI tool, the newest first', response: { 200: BiKeys } }, config: { policy: 'bi.write' } },
    async (request) => asAdmin(request, async (sql) => ({ keys: (await biKeys(sql)).map(shown) })))

  app.post('/bi/keys', { schema: { summary: 'Make a key. Its secret is told this once. After a fresh sign-in', body: NewBiKey, response: { 201: MadeBiKey } }, config: { policy: 'bi.write' } },
    async (request, reply) => {
      const now = clock()
      const [id, secret] = [randomUUID(), `meldt_${randomBytes(32).toString('base64url')}`]
      const { name, days } = request.body
      await asAdmin(request, async (sql, account) => {
        requireFresh(request, now)
        await insertBiKey(sql, { id, name, hash: hashOf(secret), account, now, expiresAt: new Date(now.getTime() + days * dayMs) })
        await closeWork(sql, [{ action: 'bi.key', object: id, detail: { days } }], 0)
      })
      return reply.code(201).header('cache-control', 'no-store').send({ id, secret })
    })

  app.post('/bi/keys/:id/end', { schema: { summary: 'End a key now', params: Type.Object({ id: Uuid }), body: Type.Object({}, { additionalProperties: false }), response: { 204: Type.Null() } }, config: { policy: 'bi.write' } },
    async (request, reply) => {
      await asAdmin(request, async (sql) => {
        if (!await endBiKey(sql, request.params.id, clock())) throw new Failure('not-found')
        await closeWork(sql, [{ action: 'bi.end', object: request.params.id }], 0)
      })
      return reply.code(204).send(null)
    })

  app.get('/bi/numbers', {
    schema: {
      summary: 'Closed periods as one flat table, for a BI tool: authorization: Bearer and a key', security: [{ bi: [] }],
      querystring: Type.Object({ format: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('csv')])) }, { additionalProperties: false }),
      response: { 200: { description: 'Rows of period, table, code and value', content: { 'application/json': { schema: BiRows }, 'text/csv': { schema: { type: 'string' } } } } },
    },
    config: { policy: 'bi.read' },
  }, async (request, reply) => {
    const hash = hashOf(secretOf(request))
    const now = clock()
    const rows = await database.asServer(async (sql) => {
      const key = await useBiKey(sql, hash, now)
      if (!key) throw new Failure('sign-in-needed')
      const read = flatRows(await publishedOf(sql, key.tenant), await unitNames(sql, key.tenant))
      await closeClockWork(sql, key.tenant, [{ action: 'bi.read', object: key.id }], 0)
      return read
    })
    reply.header('cache-control', 'no-store')
    if (request.query.format !== 'csv') return reply.send({ asOf: now.toISOString(), rows })
    const csv = [['period', 'table', 'code', 'value'], ...rows.map(({ period, table, code, value }) => [period, table, code, value === null ? '' : String(value)])].map(line).join('')
    return reply.type('text/csv; charset=utf-8').send(mark + csv)
  })
}
