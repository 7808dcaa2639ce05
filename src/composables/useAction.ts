/** One thing that a person does: a second tap while it runs is ignored, and a failure is shown in words instead of lost. */
import { ref } from 'vue'

/** `error` is a key below `common.error`. It stays until the next try. */
export function useAction<A extends unknown[]>(act: (...values: A) => Promise<void>) {
  const isRunning = ref(false)
  const error = ref<string>()
  async function run(...values: A): Promise<void> {
    if (isRunning.value) return
    isRunning.value = true
    error.value = undefined
    try {
      await act(...values)
    } catch (cause) {
      error.value = errorKey(cause)
      console.warn('An action failed', cause)
    } finally {
      isRunning.value = false
    }
  }
  return { run, isRunning, error }
}

const known = ['quota', 'closed', 'blocked', 'newer-schema', 'no-key', 'unavailable']

/** Storage errors carry a code. Known by it and not by class, so that the database stays out of the first chunk. */
export function errorKey(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return known.includes(code) ? code : 'unknown'
}
