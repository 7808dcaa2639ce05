/** Opens the safe of one account's database. The key is made at the first write and kept in memory while the app runs. */
import { lock, newDoor, openDoor, unlock } from '#app/crypto/safe.ts'
import type { AccountDatabase } from './accountDatabase.ts'

export interface Safe {
  lock(place: string, value: unknown): Promise<ArrayBuffer>
  unlock<T>(place: string, box: ArrayBuffer): Promise<T>
}

const dataKeys = new Map<string, { wrapped: string; key: CryptoKey }>()
const print = (bytes: ArrayBuffer) => new Uint8Array(bytes).join('.')

async function doorOf(database: AccountDatabase) {
  const door = await database.doors.get('device')
  if (door) return door
  const made = await newDoor()
  return database.transaction('rw', database.doors, async () => {
    const other = await database.doors.get('device')
    if (!other) await database.doors.add(made)
    return other ?? made
  })
}

/** Ask before a transaction opens: no transaction outlives a wait for WebCrypto. */
export async function openSafe(database: AccountDatabase): Promise<Safe> {
  const door = await doorOf(database)
  const wrapped = print(door.wrapped)
  const known = dataKeys.get(database.name)
  // A wiped phone gets a new door under the same name.
  const key = known?.wrapped === wrapped ? known.key : await openDoor(door)
  dataKeys.set(database.name, { wrapped, key })
  return { lock: (place, value) => lock(key, place, value), unlock: (place, box) => unlock(key, place, box) }
}
