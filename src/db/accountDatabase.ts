/** One account's rows. A shipped version is never edited. */
import { Dexie, type EntityTable, type Table } from 'dexie'
import type { Door } from '#app/crypto/safe.ts'
import type { DraftRow, LetterRow, MetaRow, NoticeRow, SafeRow, SchoolRow, TrainingRow } from './rows.ts'
import { guardSchema } from './schemaGuard.ts'

const newest = 3

export class AccountDatabase extends Dexie {
  declare letters: EntityTable<LetterRow, 'id'>
  declare safe: EntityTable<SafeRow, 'id'>
  declare drafts: EntityTable<DraftRow, 'id'>
  /** What the school did with own reports, the unit's cases, and the cases that were opened. */
  declare own: EntityTable<SchoolRow, 'report'>
  declare cases: EntityTable<SchoolRow, 'report'>
  declare details: EntityTable<SchoolRow, 'report'>
  /** Training and practice: every entry that is known here, told or written. */
  declare training: EntityTable<TrainingRow, 'report'>
  declare notices: EntityTable<NoticeRow, 'report'>
  declare doors: Table<Door, string>
  declare meta: EntityTable<MetaRow, 'key'>

  constructor(name: string) {
    // No cache: a live query then shows committed rows only. Strict: committed means on disk.
    super(name, { cache: 'disabled', chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      letters: 'id, report, at, nextAttemptAt',
      safe: 'id, report, at',
      drafts: 'id, report, at, kept',
      own: 'report',
      cases: 'report',
      details: 'report',
      doors: 'door',
      meta: 'key',
    })
    this.version(2).stores({ training: 'report' }).upgrade((transaction) => transaction.table<MetaRow>('meta').put({ key: 'schemaVersion', value: 2 }))
    // By when they were delivered: those may be newer than what the school has told. It is asked for everything anew, because it tells more than before.
    this.version(3).stores({ letters: 'id, report, at, nextAttemptAt, deliveredAt', notices: 'report, read' }).upgrade(async (transaction) => {
      await transaction.table<MetaRow>('meta').put({ key: 'schemaVersion', value: 3 })
      await transaction.table<MetaRow>('meta').delete('cursor')
    })
    guardSchema(this, 'meta', newest)
  }
}
