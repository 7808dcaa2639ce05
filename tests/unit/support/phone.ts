/** A phone with an empty IndexedDB (fake-indexeddb), its clock under the test's thumb. */
import 'fake-indexeddb/auto'
import type { Facts } from '#contract/facts.ts'
import { newId } from '#app/domain/ids.ts'
import type { Draft } from '#app/domain/model.ts'
import { keepServerKeys, switchAccount } from '#app/db/device.ts'
import { wipePhone } from '#app/db/storage.ts'
import type { School } from './school.ts'

export const kari = '0190a000-0000-7000-8000-00000000000a'
export const ola = '0190a000-0000-7000-8000-00000000000b'

export async function freshPhone(school: School, account: string | null = kari): Promise<void> {
  await wipePhone()
  await keepServerKeys(school.keys)
  await switchAccount(account)
}

export function aDraft(facts: Facts = { tiles: ['hit'], severity: 2 }, more: Partial<Draft> = {}): Draft {
  const id = newId()
  return { id, report: id, kind: 'report', kept: false, at: new Date().toISOString(), facts, ...more }
}

/** Every row of every database, as IndexedDB gives them: what a thief of the disk would see. */
export async function everyRow(): Promise<{ database: string; table: string; row: unknown }[]> {
  const found: { database: string; table: string; row: unknown }[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open(name)
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error ?? new Error(name))
    })
    for (const table of database.objectStoreNames) {
      const rows = await new Promise<unknown[]>((resolve) => {
        const asked = database.transaction(table).objectStore(table).getAll()
        asked.onsuccess = () => resolve(asked.result as unknown[])
      })
      found.push(...rows.map((row) => ({ database: name, table, row })))
    }
    database.close()
  }
  return found
}

/** All bytes and texts of a row in one string. */
export const printed = (value: unknown): string => JSON.stringify(value, (_key, part: unknown) =>
  part instanceof ArrayBuffer ? new TextDecoder('latin1').decode(part) : part)
