/** Which reports lie on the phone's own disk, read from the raw database: the app's screens are not asked. */
import type { Phone } from '../../tests/support/e2e/phone.ts'

/** Ids of the letters of kind `report`, in all accounts of this phone. */
export const localReports = async (phone: Phone): Promise<Set<string>> => new Set(await phone.page.evaluate(async () => {
  const ids: string[] = []
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined || !name.startsWith('meldt-')) continue
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open(name)
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
    if (database.objectStoreNames.contains('letters')) {
      const rows = await new Promise<{ id: string; kind: string }[]>((resolve, reject) => {
        const asked = database.transaction('letters').objectStore('letters').getAll()
        asked.onsuccess = () => resolve(asked.result as { id: string; kind: string }[])
        asked.onerror = () => reject(asked.error)
      })
      ids.push(...rows.filter(({ kind }) => kind === 'report').map(({ id }) => id))
    }
    database.close()
  }
  return ids
}))
