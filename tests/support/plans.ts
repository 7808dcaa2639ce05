/** What PostgreSQL would do for a question, with the very words and values of the server’s own. */
import type { Sql } from '../../server/database/database.ts'

interface Node { 'Node Type': string; 'Relation Name'?: string; 'Plans'?: Node[] }
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

interface Explained { 'QUERY PLAN': { Plan: Node }[] }

/** Each way in which a table is read: `Seq Scan report`. One for each statement. */
export interface Asked { text: string; reads: string[]; ms: number }

/** The same eyes; each question that is asked through it is explained first. */
export function explaining(sql: Sql): { sql: Sql; asked: Asked[] } {
  const asked: Asked[] = []
  return {
    asked,
    sql: {
      async query<R>(text: string, values?: unknown[]) {
        // For these values, and for any: PostgreSQL changes over to the latter when a statement has been asked often.
        const plans = [await sql.query<Explained>(`explain (format json) ${text}`, values), await sql.query<Explained>(`explain (generic_plan, format json) ${text}`)]
        const begun = performance.now()
        const found = await sql.query<R>(text, values)
        asked.push({ text, ms: performance.now() - begun, reads: plans.flatMap((rows) => rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)))).flatMap((node) => (node['Relation Name'] ? `${node['Node Type']} ${node['Relation Name']}` : [])) })
        return found
      },
    },
  }
}
