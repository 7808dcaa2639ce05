/** The phones that want to be told, and what is not told yet. All with the server's own eyes: an address belongs to a browser, whoever uses it. */
import type { PushSubscription } from '#contract/push.ts'
import type { Sql } from '../database/database.ts'

const mostPerAccount = 10

/** `device`: the hash of its cookie. */
export interface NewSubscription { account: string; device: Buffer | null; hash: Buffer; sealed: Buffer; locale: PushSubscription['locale']; now: Date }

/** Takes the address over from whoever had it on this phone; an account's oldest beyond ten go. */
export async function keepSubscription(sql: Sql, { account, device, hash, sealed, locale, now }: NewSubscription): Promise<void> {
  await sql.query(
    `insert into push_subscription (tenant, account, device, endpoint_hash, sealed, locale, created_at) select a.tenant, a.id, $2, $3, $4, $5, $6 from account a where a.id = $1
     on conflict (endpoint_hash) do update set tenant = excluded.tenant, account = excluded.account, device = excluded.device, sealed = excluded.sealed, locale = excluded.locale, created_at = excluded.created_at, wait_until = null`,
    [account, device, hash, sealed, locale, now])
  await sql.query('delete from push_subscription where id in (select id from push_subscription where account = $1 order by created_at desc, id offset $2)', [account, mostPerAccount])
}
export const endSubscription = (sql: Sql, account: string, hash: Buffer) => sql.query('delete from push_subscription where account = $1 and endpoint_hash = $2', [account, hash])
/** Signed out there: that phone no longer rings for this person. */
export const endDevice = (sql: Sql, account: string, device: Buffer) => sql.query('delete from push_subscription where account = $1 and device = $2', [account, device])

/** What nobody can be told of by telephone needs no telling later either. */
export const noteUntellable = (sql: Sql, tenant: string, isOn: boolean, now: Date) => sql.query(
  'update notice n set pushed_at = $3 where n.tenant = $1 and n.pushed_at is null and (not $2 or not exists (select from push_subscription s where s.account = n.account))', [tenant, isOn, now])

export interface Untold { account: string; notices: string[]; isUrgent: boolean }
/**
 * People whose phones are to be told now. At night only of a grave report that they handle; by day at once of what is urgent, and of the rest once an hour.
 * `urgent`: the codes that do not wait.
 */
export const untold = (sql: Sql, tenant: string, { now, isNight, urgent, limit }: { now: Date; isNight: boolean; urgent: readonly string[]; limit: number }) => sql.query<Untold>(
  `select n.account, array_agg(n.id) as notices, bool_or(n.what = any($4)) as "isUrgent"
     from notice n
    where n.tenant = $1 and n.pushed_at is null and exists (select from push_subscription s where s.account = n.account and (s.wait_until is null or s.wait_until <= $2))
    group by n.account
   having bool_or(n.what = 'grave' and n.account in (select app.handlers(n.report) union select app.overseers(n.report)))
       or (not $3 and (bool_or(n.what = any($4)) or not exists (select from push_subscription s where s.account = n.account and s.last_pushed_at > $2::timestamptz - interval '1 hour')))
    order by min(n.at) limit $5`, [tenant, now, isNight, urgent, limit])

export interface Claimed { id: string; account: string; sealed: Buffer; hash: Buffer }
/** The addresses of these people, taken for one sending: another server, or this one after a fall, waits for an hour. */
export const claim = (sql: Sql, accounts: string[], now: Date) => sql.query<Claimed>(
  `update push_subscription set wait_until = $2::timestamptz + interval '1 hour' where id in (
     select id from push_subscription where account = any($1::uuid[]) and (wait_until is null or wait_until <= $2) for update skip locked)
   returning id, account, sealed, endpoint_hash as hash`, [accounts, now])

export const noteSent = (sql: Sql, ids: string[], now: Date) => sql.query('update push_subscription set last_pushed_at = $2, wait_until = null where id = any($1::uuid[])', [ids, now])
export const forgetGone = (sql: Sql, ids: string[]) => sql.query('delete from push_subscription where id = any($1::uuid[])', [ids])
export const noteTold = (sql: Sql, notices: string[], now: Date) => sql.query('update notice set pushed_at = $2 where id = any($1::uuid[])', [notices, now])
