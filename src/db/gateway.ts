/**
 * The one gateway to IndexedDB. Browsers close connections behind our back (Safari most of all); asking the same handle again does not help. So a
 * lost connection is replaced, and what was asked is asked once more. Every failure leaves as a StorageError; none becomes an empty answer.
 */
import type { Dexie } from 'dexie'
import { AccountDatabase } from './accountDatabase.ts'
import { DeviceDatabase } from './deviceDatabase.ts'
import { isLostConnection, StorageError, toStorageError } from './errors.ts'

const opened = new Map<string, Dexie>()

function databaseOf<D extends Dexie>(name: string, make: (name: string) => D): D {
  const known = opened.get(name) as D | undefined
  if (known) return known
  const database = make(name)
  opened.set(name, database)
  return database
}

/** Lets go of a connection. The next question opens a new one. */
export function letGo(name: string): void {
  opened.get(name)?.close()
  opened.delete(name)
}

export function letGoOfAll(): void {
  for (const name of opened.keys()) letGo(name)
}

let isShut = false
/** The phone is being emptied from another tab: nothing is read or written here any more, until the page begins anew. */
export function shut(): void {
  isShut = true
  letGoOfAll()
}

async function ask<D extends Dexie, T>(name: string, make: (name: string) => D, work: (database: D) => Promise<T>): Promise<T> {
  if (isShut) throw new StorageError('closed')
  const database = databaseOf(name, make)
  try {
    return await work(database)
  } catch (cause) {
    if (!isLostConnection(cause)) throw toStorageError(cause)
    // Somebody else may have replaced it already; theirs is good.
    if (opened.get(name) === database) letGo(name)
    try {
      return await work(databaseOf(name, make))
    } catch (again) {
      throw toStorageError(again)
    }
  }
}

export const deviceName = 'meldt'
export const nameOf = (account: string | null): string => `${deviceName}-${account ?? 'nobody'}`

export const inDevice = <T>(work: (database: DeviceDatabase) => Promise<T>): Promise<T> => ask(deviceName, (name) => new DeviceDatabase(name), work)

/** `null` is the database of whoever has not signed in yet. */
export const inAccount = <T>(account: string | null, work: (database: AccountDatabase) => Promise<T>): Promise<T> =>
  ask(nameOf(account), (name) => new AccountDatabase(name), work)
