/** What the municipality has decided about itself; the defaults where it has not. */
import { defaultSettings, type Settings } from '#contract/settings.ts'
import type { Sql } from '../database/database.ts'

/** The settings and their version; 0 when nobody has set any. */
export async function settingsOf(sql: Sql): Promise<{ settings: Settings; version: number }> {
  const [row] = await sql.query<{ content: Settings; version: number }>('select content, version from setting')
  return row ? { settings: row.content, version: row.version } : { settings: defaultSettings, version: 0 }
}
