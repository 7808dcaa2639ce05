/** What a page's numbers are of, for its files, its pictures and its paper. */
import { computed, provide, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Span } from '#contract/periods.ts'
import { dayAt, daysAfter } from '#contract/workdays.ts'
import { aboutKey } from '#app/ui/chart.ts'
import { useNumberWords } from './useNumberWords.ts'

export interface About { place: string; span?: Span | undefined; asOf: string | undefined }
/** "Solbakken skole, 1. august 2026 – 23. november 2026. Talt 23. november 2026." */
export function useAbout(of: () => About): ComputedRef<string> {
  const { t } = useI18n()
  const { day } = useNumberWords()
  const about = computed(() => {
    const { place, span, asOf } = of()
    const counted = t('numbers.about.counted', { day: day(dayAt(asOf === undefined ? Date.now() : Date.parse(asOf))) })
    return `${span ? t('numbers.about.span', { place, from: day(span.from), to: day(daysAfter(span.to, -1)) }) : place}. ${counted}`
  })
  provide(aboutKey, about)
  return about
}
