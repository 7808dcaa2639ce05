/** Counts by school. The function in the database decides which schools the asker may count. */
import type { Sql } from '../database/database.ts'

export interface PatternRow { unit: string; name: string; level2: number; level3: number; overdue: number; unopened: number }
export const patternsSince = (sql: Sql, since: Date, now: Date) => sql.query<PatternRow>(
  'select unit, name, level2, level3, overdue, unopened from app.patterns($1, $2)', [since, now])
