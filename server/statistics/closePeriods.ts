/** Counts what has closed, once. The clock asks each minute; nearly always there is nothing to do. A round that fails changes nothing, and the next one does it. */
import { closingOf, closingOfQuarter, daysOfMonth, monthAfter, monthOf, monthsOfQuarter, quarterOf, startOf } from '#contract/periods.ts'
import { dayAt } from '#contract/workdays.ts'
import type { Database, Sql } from '../database/database.ts'
import { takeClock, townsWithSettings } from '../queries/clock.ts'
import { closedEventsOf, closedOf, dropClosedEvents, firstReceived, keepClosedEvents, keepPublished, publishedMonths, reportsByIds, townReports, unitsOf } from '../queries/statistics.ts'
import type { Settings } from '#contract/settings.ts'
import { eventsOfMonth, publishMonth, publishQuarter, type ClosedEvent } from './close.ts'

/** The months from the first report's until the last that has closed. */
export function monthsToClose(first: number, now: number): string[] {
  const months: string[] = []
  for (let month = monthOf(dayAt(first)); closingOf(month) <= now; month = monthAfter(month)) months.push(month)
  return months
}

async function closeMonth(sql: Sql, tenant: string, month: string): Promise<void> {
  const rows = await townReports(sql, tenant, new Date(startOf(daysOfMonth(month).from)), new Date(closingOf(month)))
  const events = eventsOfMonth(rows, month)
  await keepPublished(sql, tenant, 'month', month, publishMonth(month, events))
  await keepClosedEvents(sql, tenant, month, events)
}

/** After its last month. What the schools did is read as it is now: causes and measures come later than the reports. */
async function closeQuarter(sql: Sql, tenant: string, quarter: string, { clocks }: Settings): Promise<void> {
  const names = monthsOfQuarter(quarter)
  const events = (await closedEventsOf(sql, tenant, names)) as ClosedEvent[]
  const rows = await reportsByIds(sql, tenant, events.flatMap(({ reports }) => reports))
  const { town, schools } = publishQuarter(quarter, events, { months: await publishedMonths(sql, tenant, names), byId: new Map(rows.map((row) => [row.id, row])), clocks, units: await unitsOf(sql, tenant) })
  await keepPublished(sql, tenant, 'quarter', quarter, town)
  await keepPublished(sql, tenant, 'schools', quarter, schools)
  await dropClosedEvents(sql, tenant, names)
}

/** Gives how many periods were closed. A transaction for each, the oldest first. */
export async function closePeriods(database: Database, now: Date): Promise<number> {
  const towns = await database.asServer(townsWithSettings)
  let done = 0
  for (const { tenant, settings } of towns) {
    const { first, months: closed, quarters } = await database.asServer(async (sql) => ({ first: await firstReceived(sql, tenant), months: await closedOf(sql, tenant, 'month'), quarters: await closedOf(sql, tenant, 'quarter') }))
    if (!first) continue
    const months = monthsToClose(first.getTime(), now.getTime())
    const work: ((sql: Sql) => Promise<void>)[] = []
    for (const month of months) {
      const quarter = quarterOf(`${month}-01`)
      if (!closed.has(month)) work.push((sql) => closeMonth(sql, tenant, month))
      if (closingOfQuarter(quarter) === closingOf(month) && !quarters.has(quarter)) work.push((sql) => closeQuarter(sql, tenant, quarter, settings))
    }
    for (const close of work) {
      // Another server may be at it: then it is theirs.
      const isOurs = await database.asServer(async (sql) => {
        if (!await takeClock(sql)) return false
        await close(sql)
        return true
      })
      if (!isOurs) break
      done += 1
    }
  }
  return done
}
