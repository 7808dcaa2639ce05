/** "Dempet visning": a calm dark screen for the classroom, while a step is shown. Remembered, so that the next step and the next time are dim too. */
import { onMounted, onUnmounted, ref, watch } from 'vue'
import { usePreferencesStore } from '#app/stores/preferences.ts'
import { readPreference, writePreference } from '#app/stores/storage.ts'

const isDim = ref(readPreference<boolean>('dim') ?? false)

export function useDim() {
  const preferences = usePreferencesStore()
  const page = document.documentElement.dataset
  const show = (dim: boolean) => {
    page['colorScheme'] = dim ? 'dark' : preferences.scheme
    if (dim) page['dim'] = ''
    else delete page['dim']
  }
  watch(isDim, (dim) => { writePreference('dim', dim); show(dim) })
  // Behind the clock of Skjul it stays dark: no flash of light in a dim room.
  onMounted(() => show(isDim.value))
  onUnmounted(() => show(false))
  return { isDim, toggle: () => { isDim.value = !isDim.value } }
}
