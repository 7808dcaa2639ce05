/** One case as one reader may see it: the only way in which a case's words leave the server. */
import type { Case, CaseLetter } from '#contract/changes.ts'
import type { LetterHeader } from '#contract/letter.ts'
import type { Sql } from './database/database.ts'
import { caseSummary, eventsFor, factsFor, sight, type Sight } from './caseViews.ts'
import { decrypt } from './keys/keys.ts'
import { reopen } from './keys/openLetter.ts'
import { accountWithGrants } from './queries/accounts.ts'
import { eventsOf, handlersOf, linkedOf } from './queries/cases.ts'
import { lettersOf, type KeptLetter } from './queries/letters.ts'
import { reportById, wrappedKey } from './queries/reports.ts'
import { settingsOf } from './queries/settings.ts'
import type { Services } from './services.ts'
import { relationOf } from './views.ts'

/** One letter, opened for this sight. */
export async function readLetter(row: KeptLetter, key: Buffer, seen: Sight): Promise<CaseLetter> {
  const content = await reopen({ ...row, contentKey: decrypt(key, row.cekSealed, row.id) })
  const header: LetterHeader = JSON.parse(row.header.toString('utf8'))
  return { id: row.id, kind: header.kind, at: header.at, receivedAt: row.receivedAt.toISOString(), confirmed: row.confirmed, facts: 'facts' in content ? factsFor(content.facts, seen) : {} }
}

/** The reporter is known to the leader and to themself; to the municipality when it has to talk with them instead of the leader. */
export const knowsReporter = (seen: Sight, isRecused: boolean): boolean => seen === 'whole' || seen === 'own' || (seen === 'escalated' && isRecused)

/**
 * The case and how much of it was seen, within the caller's transaction; undefined when there is none for this reader. Writes no audit row: the caller does, for what it is read for.
 * `people` is left empty: names of others are asked for with the server's eyes (`peopleOf`).
 */
export async function readCase(sql: Sql, id: string, account: string, { keyring }: Pick<Services, 'keyring'>): Promise<{ found: Case; seen: Sight } | undefined> {
  const reader = await accountWithGrants(sql, account, keyring)
  const report = await reportById(sql, id)
  const wrapped = report && await wrappedKey(sql, id)
  const relation = report && relationOf(report, account)
  const seen = relation && reader && sight(reader.grants, relation)
  if (!report || !wrapped || !relation || !reader || !seen) return undefined
  const { settings } = await settingsOf(sql)
  const key = keyring.openUnderMaster(wrapped, id)
  const letters = (await lettersOf(sql, id)).filter(({ kind }) => kind !== 'case')
  return {
    seen,
    found: {
      summary: caseSummary(report, seen, relation, reader.grants, settings.clocks), reporter: knowsReporter(seen, report.recused) ? decrypt(key, report.reporterName, id).toString() : null,
      masked: seen === 'masked' || seen === 'escalated', letters: await Promise.all(letters.map((row) => readLetter(row, key, seen))),
      events: await eventsFor(await eventsOf(sql, [id]), key, { seen, reader: account }), people: [], linked: seen === 'own' ? [] : await linkedOf(sql, id),
    },
  }
}

/** Who may handle the case, by name: to whoever handles it. */
export async function peopleOf({ database, keyring }: Services, id: string): Promise<Case['people']> {
  const rows = await database.asServer((sql) => handlersOf(sql, id))
  return rows.map(({ id: account, sealed }) => ({ id: account, name: keyring.openUnderMaster(sealed, account).toString() }))
}
