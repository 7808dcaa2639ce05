/** Rows from the phone's database as a ref. Reruns when the rows or `input` change; stops with its component. */
import { liveQuery } from 'dexie'
import { shallowRef, watch } from 'vue'

export function useLiveQuery<T, I = void>(query: (input: I) => Promise<T>, input: () => I = () => undefined as I) {
  const data = shallowRef<T>()
  const error = shallowRef<unknown>()
  watch(input, (value, _before, onCleanup) => {
    // Dexie follows what is read after an `await` only if the function that it is given is itself async.
    const subscription = liveQuery(async () => query(value)).subscribe({
      next: (rows) => { data.value = rows; error.value = undefined },
      error: (cause) => { error.value = cause },
    })
    onCleanup(() => subscription.unsubscribe())
  }, { immediate: true })
  return { data, error }
}
