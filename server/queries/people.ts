/** Units, people and roles. The functions in the database ask again whether the asker may. */
import type { Sql } from '../database/database.ts'

interface GrantRow { id: string; role: string; unit: string | null; from: string; to: string | null }
export const adminPeople = (sql: Sql) => sql.query<{ id: string; subject: string; name: Buffer; hasSignedIn: boolean; grants: GrantRow[] }>(
  'select id, subject, name, has_signed_in as "hasSignedIn", grants from app.admin_people()')

const one = async <T>(answer: Promise<{ value: T }[]>): Promise<T | undefined> => (await answer)[0]?.value

export const putUnit = async (sql: Sql, id: string, name: string): Promise<boolean> => await one(sql.query<{ value: boolean }>('select app.put_unit($1, $2) as value', [id, name])) ?? false
/** The account's id; undefined when the subject belongs to another municipality. */
export const putPerson = async (sql: Sql, person: { id: string; issuer: string; subject: string; sealed: Buffer }): Promise<string | undefined> =>
  await one(sql.query<{ value: string | null }>('select app.put_person($1, $2, $3, $4) as value', [person.id, person.issuer, person.subject, person.sealed])) ?? undefined
export const giveRole = async (sql: Sql, grant: { account: string; role: string; unit: string | null; from: Date; to: Date }): Promise<string | undefined> =>
  await one(sql.query<{ value: string | null }>('select app.give_role($1, $2, $3, $4, $5) as value', [grant.account, grant.role, grant.unit, grant.from, grant.to])) ?? undefined
export const endRole = async (sql: Sql, id: string, now: Date): Promise<'ended' | 'last' | 'unknown'> =>
  await one(sql.query<{ value: 'ended' | 'last' | 'unknown' }>('select app.end_role($1, $2) as value', [id, now])) ?? 'unknown'
/** `code` is a hash. */
export const beginTown = async (sql: Sql, code: Buffer, now: Date): Promise<boolean> => await one(sql.query<{ value: boolean }>('select app.begin_town($1, $2) as value', [now, code])) ?? false
