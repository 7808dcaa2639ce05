/** The database of these settings for a command that runs without the server; none may be using the embedded one. */
import { openDatabase, type Database } from './database/database.ts'
import { startEmbedded } from './database/embedded.ts'
import type { Settings } from './settings.ts'
import { opened } from './start.ts'

/** Opens it, does the work and closes everything, whatever came of it. */
export async function inDatabase<T>({ databaseUrl, dataDir }: Pick<Settings, 'databaseUrl' | 'dataDir'>, work: (database: Database) => Promise<T>): Promise<T> {
  const embedded = databaseUrl === undefined ? await opened(startEmbedded(dataDir)) : undefined
  try {
    const database = await opened(openDatabase(databaseUrl ?? embedded?.url ?? ''))
    return await work(database).finally(() => database.close())
  } finally {
    await embedded?.stop()
  }
}
