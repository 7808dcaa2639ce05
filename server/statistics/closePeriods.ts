/** Counts what has closed, once. The clock asks each minute; nearly always there is nothing to do. A round that fails changes nothing, and the next one does it. */
import { closingOf, closingOfQuarter, daysOfMonth, daysOfQuarter, monthAfter, monthOf, monthsOfQuarter, quarterOf, schoolYearOf, startOf } from '#contract/periods.ts'
import { dayAt, daysAfter } from '#contract/workdays.ts'
import type { Database, Sql } from '../database/database.ts'
import { takeClock, townsWithSettings } from '../queries/clock.ts'
import { closedEventsOf, closedOf, dropClosedEvents, firstReceived, keepClosedEvents, keepPublished, noteCounted, postsOf, publishedMonths, reportsByIds, schoolsTogether, uncountedReports, unitsOf } from '../queries/statistics.ts'
import type { Settings } from '#contract/settings.ts'
import { eventsOfMonth, publishMonth, publishQuarter, readersOf, type ClosedEvent } from './close.ts'

/** The months from the first report's until the last that has closed. */
export function monthsToClose(first: number, now: number): string[] {
  const months: string[] = []
  for (let month = monthOf(dayAt(first)); closingOf(month) <= now; month = monthAfter(month)) months.push(month)
  return months
}

async function closeMonth(sql: Sql, tenant: string, month: string): Promise<void> {
  // From a month back: what was too late, or too new, for the closing before is counted now.
  const { from } = daysOfMonth(monthOf(daysAfter(daysOfMonth(month).from, -1)))
  const { events, ids } = eventsOfMonth(await uncountedReports(sql, tenant, new Date(startOf(from)), new Date(closingOf(month))), month)
  await keepPublished(sql, tenant, 'month', month, publishMonth(month, events, await schoolsTogether(sql, tenant)))
  await keepClosedEvents(sql, tenant, month, events)
  await noteCounted(sql, tenant, month, ids)
}

/** After its last month. What the schools did, and who may read it, is as it is now: causes, measures and confidence come later than the reports. */
async function closeQuarter(sql: Sql, tenant: string, quarter: string, { clocks }: Settings): Promise<void> {
  const names = monthsOfQuarter(quarter)
  const closed = (await closedEventsOf(sql, tenant, names)) as ClosedEvent[]
  const byId = new Map((await reportsByIds(sql, tenant, closed.flatMap(({ reports }) => reports))).map((row) => [row.id, row]))
  const events = closed.map((event) => Object.assign(event, readersOf(event.reports.flatMap((id) => byId.get(id) ?? []))))
  const ground = { months: await publishedMonths(sql, tenant, names), byId, clocks, units: await unitsOf(sql, tenant), posts: await postsOf(sql, tenant, schoolYearOf(daysOfQuarter(quarter).from)), together: await schoolsTogether(sql, tenant) }
  const { town, schools } = publishQuarter(quarter, events, ground)
  await keepPublished(sql, tenant, 'quarter', quarter, town)
  await keepPublished(sql, tenant, 'schools', quarter, schools)
  await dropClosedEvents(sql, tenant, names)
}

/** What is to be closed at a municipality, the oldest first. */
async function periodsToClose(sql: Sql, tenant: string, now: Date): Promise<{ kind: 'month' | 'quarter'; period: string }[]> {
  const [first, closed, quarters] = [await firstReceived(sql, tenant), await closedOf(sql, tenant, 'month'), await closedOf(sql, tenant, 'quarter')]
  if (!first) return []
  const due: { kind: 'month' | 'quarter'; period: string }[] = []
  for (const month of monthsToClose(first.getTime(), now.getTime())) {
    const quarter = quarterOf(`${month}-01`)
    if (!closed.has(month)) due.push({ kind: 'month', period: month })
    if (closingOfQuarter(quarter) === closingOf(month) && !quarters.has(quarter)) due.push({ kind: 'quarter', period: quarter })
  }
  return due
}

/** Closes the oldest period that is due at a municipality. False when there is none, or another server is at it: then it is theirs. */
const closeNext = (database: Database, { tenant, settings }: { tenant: string; settings: Settings }, now: Date): Promise<boolean> => database.asServer(async (sql) => {
  if (!await takeClock(sql)) return false
  // Looked up behind the lock: what another server has closed since is not closed again.
  const [next] = await periodsToClose(sql, tenant, now)
  if (!next) return false
  if (next.kind === 'month') await closeMonth(sql, tenant, next.period)
  else await closeQuarter(sql, tenant, next.period, settings)
  return true
})

/** Gives how many periods were closed. A transaction for each, the oldest first. A municipality that fails does not stop the others; the last failure is thrown when they are done. */
export async function closePeriods(database: Database, now: Date): Promise<number> {
  let [done, failure]: [number, unknown] = [0, undefined]
  for (const town of await database.asServer(townsWithSettings)) {
    try {
      const due = await database.asServer((sql) => periodsToClose(sql, town.tenant, now))
      for (let left = due.length; left > 0 && await closeNext(database, town, now); left -= 1) done += 1
    } catch (cause) {
      failure = cause
    }
  }
  if (failure !== undefined) throw failure
  return done
}
