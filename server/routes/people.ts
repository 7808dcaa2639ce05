/** Units, people and roles: read and changed by the municipality's administrators, each change after a fresh sign-in and with its row in the log. */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ImportAnswer, ImportRequest, NewGrant, People, SetupRequest, UnitName, type ImportAnswer as Imported, type People as Answer, type RoleGrant } from '#contract/admin.ts'
import { importLimits, longestGrant } from '#contract/adminCodes.ts'
import { Uuid } from '#contract/facts.ts'
import { endOf } from '#contract/workdays.ts'
import type { Sql } from '../database/database.ts'
import { requireAccount } from '../identity/actor.ts'
import { requireFresh } from '../identity/fresh.ts'
import { can } from '../policy.ts'
import { Failure } from '../problems.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { units } from '../queries/local.ts'
import { adminPeople, beginTown, endRole, giveRole, putPerson, putUnit } from '../queries/people.ts'
import { closeWork, type AuditEntry } from '../queries/work.ts'
import { readTable, type BadRow, type TableRow } from '../readTable.ts'
import type { Services } from '../services.ts'

const dayMs = 86_400_000
/** The first moment of a day at the school, and the last moment that counts of another. */
const startOf = (day: string) => new Date(endOf(new Date(Date.parse(`${day}T12:00:00Z`) - dayMs).toISOString().slice(0, 10)))
const lastOf = (day: string) => new Date(endOf(day))
/** A table may come with two schools of one name in different writing; a name is one school. */
const plain = (name: string) => name.trim().toLocaleLowerCase('nb')

export const peopleRoutes = ({ database, keyring, settings, clock }: Services): FastifyPluginAsync => async (plainApp) => {
  const app = plainApp.withTypeProvider<TypeBoxTypeProvider>()
  const issuer = settings.oidc?.issuer ?? 'demo'

  /** Whoever may not gets the answer of something that does not exist. */
  async function asAdmin<T>(request: FastifyRequest, action: 'people.read' | 'people.write', work: (sql: Sql) => Promise<T>): Promise<T> {
    const account = requireAccount(request)
    return database.asActor({ account }, async (sql) => {
      const grants = (await accountWithGrants(sql, account, keyring))?.grants ?? []
      if (!can(grants, action, { isReporter: false, unit: null })) throw new Failure('not-found')
      if (action === 'people.write') requireFresh(request, clock())
      return work(sql)
    })
  }

  const personOf = (sql: Sql, subject: string, name: string) => {
    const id = randomUUID()
    return putPerson(sql, { id, issuer, subject, sealed: keyring.sealUnderMaster(Buffer.from(name), id) })
  }

  app.get('/people', { schema: { summary: 'Schools, people and roles', response: { 200: People } }, config: { policy: 'people.read' } },
    async (request): Promise<Answer> => asAdmin(request, 'people.read', async (sql) => {
      const now = clock().getTime()
      const isActive = ({ from, to }: { from: string; to: string | null }) => Date.parse(from) <= now && (to === null || Date.parse(to) > now)
      const people = (await adminPeople(sql)).map(({ id, subject, name, hasSignedIn, grants }) => ({
        id, subject, name: keyring.openUnderMaster(name, id).toString(), hasSignedIn,
        grants: grants.map((grant) => ({ ...grant, from: new Date(grant.from).toISOString(), to: grant.to === null ? null : new Date(grant.to).toISOString(), isActive: isActive(grant) }) as RoleGrant),
      }))
      await closeWork(sql, [{ action: 'people.read' }], 0)
      return { units: await units(sql), people }
    }))

  app.put('/people/units/:id', { schema: { summary: 'Make a school, or name it anew', params: Type.Object({ id: Uuid }), body: UnitName, response: { 204: Type.Null() } }, config: { policy: 'people.write' } },
    async (request, reply) => {
      await asAdmin(request, 'people.write', async (sql) => {
        if (!await putUnit(sql, request.params.id, request.body.name)) throw new Failure('not-found')
        await closeWork(sql, [{ action: 'unit.write', object: request.params.id }], 0)
      })
      return reply.code(204).send(null)
    })

  app.post('/people/grants', { schema: { summary: 'Give a role for some time', body: NewGrant, response: { 201: Type.Object({ id: Uuid }) } }, config: { policy: 'people.write' } },
    async (request, reply) => {
      const { person, role, unit, from, to } = request.body
      if (Date.parse(to) < Date.parse(from) || (Date.parse(to) - Date.parse(from)) / dayMs > longestGrant) throw new Failure('invalid-content', { detail: `to: at most ${longestGrant} days` })
      if (unit === null && !['hms', 'eier-admin', 'drift'].includes(role)) throw new Failure('invalid-content', { detail: 'unit' })
      if (unit !== null && ['eier-admin', 'drift'].includes(role)) throw new Failure('invalid-content', { detail: 'unit: these are the whole municipality’s' })
      const id = await asAdmin(request, 'people.write', async (sql) => {
        const account = 'id' in person ? person.id : await personOf(sql, person.subject, person.name)
        const made = account && await giveRole(sql, { account, role, unit, from: startOf(from), to: lastOf(to) })
        if (!made) throw new Failure('not-found')
        await closeWork(sql, [{ action: 'role.grant', object: made, detail: { role } }], 0)
        return made
      })
      return reply.code(201).send({ id })
    })

  app.post('/people/grants/:id/end', { schema: { summary: 'End a role now', params: Type.Object({ id: Uuid }), body: Type.Object({}, { additionalProperties: false }), response: { 204: Type.Null() } }, config: { policy: 'people.write' } },
    async (request, reply) => {
      await asAdmin(request, 'people.write', async (sql) => {
        const outcome = await endRole(sql, request.params.id, clock())
        if (outcome === 'unknown') throw new Failure('not-found')
        if (outcome === 'last') throw new Failure('last-administrator')
        await closeWork(sql, [{ action: 'role.revoke', object: request.params.id }], 0)
      })
      return reply.code(204).send(null)
    })

  /** All rows, or none: a row that cannot be done ends the transaction with its number. */
  async function bringIn(sql: Sql, rows: readonly TableRow[], commit: boolean): Promise<Omit<Imported, 'rows' | 'committed'>> {
    const schools = new Map((await units(sql)).map(({ id, name }) => [plain(name), id]))
    const known = new Map((await adminPeople(sql)).map((person) => [person.subject, person]))
    const [newSchools, newPeople] = [new Set<string>(), new Set<string>()]
    const entries: AuditEntry[] = []
    const bad: BadRow[] = []
    let given = 0
    for (const { row, unit, subject, name, role, from, to } of rows) {
      let school = unit === null ? null : schools.get(plain(unit))
      if (unit !== null && school === undefined) {
        school = randomUUID()
        schools.set(plain(unit), school)
        newSchools.add(school)
        if (commit && await putUnit(sql, school, unit)) entries.push({ action: 'unit.write', object: school })
      }
      const before = known.get(subject)
      if (!before) newPeople.add(subject)
      const [start, end] = [startOf(from), lastOf(to)]
      // The same role until the same day again: the table was brought twice.
      if (before?.grants.some((grant) => grant.role === role && grant.unit === (school ?? null) && grant.to !== null && Date.parse(grant.to) === end.getTime())) continue
      given += 1
      if (!commit) continue
      const account = before?.id ?? await personOf(sql, subject, name)
      const made = account && await giveRole(sql, { account, role, unit: school ?? null, from: start, to: end })
      if (made) entries.push({ action: 'role.grant', object: made, detail: { role } })
      else bad.push({ row, fault: 'subject', value: subject })
    }
    if (commit && bad.length === 0 && entries.length > 0) await closeWork(sql, entries, 0)
    return { units: newSchools.size, people: newPeople.size, grants: given, bad }
  }

  app.post('/people/import', {
    bodyLimit: importLimits.bytes + 65_536,
    schema: { summary: 'Bring units, people and roles from a table: a dry run that names each bad row, or all of it', body: ImportRequest, response: { 200: ImportAnswer } }, config: { policy: 'people.write' },
  }, async (request): Promise<Imported> => {
    const { rows, bad } = readTable(request.body.text)
    const commit = request.body.commit && bad.length === 0
    return asAdmin(request, 'people.write', async (sql) => {
      const done = await bringIn(sql, rows, commit)
      if (commit && done.bad.length > 0) throw new Failure('invalid-content', { detail: `row ${done.bad[0]?.row ?? 0}` })
      return { ...done, committed: commit, rows: rows.length + bad.length, bad: [...bad, ...done.bad] }
    })
  })

  app.post('/setup', { schema: { summary: 'An administrator where there is none, once, by the code of the operator', body: SetupRequest, response: { 204: Type.Null() } },
    // Whoever is signed in may try: the code is the right.
    config: { policy: 'public' } },
    async (request, reply) => {
      const account = requireAccount(request)
      const { setupCode } = settings
      const [given, wanted] = [Buffer.from(request.body.code), Buffer.from(setupCode ?? '')]
      if (setupCode === undefined || given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Failure('not-found')
      await database.asActor({ account }, async (sql) => {
        if (!await beginTown(sql, createHash('sha256').update(wanted).digest(), clock())) throw new Failure('not-found')
        await closeWork(sql, [{ action: 'town.begin', object: account }], 0)
      })
      return reply.code(204).send(null)
    })
}
