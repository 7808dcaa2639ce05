/** What the server is made of. Built once in main.ts (or by a test) and handed to every room as an argument. */
import type { Database } from './database/database.ts'
import type { Keyring } from './keys/keys.ts'
import type { Live } from './live.ts'
import type { Settings } from './settings.ts'

export interface Services {
  settings: Settings
  database: Database
  keyring: Keyring
  /** Who is looking right now. */
  live: Live
  /** The only clock of the server, so that a test can move it. */
  clock: () => Date
}
