/** The audit log, for those who may read it. It never holds content. */
import type { Sql } from '../database/database.ts'

/** What was done with one report, newest first. With the server's eyes: the caller has checked who asks. */
export const auditOf = (sql: Sql, object: string) => sql.query<{ at: Date; actor: string | null; action: string }>(
  'select at, actor, action from audit where object = $1 and tenant = (select tenant from report where id = $1) order by seq desc limit 500', [object])
