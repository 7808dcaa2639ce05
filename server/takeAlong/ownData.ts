/** Everything that is one's own, as a ZIP (GDPR art. 15 and 20). Others are seen as far as one is told of them in the app, and no further. */
import { strToU8, zipSync } from 'fflate'
import { OwnData, exportVersion, type OwnData as Own } from '#contract/export.ts'
import type { Notice } from '#contract/changes.ts'
import { ownReport, toldReporter } from '../caseViews.ts'
import type { Sql } from '../database/database.ts'
import { accountWithGrants } from '../queries/accounts.ts'
import { eventsOf } from '../queries/cases.ts'
import { lettersOf } from '../queries/letters.ts'
import { reportById, wrappedKey } from '../queries/reports.ts'
import { settingsOf } from '../queries/settings.ts'
import { ownNotices, ownReportIds, ownTrainingIds } from '../queries/takeAlong.ts'
import { trainingById } from '../queries/training.ts'
import { readLetter } from '../readCase.ts'
import type { Services } from '../services.ts'
import { trainingChange } from '../training.ts'
import { wordsIn, type Language } from './words.ts'

/** The author's own letters. That somebody opened it stands in the timeline. */
const ownKinds = ['report', 'supplement', 'withdrawal']

async function ownReports(sql: Sql, account: string, { keyring }: Services): Promise<Own['reports']> {
  const { settings } = await settingsOf(sql)
  const reports: Own['reports'] = []
  for (const id of await ownReportIds(sql, account)) {
    const row = await reportById(sql, id)
    const wrapped = row && await wrappedKey(sql, id)
    if (!row || !wrapped) continue
    const key = keyring.openUnderMaster(wrapped, id)
    const letters = (await lettersOf(sql, id)).filter(({ kind }) => ownKinds.includes(kind))
    reports.push({
      unit: row.unit, unitName: row.unitName, report: await ownReport(row, await eventsOf(sql, [id], toldReporter), key, account, settings.clocks),
      letters: await Promise.all(letters.map((letter) => readLetter(letter, key, 'own'))),
    })
  }
  return reports
}

async function ownTraining(sql: Sql, account: string, { keyring }: Services): Promise<Own['training']> {
  const training: Own['training'] = []
  for (const id of await ownTrainingIds(sql, account)) {
    const row = await trainingById(sql, id)
    if (row) training.push(trainingChange(row, keyring))
  }
  return training
}

/** What is this person's own; undefined when their account is closed. */
export async function readOwnData(sql: Sql, account: string, services: Services, now: Date): Promise<Own | undefined> {
  const reader = await accountWithGrants(sql, account, services.keyring)
  if (!reader) return undefined
  const notices = (await ownNotices(sql, account)).map(({ id, seq, about, what, at }) => ({ kind: 'notice', report: id, seq, about, what, at: at.toISOString() }) as Notice)
  return {
    version: exportVersion, municipality: services.settings.municipality, exportedAt: now.toISOString(), what: 'own', account: reader,
    reports: await ownReports(sql, account, services), notices, training: await ownTraining(sql, account, services),
  }
}

/** The ZIP: the data, the schema that says what each field is, and a page for a person. */
export const zipOwnData = (own: Own, language: Language): Buffer => Buffer.from(zipSync({
  'data.json': strToU8(JSON.stringify(own, undefined, 2)),
  'schema.json': strToU8(JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...OwnData })),
  'README.txt': strToU8(wordsIn(language).say('readMe')),
}, { mtime: own.exportedAt }))
