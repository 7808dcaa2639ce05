/** Goes to the place that the address names, once the text stands: the search leads to a section, a paragraph's name to its own words. The reader's focus goes with it. */
import { nextTick, watch } from 'vue'
import { useRoute } from 'vue-router'

async function goTo(hash: string): Promise<void> {
  await nextTick()
  if (hash === '') return
  requestAnimationFrame(() => {
    const place = document.getElementById(hash.slice(1))
    place?.scrollIntoView()
    place?.focus({ preventScroll: true })
  })
}

export function useHashPlace(isShown: () => boolean): void {
  const route = useRoute()
  watch(() => [isShown(), route.hash] as const, ([shown, hash]) => { if (shown) void goTo(hash) }, { immediate: true })
}
