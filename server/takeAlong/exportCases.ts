/**
 * Cases for another system or a spreadsheet, written as they are read: one page of cases at a time, so that ten thousand take no more room than twenty-five. Each page is
 * a transaction of its own with one audit row per case in it, ended before the receiver gets the page: a slow line holds nothing, and what was read is known.
 */
import { exportVersion, type CaseExport, type ExportedCase, type ExportWish } from '#contract/export.ts'
import type { Grant } from '#contract/session.ts'
import { dayAt, daysAfter, endOf } from '#contract/workdays.ts'
import { caseSummary, sight } from '../caseViews.ts'
import type { Sql } from '../database/database.ts'
import { can } from '../policy.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { reportById } from '../queries/reports.ts'
import { settingsOf } from '../queries/settings.ts'
import { caseIds, type CaseReach } from '../queries/takeAlong.ts'
import { closeWork } from '../queries/work.ts'
import { readCase } from '../readCase.ts'
import type { Services } from '../services.ts'
import { relationOf } from '../views.ts'
import { mark } from './csv.ts'
import { tableHead, tableRow } from './caseTable.ts'
import { wordsIn } from './words.ts'

const pageSize = 25

/** Where somebody with these grants may export from; undefined when nowhere. A wish for one school narrows it. */
export function reachOf(grants: readonly Grant[], { unit, from, to }: Pick<ExportWish, 'unit' | 'from' | 'to'>): CaseReach | undefined {
  const wanted = (id: string) => unit === undefined || unit === id
  const units = grants.flatMap((grant) => (grant.role === 'leder' && grant.unit && wanted(grant.unit.id) ? [grant.unit.id] : []))
  const hms = grants.filter(({ role }) => role === 'hms')
  const seesAll = hms.some((grant) => grant.unit === null)
  const handedOn = seesAll ? (unit === undefined ? null : [unit]) : hms.flatMap((grant) => (grant.unit && wanted(grant.unit.id) ? [grant.unit.id] : []))
  if (units.length === 0 && handedOn?.length === 0) return undefined
  // A day begins where the day before it ends, in the nights of daylight saving too.
  return { units, handedOn, from: from === undefined ? null : new Date(endOf(daysAfter(from, -1))), until: to === undefined ? null : new Date(endOf(to)) }
}

/** One page of cases as pieces of text, with their audit rows. What is no longer this person's to export is left out. */
type Page = (sql: Sql, ids: string[], grants: readonly Grant[]) => Promise<{ id: string; text: string }[]>
export interface Asker { account: string; services: Services; now: Date }

/** A page for a spreadsheet: codes and times only, so nothing is opened. */
const asTable = ({ account }: Asker, lang: ExportWish['lang']): Page => async (sql, ids, grants) => {
  const words = wordsIn(lang ?? 'nb')
  const { settings } = await settingsOf(sql)
  const rows: { id: string; text: string }[] = []
  for (const id of ids) {
    const report = await reportById(sql, id)
    const relation = report && relationOf(report, account)
    const seen = relation && can(grants, 'case.export', relation) ? sight(grants, relation) : undefined
    if (report && relation && seen) rows.push({ id, text: tableRow(caseSummary(report, seen, relation, grants, settings.clocks), words) })
  }
  return rows
}

/** A page for another system: the view that GET /cases/:id gives this reader. */
const asObjects = ({ account, services }: Asker): Page => async (sql, ids, grants) => {
  const rows: { id: string; text: string }[] = []
  for (const id of ids) {
    const report = await reportById(sql, id)
    if (!report || !can(grants, 'case.export', relationOf(report, account))) continue
    const read = await readCase(sql, id, account, services)
    if (!read) continue
    const { summary, reporter, masked, letters, events, linked } = read.found
    rows.push({ id, text: JSON.stringify({ summary, reporter, masked, letters, events, linked } satisfies ExportedCase) })
  }
  return rows
}

/** The file, piece by piece. Whoever has lost their role on the way gets no more. */
export async function* exportCases(asker: Asker, ids: string[], wish: ExportWish): AsyncGenerator<string> {
  const { account, now, services: { database, keyring, settings } } = asker
  const isTable = wish.format === 'csv'
  const page = isTable ? asTable(asker, wish.lang) : asObjects(asker)
  const head = { version: exportVersion, municipality: settings.municipality, exportedAt: now.toISOString(), what: 'cases', unit: wish.unit ?? null, from: wish.from ?? null, to: wish.to ?? null } satisfies Omit<CaseExport, 'cases'>
  yield isTable ? mark + tableHead(wordsIn(wish.lang ?? 'nb')) : `${JSON.stringify(head).slice(0, -1)},"cases":[`
  let written = 0
  for (let at = 0; at < ids.length; at += pageSize) {
    const rows = await database.asActor({ account }, async (sql) => {
      const reader = await accountWithGrants(sql, account, keyring)
      const found = await page(sql, ids.slice(at, at + pageSize), reader?.grants ?? [])
      if (found.length > 0) await closeWork(sql, found.map(({ id }) => ({ action: 'case.export', object: id, detail: { format: wish.format } })), 0)
      return found
    })
    for (const { text } of rows) {
      yield isTable ? text : `${written === 0 ? '' : ','}\n${text}`
      written += 1
    }
  }
  if (!isTable) yield '\n]}\n'
}

/** Which cases there are to export for this wish, or undefined when this person may export none at all. */
export async function casesToExport({ account, services: { database, keyring } }: Asker, wish: ExportWish): Promise<string[] | undefined> {
  return database.asReader({ account }, async (sql) => {
    const reader = await accountWithGrants(sql, account, keyring)
    const reach = reader && reachOf(reader.grants, wish)
    const { settings } = await settingsOf(sql)
    return reach && settings.features.exports ? caseIds(sql, reach) : undefined
  })
}

/** The day of an export, for its name. */
export const exportDay = (now: Date): string => dayAt(now.getTime())
