/** Devices that may deliver letters without a session, and for whom. */
import type { Sql } from '../database/database.ts'

export interface DeviceRow { seenAt: Date; accounts: string[] }

/** The device with the accounts that have signed in on it, unless it was revoked or has been away for too long. */
export async function liveDevice(sql: Sql, hash: Buffer, { now, days }: { now: Date; days: number }): Promise<DeviceRow | undefined> {
  const rows = await sql.query<DeviceRow>(
    `select d.seen_at as "seenAt", array(select p.account::text from device_account p where p.id_hash = d.id_hash order by p.paired_at) as accounts
       from device d where d.id_hash = $1 and d.revoked_at is null and d.seen_at + make_interval(days => $3) > $2`, [hash, now, days])
  return rows[0]
}

/** Makes a device known. */
export const insertDevice = (sql: Sql, hash: Buffer, now: Date) =>
  sql.query('insert into device (id_hash, created_at, seen_at) values ($1, $2, $2)', [hash, now])

/** Notes that the device was used. */
export const touchDevice = (sql: Sql, hash: Buffer, now: Date) =>
  sql.query('update device set seen_at = $2 where id_hash = $1', [hash, now])

/** From now on the device may deliver for the account. */
export const pairDevice = (sql: Sql, hash: Buffer, account: string, now: Date) =>
  sql.query('insert into device_account (id_hash, account, paired_at) values ($1, $2, $3) on conflict do nothing', [hash, account, now])
