/** Steps and texts that fit what was logged. Loaded after the screen stands, so that it delays nothing; nothing about it is sent. */
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Facts } from '#contract/facts.ts'
import { adviceFor } from '#app/domain/advice.ts'
import type { Guide, Reader } from '#app/domain/guide.ts'
import { addressOf } from '#app/domain/guideAddress.ts'
import type { Locale } from '#app/i18n/index.ts'
import { loadGuide } from './useGuide.ts'

/** Links for a LinkList; empty while the guidance loads, and where it is not on the phone. */
export function useAdvice(facts: () => Facts | undefined, readers: () => readonly Reader[], limit = 4) {
  const { locale } = useI18n()
  const guide = shallowRef<Guide>()
  let isGone = false
  onScopeDispose(() => { isGone = true })

  async function fetchGuide(wanted: string): Promise<void> {
    try {
      const loaded = await loadGuide(wanted as Locale)
      if (!isGone && locale.value === wanted) guide.value = loaded
    } catch (cause) {
      console.info('The guidance is not on this phone yet', cause)
    }
  }
  watch(() => (facts() === undefined ? undefined : locale.value), (wanted) => {
    // After the next picture: what somebody waits for is drawn first.
    if (wanted !== undefined) requestAnimationFrame(() => setTimeout(() => { if (!isGone) void fetchGuide(wanted) }))
  }, { immediate: true })

  return computed(() => {
    const logged = facts()
    if (logged === undefined || guide.value === undefined) return []
    return adviceFor(logged, guide.value.items, readers(), limit).map((item) => ({ to: addressOf(item), label: item.title }))
  })
}
