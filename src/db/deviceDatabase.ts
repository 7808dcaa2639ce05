/** What belongs to the phone and to nobody in particular. No names. */
import { Dexie, type EntityTable } from 'dexie'
import type { Keys } from '#contract/session.ts'
import { guardSchema, schemaVersion } from './schemaGuard.ts'

export interface Settings { account: string | null; accounts: string[]; keys: Keys; keysAt: number; schemaVersion: number }
interface SettingRow { key: keyof Settings; value: Settings[keyof Settings] }

export class DeviceDatabase extends Dexie {
  declare settings: EntityTable<SettingRow, 'key'>

  constructor(name: string) {
    super(name, { cache: 'disabled', chromeTransactionDurability: 'strict' })
    this.version(schemaVersion).stores({ settings: 'key' })
    guardSchema(this, 'settings')
  }
}
