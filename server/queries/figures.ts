/** Posts and pupils of the schools, by school year. Row-level security decides whose. */
import type { FigureValues } from '#contract/statistics.ts'
import type { Static } from 'typebox'
import type { Sql } from '../database/database.ts'

export interface FigureRow { unit: string; name: string; posts: number | null; pupils: number | null }

/** Every school of the asker's municipality, with what is known of that year. */
export const figuresOf = (sql: Sql, year: number) => sql.query<FigureRow>(
  'select u.id as unit, u.name, f.posts::float8 as posts, f.pupils from unit u left join unit_figure f on f.unit = u.id and f.year = $1 order by u.name', [year])

/** False when there is no such school. */
export async function putFigure(sql: Sql, { unit, year, account, now, values: { posts, pupils } }: { unit: string; year: number; account: string; now: Date; values: Static<typeof FigureValues> }): Promise<boolean> {
  const rows = await sql.query(
    `insert into unit_figure (tenant, unit, year, posts, pupils, updated_at, updated_by) select tenant, id, $2, $3, $4, $5, $6 from unit where id = $1
     on conflict (unit, year) do update set posts = excluded.posts, pupils = excluded.pupils, updated_at = excluded.updated_at, updated_by = excluded.updated_by returning unit`, [unit, year, posts, pupils, now, account])
  return rows.length > 0
}
