/** What belongs to the phone and to nobody in particular. No names of persons. A shipped version is never edited. */
import { Dexie, type EntityTable } from 'dexie'
import type { Feature } from '#contract/features.ts'
import type { LocalEntry } from '#contract/local.ts'
import type { Keys, Unit } from '#contract/session.ts'
import type { LocalForm } from '#app/domain/localForm.ts'
import type { WalkPlaces } from '#app/domain/walkPlace.ts'
import { guardSchema } from './schemaGuard.ts'

const newest = 2

export interface Settings {
  account: string | null; accounts: string[]; keys: Keys; keysAt: number; schemaVersion: number
  /** Of the municipality's own: which state the rows are, all schools, those of whoever signed in last, and the one that was chosen here. */
  features: Record<Feature, boolean>; localTag: string; units: Unit[]; mine: string[]; school: string
  /** What an administrator has begun to write. */
  localForms: Record<string, LocalForm>
  /** How far somebody has come in the walk-throughs. */
  walks: WalkPlaces
}
interface SettingRow { key: keyof Settings; value: Settings[keyof Settings] }
/** The municipality's own, as the server sent it. */
export interface LocalStoredRow { id: string; version: number; entry: LocalEntry }

export class DeviceDatabase extends Dexie {
  declare settings: EntityTable<SettingRow, 'key'>
  declare local: EntityTable<LocalStoredRow, 'id'>

  constructor(name: string) {
    super(name, { cache: 'disabled', chromeTransactionDurability: 'strict' })
    this.version(1).stores({ settings: 'key' })
    this.version(2).stores({ local: 'id' }).upgrade((transaction) => transaction.table<SettingRow>('settings').put({ key: 'schemaVersion', value: 2 }))
    guardSchema(this, 'settings', newest)
  }
}
