/** What somebody takes along: which cases, and what is their own. Row-level security decides what there is. */
import type { Sql } from '../database/database.ts'
import type { NoticeRow } from './cases.ts'

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)

/** In which schools, and whether also what was handed on to the municipality (in which schools; null: in all). Moments: from the first, before the last. */
export interface CaseReach { units: string[]; handedOn: string[] | null; from: Date | null; until: Date | null }

/** The ids of the cases within reach, the oldest first. Two lists that each have their index, rather than one with an "or". */
export const caseIds = async (sql: Sql, { units, handedOn, from, until }: CaseReach): Promise<string[]> => ids(await sql.query<{ id: string }>(
  `select id from (
     select r.id, r.received_at from report r where r.unit = any($1::uuid[]) and ($3::timestamptz is null or r.received_at >= $3) and ($4::timestamptz is null or r.received_at < $4)
     union
     select r.id, r.received_at from report r where r.tenant = app.tenant() and r.escalated_at is not null and ($2::uuid[] is null or r.unit = any($2))
       and ($3::timestamptz is null or r.received_at >= $3) and ($4::timestamptz is null or r.received_at < $4)) found order by received_at, id`, [units, handedOn, from, until]))

export const ownReportIds = async (sql: Sql, account: string): Promise<string[]> => ids(await sql.query<{ id: string }>('select id from report where reporter = $1 order by seq', [account]))
export const ownTrainingIds = async (sql: Sql, account: string): Promise<string[]> => ids(await sql.query<{ id: string }>('select id from training where author = $1 order by seq', [account]))
export const ownNotices = (sql: Sql, account: string) =>
  sql.query<NoticeRow>('select id, seq, report as about, what, at from notice where account = $1 and seq is not null order by seq, id', [account])
