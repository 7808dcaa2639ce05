/**
 * What Meldt does when nobody does anything: tells what is overdue, hands on what has been so for long, and tells of a pattern. Runs each minute; a round that fails
 * changes nothing and the next one does it. Domain brief 4.2 (clocks) and 4.4 (patterns).
 */
import { gravity, step, type Act } from '#contract/caseMachine.ts'
import { patternRule } from '#contract/patternRule.ts'
import type { Settings } from '#contract/settings.ts'
import type { Sql } from '../database/database.ts'
import { firstDues, groundOf, statusOf } from '../caseViews.ts'
import { handOn, saveStatus, tell, type Told } from '../queries/cases.ts'
import { closeClockWork, holdReports, insertClockEvent, longOverdue, newPatterns, newlyOverdue, notePattern, noteTold, numberReport, patternAudiences, takeClock, townsWithSettings, type PatternAudience } from '../queries/clock.ts'
import type { Services } from '../services.ts'

const dayMs = 86_400_000
/** A round takes this much; the rest is the next round's. */
const most = 200

/** `moves`: the report itself is another than before, so its readers get it anew. */
type Work = { report: string; action: string; moves: boolean; tellings: { to: string; what: string }[] }

/** Not told to the safety representative: a deadline may hang on health, and the moment would tell. Their list shows what is overdue by what they may know. */
async function overdue(sql: Sql, tenant: string, now: Date): Promise<Work[]> {
  const rows = await newlyOverdue(sql, tenant, now, most)
  if (rows.length > 0) await noteTold(sql, rows.map(({ report }) => report), now)
  return rows.map(({ report, forSchool, forTown }) => ({
    report, action: 'clock.overdue', moves: false, tellings: [...(forSchool ? [{ to: 'handlers', what: 'overdue' }] : []), ...(forTown ? [{ to: 'overseers', what: 'overdue' }] : [])],
  }))
}

async function escalate(sql: Sql, tenant: string, { clocks }: Settings, now: Date): Promise<Work[]> {
  const rows = await longOverdue(sql, tenant, new Date(now.getTime() - clocks.escalate * dayMs), most)
  for (const row of rows) {
    const ground = groundOf(row)
    const act: Act = { id: row.report, part: 'clock', author: null, at: now.toISOString(), content: { v: 1, what: 'escalate', seen: row.acts } }
    const { status } = step(statusOf({ ...row, escalatedAt: null }), act, ground)
    await insertClockEvent(sql, { report: row.report, tenant, unit: row.unit, nth: row.acts + 1, now })
    await saveStatus(sql, row.report, status, gravity(status, ground), firstDues(status, row, clocks))
    await handOn(sql, row.report, now)
  }
  return rows.map(({ report }) => ({ report, action: 'clock.escalate', moves: true, tellings: [{ to: 'overseers', what: 'escalated' }, { to: 'reporter', what: 'handed-on' }] }))
}

async function patternsFor(sql: Sql, tenant: string, now: Date, to: PatternAudience): Promise<Work[]> {
  const found = await newPatterns(sql, tenant, new Date(now.getTime() - patternRule.days * dayMs), patternRule, to)
  const held = await holdReports(sql, found.map(({ report }) => report))
  const free = found.filter(({ report }) => held.includes(report))
  for (const { unit } of free) await notePattern(sql, tenant, unit, to, now)
  return free.map(({ report }) => ({ report, action: 'clock.pattern', moves: false, tellings: [{ to, what: 'pattern' }] }))
}
async function patterns(sql: Sql, tenant: string, now: Date): Promise<Work[]> {
  const work: Work[] = []
  for (const to of patternAudiences) work.push(...await patternsFor(sql, tenant, now, to))
  return work
}

async function forTown(sql: Sql, tenant: string, settings: Settings, now: Date): Promise<number> {
  const work = [...await overdue(sql, tenant, now), ...await escalate(sql, tenant, settings, now), ...await patterns(sql, tenant, now)]
  if (work.length === 0) return 0
  const first = await closeClockWork(sql, tenant, work.map(({ action, report }) => ({ action, object: report })), work.length)
  const told: Told[] = []
  for (const [nth, { report, moves, tellings }] of work.entries()) {
    if (moves) await numberReport(sql, report, first + nth)
    for (const { to, what } of tellings) told.push({ to, what, report, seq: first + nth })
  }
  await tell(sql, told, now)
  return work.length
}

/** One round. Gives how much was done; 0 also when another server is at it. */
export async function runRound({ database, clock }: Pick<Services, 'database' | 'clock'>): Promise<number> {
  const now = clock()
  const towns = await database.asServer(townsWithSettings)
  let done = 0
  // A transaction each: the counter of a municipality is locked at the end of it.
  for (const { tenant, settings } of towns) done += await database.asServer(async (sql) => (await takeClock(sql) ? forTown(sql, tenant, settings, now) : 0))
  return done
}
