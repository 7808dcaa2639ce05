/** The guidance in the language that is shown. Loaded once per language, from the precache when there is no line. */
import { shallowRef, watch, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Guide, GuideItem } from '#app/domain/guide.ts'
import type { Locale } from '#app/i18n/index.ts'

const files: Record<Locale, () => Promise<{ guide: Guide }>> = {
  nb: () => import('virtual:guide/nb'),
  nn: () => import('virtual:guide/nn'),
  en: () => import('virtual:guide/en'),
}

/** What was loaded is there at once on the next screen, so that its heading can take the focus and the reader finds the place again. */
const loaded = new Map<string, Guide>()

/** Rejects when the file is neither on the phone nor to be had. */
export async function loadGuide(locale: Locale): Promise<Guide> {
  const { guide } = await files[locale]()
  loaded.set(locale, guide)
  return guide
}

interface UseGuide { guide: ShallowRef<Guide | undefined>; isMissing: ShallowRef<boolean>; find: (id: string) => GuideItem | undefined }

/** `guide` is undefined while it loads; `isMissing` when it cannot be had now. Follows a change of language. */
export function useGuide(): UseGuide {
  const { locale } = useI18n()
  const guide = shallowRef(loaded.get(locale.value))
  const isMissing = shallowRef(false)
  watch(locale, async (now) => {
    try {
      const fetched = await loadGuide(now as Locale)
      if (locale.value === now) guide.value = fetched
      isMissing.value = false
    } catch (cause) {
      console.warn('The guidance could not be loaded', cause)
      isMissing.value = true
    }
  }, { immediate: true })
  return { guide, isMissing, find: (id) => guide.value?.items.find((item) => item.id === id) }
}
