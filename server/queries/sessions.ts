/** Sessions: the table knows the hash of a cookie, never the cookie. */
import type { Sql } from '../database/database.ts'

/** `shownAt`: when its person last showed the identity provider who they are, if it said so. */
export interface SessionRow { account: string; seenAt: Date; idleMinutes: number; shownAt: Date | null }

/** Opens a session for an account. */
export const insertSession = (sql: Sql, session: { hash: Buffer; account: string; idleMinutes: number; shownAt: Date | undefined; now: Date; expiresAt: Date }) =>
  sql.query('insert into session (id_hash, account, data, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $4, $5)',
    [session.hash, session.account, JSON.stringify({ idleMinutes: session.idleMinutes, shownAt: session.shownAt }), session.now, session.expiresAt])

/** The session, unless it has ended, was left alone for too long, or its account is closed. */
export async function liveSession(sql: Sql, hash: Buffer, now: Date): Promise<SessionRow | undefined> {
  const rows = await sql.query<SessionRow>(
    `select s.account, s.seen_at as "seenAt", (s.data->>'idleMinutes')::int as "idleMinutes", (s.data->>'shownAt')::timestamptz as "shownAt"
       from session s join account a on a.id = s.account
      where s.id_hash = $1 and s.expires_at > $2 and a.disabled_at is null
        and s.seen_at + make_interval(mins => (s.data->>'idleMinutes')::int) > $2`, [hash, now])
  return rows[0]
}

/** Notes that the session was used. */
export const touchSession = (sql: Sql, hash: Buffer, now: Date) =>
  sql.query('update session set seen_at = $2 where id_hash = $1', [hash, now])

/** Ends a session. */
export const deleteSession = (sql: Sql, hash: Buffer) =>
  sql.query('delete from session where id_hash = $1', [hash])

/** Forgets what has ended by itself. */
export const deleteEndedSessions = (sql: Sql, now: Date) =>
  sql.query('delete from session where expires_at <= $1', [now])
