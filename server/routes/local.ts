/** The municipality's own: read by whoever belongs to it, also from a phone where somebody has signed in once; written by its administrators. */
import { createHash } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Uuid } from '#contract/facts.ts'
import { Local, LocalContent, LocalRow, type Local as Answer } from '#contract/local.ts'
import { localLimits } from '#contract/localCodes.ts'
import { localMistakes } from '#contract/localRules.ts'
import type { Sql } from '../database/database.ts'
import { requireAccount, type RequestActor } from '../identity/actor.ts'
import { can } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { deleteLocal, findLocal, insertLocal, isOfTenant, localRow, localRows, localSize, localState, ownUnits, units, updateLocal } from '../queries/local.ts'
import { settingsOf } from '../queries/settings.ts'
import { closeWork, type AuditEntry } from '../queries/work.ts'
import type { Services } from '../services.ts'
import { wellFormed } from '../text.ts'

/** Raise it when the answer's shape changes, so that no phone keeps the old one. */
const shape = 2
const params = Type.Object({ id: Uuid })

const tagOf = (parts: unknown): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
const tags = (header: string | undefined): string[] => (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, '').replaceAll('"', ''))

/** The version that the writer has seen; 0 when the row is to be new. */
function seenVersion(request: FastifyRequest): number {
  const said = request.headers['if-match']
  if (said === undefined) return 0
  const [, version] = /^"(\d{1,9})"$/.exec(said) ?? []
  if (version === undefined) throw new Failure('invalid-request', { detail: 'headers/if-match: form' })
  return Number(version)
}

function check(content: LocalContent): void {
  const [mistake] = localMistakes(content)
  if (mistake) throw new Failure('invalid-content', { detail: `${mistake.field}: ${mistake.fault}` })
  // The one thing that is left to be taken out is an identity number.
  if (JSON.stringify(wellFormed(content)) !== JSON.stringify(content)) throw new Failure('invalid-content', { detail: 'id-number' })
}

async function mustFit(sql: Sql, id: string, content: LocalContent): Promise<void> {
  const { rows, signs } = await localSize(sql, id)
  if (rows >= localLimits.rows || signs + JSON.stringify(content).length > localLimits.allTexts) throw new Failure('too-much')
}

/** An audit row says which row and for whom, never what it says. */
const entry = (action: string, object: string, { kind, unit }: LocalContent, version: number): AuditEntry =>
  ({ action, object, detail: { kind, version, ...(unit !== null && { unit }) } })

export const localRoutes = ({ database, keyring, clock }: Services): FastifyPluginAsync => async (plain) => {
  const app = plain.withTypeProvider<TypeBoxTypeProvider>()

  /** As the signed-in person, or as the first of the device's people whose account is open. */
  async function asReader<T>({ account, deviceAccounts }: RequestActor, work: (sql: Sql) => Promise<T>): Promise<T> {
    for (const candidate of account === null ? deviceAccounts : [account]) {
      const answer = await database.asReader({ account: candidate }, async (sql) => (await isOfTenant(sql) ? { value: await work(sql) } : undefined))
      if (answer) return answer.value
    }
    throw new Failure('sign-in-needed')
  }

  /** Whoever may write nothing here gets the answer of something that does not exist. */
  const asWriter = <T>(account: string, work: (sql: Sql, may: (unit: string | null) => boolean) => Promise<T>): Promise<T> => database.asActor({ account }, async (sql) => {
    const grants = (await accountWithGrants(sql, account, keyring))?.grants ?? []
    return work(sql, (unit) => can(grants, 'local.write', { isReporter: false, unit }))
  })

  app.get('/local', {
    schema: { summary: 'Local numbers, links and additions of the municipality; 304 when If-None-Match holds', response: { 200: Local, 304: Type.Null() } },
    config: { policy: 'local.read' },
  }, async (request, reply) => {
    const known = tags(request.headers['if-none-match'])
    const { account } = request.actor
    const answer = await asReader(request.actor, async (sql): Promise<Answer | undefined> => {
      const state = await localState(sql)
      const all = await units(sql)
      const mine = account === null ? null : await ownUnits(sql, account)
      const { settings: { features } } = await settingsOf(sql)
      const tag = tagOf([shape, state, all, mine, features])
      reply.header('etag', `"${tag}"`)
      return known.includes(tag) ? undefined : { tag, units: all, mine, rows: await localRows(sql), features }
    })
    return answer === undefined ? reply.code(304).send(null) : answer
  })

  app.put('/local/:id', {
    schema: { summary: 'Make a row, or replace the version in If-Match', params, body: LocalContent, response: { 200: LocalRow } },
    config: { policy: 'local.write' },
  }, async (request): Promise<LocalRow> => {
    const account = requireAccount(request)
    const { params: { id }, body: content } = request
    const seen = seenVersion(request)
    return asWriter(account, async (sql, may) => {
      if (!may(content.unit)) throw new Failure('not-found')
      check(content)
      if (content.unit !== null && !(await units(sql)).some((unit) => unit.id === content.unit)) throw new Failure('foreign-unit')
      const before = await findLocal(sql, id, content)
      if (before && !may(before.content.unit)) throw new Failure('not-found')
      // The same words again: an answer that was lost on the way, not a second edit.
      if (before?.isSame) return localRow(before)
      if ((before?.version ?? 0) !== seen) throw new Failure('version-conflict')
      await mustFit(sql, id, content)
      const write = { id, content, account, now: clock() }
      const after = before ? await updateLocal(sql, write, seen) : await insertLocal(sql, write)
      if (!after) throw new Failure('version-conflict')
      await closeWork(sql, [entry('local.write', id, content, after.version)], 0)
      return localRow(after)
    })
  })

  app.delete('/local/:id', {
    schema: { summary: 'Remove the version in If-Match', params, response: { 204: Type.Null() } },
    config: { policy: 'local.write' },
  }, async (request, reply) => {
    const account = requireAccount(request)
    const { id } = request.params
    const seen = seenVersion(request)
    await asWriter(account, async (sql, may) => {
      const before = await findLocal(sql, id)
      if (!before || !may(before.content.unit)) throw new Failure('not-found')
      if (before.version !== seen || !await deleteLocal(sql, id, seen)) throw new Failure('version-conflict')
      await closeWork(sql, [entry('local.delete', id, before.content, before.version)], 0)
    })
    return reply.code(204).send(null)
  })
}
