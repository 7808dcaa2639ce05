/**
 * Dexie 4 opens a database that a newer release has changed, and writes rows into it that the newer code cannot find (Dexie #2097). So every
 * database says its own version in a row, and code that is older than the row opens nothing.
 */
import type { Dexie } from 'dexie'
import type { MetaRow } from './rows.ts'
import { StorageError } from './errors.ts'

/** `schemaVersion` is the newest version that this code knows of that database. */
export function guardSchema(database: Dexie, tableName: string, schemaVersion: number): void {
  database.on('populate', (transaction) => transaction.table<MetaRow>(tableName).add({ key: 'schemaVersion', value: schemaVersion }))
  database.on('ready', async (opened) => {
    // Dexie multiplies its versions by ten; a raised raw number is another release's work too.
    if (database.backendDB().version >= (schemaVersion + 1) * 10) throw new StorageError('newer-schema')
    const row = await (opened as Dexie).table<MetaRow>(tableName).get('schemaVersion')
    if (Number(row?.value ?? 0) > schemaVersion) throw new StorageError('newer-schema')
  }, true)
  // Another tab wants to upgrade or wipe: let it. The next question opens again, and meets the guard.
  database.on('versionchange', () => {
    database.close({ disableAutoOpen: false })
    return false
  })
}
