/**
 * Opens the keys that a database belongs to. With other keys, or with new ones in place of lost ones, the server would look well and make texts that
 * nobody can read again: then it does not start.
 */
import type { Database } from '../database/database.ts'
import { anySealedName, keepKeyMark, keyMark } from '../queries/keyMark.ts'
import { hasKeys, keyFile, openKeyring, type Keyring } from './keys.ts'

/** Says in one sentence what is wrong with the keys, and what to do. */
export class WrongKeys extends Error { override name = 'WrongKeys' }

const remedy = 'Put the folder "keys" that belongs to this database back (it is part of the backup), or set DATA_DIR to the folder that has it. Nothing was changed.'
const missing = (dataDir: string) => new WrongKeys(`The database has been in use, but its keys are missing: there is no ${keyFile(dataDir)}. Without them nothing that was reported can be read. ${remedy}`)
const foreign = (dataDir: string, cause?: unknown) => new WrongKeys(`The keys in ${keyFile(dataDir)} are not the ones that this database was begun with, so nothing that was reported could be read. ${remedy}`, { cause })

function mustOpen(keyring: Keyring, { id, sealed }: { id: string; sealed: Buffer }, dataDir: string): void {
  try {
    keyring.openUnderMaster(sealed, id)
  } catch (cause) {
    throw foreign(dataDir, cause)
  }
}

/** The keyring of this database, made at its first start. Throws WrongKeys, and has then written nothing. */
export async function openKeysOf(database: Database, dataDir: string): Promise<Keyring> {
  const { mark, name } = await database.asServer(async (sql) => ({ mark: await keyMark(sql), name: await anySealedName(sql) }))
  if ((mark || name) && !hasKeys(dataDir)) throw missing(dataDir)
  const keyring = await openKeyring(dataDir)
  // A database from before the mark shows by a name whether these are its keys.
  if (!mark && name) mustOpen(keyring, name, dataDir)
  const kept = mark ?? await database.asServer((sql) => keepKeyMark(sql, keyring.mark))
  if (!kept?.equals(keyring.mark)) throw foreign(dataDir)
  return keyring
}
