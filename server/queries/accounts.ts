/** Accounts and what was granted to them. A name is ciphertext under the server's own key, bound to its account. */
import type { Account, Grant } from '#contract/session.ts'
import type { Sql } from '../database/database.ts'
import type { Keyring } from '../keys/keys.ts'

export interface Identity { issuer: string; subject: string; name: string; keyring: Keyring }

/** The account of a person, made at the first sign-in. The name follows the identity provider's. */
export async function findOrCreateAccount(sql: Sql, { issuer, subject, name, keyring }: Identity): Promise<string> {
  const rows = await sql.query<{ id: string }>(
    `insert into account (id, tenant, issuer, subject, name_sealed) select gen_random_uuid(), id, $1, $2, '\\x' from tenant limit 1
     on conflict (issuer, subject) do update set subject = excluded.subject returning id`, [issuer, subject])
  const id = rows[0]?.id
  if (id === undefined) throw new Error('There is no municipality in the database yet')
  await sql.query('update account set name_sealed = $2 where id = $1', [id, keyring.sealUnderMaster(Buffer.from(name), id)])
  return id
}

const nameOf = (sealed: Buffer, id: string, keyring: Keyring) => keyring.openUnderMaster(sealed, id).toString()

/** The asker's municipality; undefined for a closed account. */
export async function tenantOf(sql: Sql): Promise<string | undefined> {
  const [row] = await sql.query<{ tenant: string | null }>('select app.tenant() as tenant')
  return row?.tenant ?? undefined
}

/** The account as its person sees it; undefined when it is closed or unknown. */
export async function accountWithGrants(sql: Sql, id: string, keyring: Keyring): Promise<Account | undefined> {
  const [account] = await sql.query<{ name: Buffer }>('select name_sealed as name from account where id = $1 and disabled_at is null', [id])
  if (!account) return undefined
  const grants = await sql.query<Grant>(
    `select g.role, case when u.id is null then null else jsonb_build_object('id', u.id, 'name', u.name) end as unit
       from role_grant g left join unit u on u.id = g.unit
      where g.account = $1 and g.from_at <= now() and (g.to_at is null or g.to_at > now()) order by g.role, u.name`, [id])
  return { id, name: nameOf(account.name, id, keyring), grants }
}

/**
 * What a letter needs to know of its author: municipality, name, and the units where they may report, the home unit first. For a closed account those
 * that were theirs when it was closed: what they wrote until then is still to come.
 */
export async function author(sql: Sql, id: string, keyring: Keyring): Promise<{ tenant: string; name: string; units: string[]; isClosed: boolean } | undefined> {
  const [row] = await sql.query<{ tenant: string; name: Buffer; units: string[]; isClosed: boolean }>(
    `select a.tenant, a.name_sealed as name, a.disabled_at is not null as "isClosed", array(
        select g.unit::text from role_grant g
         where g.account = a.id and g.unit is not null and g.role in ('ansatt', 'leder', 'verneombud') and g.from_at <= now() and (g.to_at is null or g.to_at > now() or g.to_at >= a.disabled_at)
         order by array_position(array['ansatt', 'leder', 'verneombud'], g.role), g.unit) as units
       from account a where a.id = $1`, [id])
  return row && { tenant: row.tenant, name: nameOf(row.name, id, keyring), units: row.units, isClosed: row.isClosed }
}

/** The names of these accounts, by id. With the server's eyes. */
export async function namesOf(sql: Sql, accounts: string[], keyring: Keyring): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; name: Buffer }>('select id, name_sealed as name from account where id = any($1::uuid[])', [[...new Set(accounts)]])
  return new Map(rows.map(({ id, name }) => [id, nameOf(name, id, keyring)]))
}
