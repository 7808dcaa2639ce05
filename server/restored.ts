/**
 * After a backup was put back: phones have seen numbers that this database will give out once more, and would pass by what gets them now. With a new
 * epoch no cursor is known; every phone fetches afresh, asks what is here, and delivers again what is missing.
 */
import type { Database } from './database/database.ts'
import { inDatabase } from './inDatabase.ts'
import { openKeysOf } from './keys/keysOf.ts'
import { newEpochs, tenantKinds } from './queries/tenants.ts'
import type { Settings } from './settings.ts'
import { StartError } from './start.ts'

/** Gives each municipality a new epoch. Gives their names; throws when there is none, or when the keys are not this database's. */
export async function beginNewEpoch(database: Database, dataDir: string): Promise<string[]> {
  // An empty database gets no keys: those that belong to it may not have been put back yet either.
  if ((await database.asServer(tenantKinds)).length === 0) throw new StartError('The database is empty: nothing was put back. Restore the backup first, then run this again.')
  await openKeysOf(database, dataDir)
  return database.asServer(newEpochs)
}

/** The same for the database of these settings, which no server may be using. */
export const restored = (settings: Pick<Settings, 'databaseUrl' | 'dataDir'>): Promise<string[]> => inDatabase(settings, (database) => beginNewEpoch(database, settings.dataDir))
