/** A school's meeting pages, each made once: two prints side by side must not tell what has changed in between. */
import type { Database } from '../database/database.ts'
import { keepPage, keptPage, meetingReports } from '../queries/ros.ts'
import { schoolPage, sourceOf, type SchoolPage } from './meeting.ts'

/** A quarter's page as it stands, made when it is first asked for. With the server's eyes: it is the same whoever asks. */
export const pageOf = (database: Database, { unit, quarter, now }: { unit: string; quarter: string; now: Date }): Promise<SchoolPage> => database.asServer(async (sql) => {
  const kept = await keptPage(sql, unit, quarter)
  if (kept) return kept
  const { from, until } = sourceOf(quarter)
  await keepPage(sql, { unit, quarter, page: schoolPage(await meetingReports(sql, unit, from, until), quarter), now })
  return await keptPage(sql, unit, quarter) as SchoolPage
})
