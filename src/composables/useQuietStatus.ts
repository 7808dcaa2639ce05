/** A status line that changes at most every ten seconds, so that a screen reader is not talked to death. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'

const rest = 10_000

export function useQuietStatus(source: Ref<string>): Ref<string> {
  const shown = ref(source.value)
  let lastAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (text) => {
    clearTimeout(timer)
    timer = setTimeout(() => { shown.value = text; lastAt = Date.now() }, Math.max(0, lastAt + rest - Date.now()))
  })
  onScopeDispose(() => clearTimeout(timer))
  return shown
}
