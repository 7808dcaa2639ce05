/** The floor under a save: one strict put of as many bytes, with nothing around it, in the same page. */
import type { Page } from 'playwright-core'

/** The bytes of the newest row of the outbox, as the structured clone would count them: near enough for a floor. */
export const bytesOfNewestLetter = (page: Page): Promise<number> => page.evaluate(async () => {
  const open = (name: string) => new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(name)
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  const weigh = (value: unknown): number => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength
    if (typeof value === 'string') return value.length
    if (typeof value === 'object' && value !== null) return Object.values(value).reduce((sum: number, one) => sum + weigh(one), 0)
    return 8
  }
  let most = 0
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined || !name.startsWith('meldt-')) continue
    const database = await open(name)
    if (database.objectStoreNames.contains('letters')) {
      const rows = await new Promise<unknown[]>((resolve, reject) => {
        const asked = database.transaction('letters').objectStore('letters').getAll()
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
      most = Math.max(most, ...rows.map(weigh))
    }
    database.close()
  }
  return most
})

export const rawPuts = (page: Page, bytes: number, times: number): Promise<number[]> => page.evaluate(async ([size, count]) => {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('bench-floor', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('rows', { autoIncrement: true })
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  const samples: number[] = []
  for (let index = 0; index < count; index += 1) {
    const row = { body: crypto.getRandomValues(new Uint8Array(size)).buffer }
    const begun = performance.now()
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction('rows', 'readwrite', { durability: 'strict' })
      transaction.objectStore('rows').put(row)
      transaction.oncomplete = () => resolve()
      transaction.onerror = () => reject(transaction.error)
    })
    samples.push(performance.now() - begun)
  }
  database.close()
  return samples
}, [bytes, times] as const)
