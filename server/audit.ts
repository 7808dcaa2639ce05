/**
 * Is the audit log as it was written? Each municipality's rows are a chain of hashes, whose head lies in the municipality's own row. Who can rewrite the whole database can
 * rewrite both: so the head is told, for whoever keeps it somewhere else and compares.
 */
import type { Database } from './database/database.ts'
import { brokenRows, chainHeads } from './queries/chain.ts'
import { inDatabase } from './inDatabase.ts'
import type { Settings } from './settings.ts'

/** `broken`: the numbers of rows that do not fit; none when the chain is whole. */
export interface Chain { name: string; rows: number; head: string; broken: number[] }

/** Every municipality's chain, checked row by row. */
export const verifyAudit = (database: Database): Promise<Chain[]> => database.asServer(async (sql) => {
  const chains: Chain[] = []
  for (const { id, ...head } of await chainHeads(sql)) chains.push({ ...head, broken: await brokenRows(sql, id) })
  return chains
})

/** The same for the database of these settings. */
export const auditOf = (settings: Pick<Settings, 'databaseUrl' | 'dataDir'>): Promise<Chain[]> => inDatabase(settings, verifyAudit)

const shown = 20

/** What is said about one chain. */
export function sayChain({ name, rows, head, broken }: Chain): string {
  if (broken.length === 0) return `${name}: whole, ${rows} rows. The last one is ${head === '' ? 'not written yet' : head}.`
  const more = broken.length > shown ? ` and ${broken.length - shown} more` : ''
  return `${name}: BROKEN. ${broken.length} of ${rows} rows do not fit: ${broken.slice(0, shown).join(', ')}${more}.`
}
