/** How the last talk with the server went. What waits to be sent is a query, not a store. */
import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { SyncResult } from '#app/domain/model.ts'
import { readPreference, writePreference } from './storage.ts'

export const useSyncStore = defineStore('sync', () => {
  const lastResult = ref<SyncResult>()
  /** When the server last answered, in milliseconds; known after a restart without a line too. */
  const lastDoneAt = ref(readPreference<number>('lastDoneAt'))
  /** The truth about the line is the last request; the browser's own word is only a hint. */
  const isOnline = ref(navigator.onLine)
  window.addEventListener('online', () => { isOnline.value = true })
  window.addEventListener('offline', () => { isOnline.value = false })

  const isReachable = computed(() => isOnline.value && lastResult.value !== 'unreachable' && lastResult.value !== 'captive')
  const needsSignIn = computed(() => lastResult.value === 'sign-in')
  const needsUpdate = computed(() => lastResult.value === 'update-needed')

  function note(result: SyncResult): void {
    if (result === 'busy') return
    lastResult.value = result
    if (result !== 'done') return
    lastDoneAt.value = Date.now()
    writePreference('lastDoneAt', lastDoneAt.value)
  }

  /** "Prøv nå": talks to the server at once. */
  async function tryNow(): Promise<SyncResult> {
    const { syncNow } = await import('#app/sync/sync.ts')
    const result = await syncNow()
    note(result)
    return result
  }

  /** Fetches what was written in a case, to be read from the phone's own rows. */
  async function fetchCase(id: string) {
    const { fetchCase: fetchIt } = await import('#app/sync/sync.ts')
    return fetchIt(id)
  }

  return { fetchCase, lastResult, lastDoneAt, isReachable, needsSignIn, needsUpdate, note, tryNow }
})
