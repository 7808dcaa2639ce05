/** What the municipality has decided about itself; the defaults where it has not. */
import { defaultSettings, type Settings } from '#contract/settings.ts'
import type { Sql } from '../database/database.ts'

/** What is set, and the default of what was not there to be set yet. */
export const wholeSettings = (kept: Partial<Settings> | null | undefined): Settings => ({ ...defaultSettings, ...kept })

/** The settings and their version; 0 when nobody has set any. */
export async function settingsOf(sql: Sql): Promise<{ settings: Settings; version: number }> {
  const [row] = await sql.query<{ content: Partial<Settings>; version: number }>('select content, version from setting')
  return { settings: wholeSettings(row?.content), version: row?.version ?? 0 }
}

/** Writes them over the version that was seen. Gives the new version; undefined when somebody else has written since. */
export async function putSettings(sql: Sql, settings: Settings, seen: number, account: string, now: Date): Promise<number | undefined> {
  const rows = seen === 0
    ? await sql.query<{ version: number }>('insert into setting (tenant, content, version, updated_at, updated_by) values (app.tenant(), $1::jsonb, 1, $2, $3) on conflict do nothing returning version', [JSON.stringify(settings), now, account])
    : await sql.query<{ version: number }>('update setting set content = $1::jsonb, version = version + 1, updated_at = $2, updated_by = $3 where version = $4 returning version', [JSON.stringify(settings), now, account, seen])
  return rows[0]?.version
}
