/** Days as people say them: "i dag", "i morgen", "onsdag 25. november". */
import { useI18n } from 'vue-i18n'

const dayMs = 86_400_000
const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

export function useDayWords() {
  const { t, locale } = useI18n()

  function dayOf(date: Date, now = new Date()): string {
    const ahead = Math.round((midnight(date) - midnight(now)) / dayMs)
    if (ahead === 0) return t('common.today')
    if (ahead === 1) return t('followup.tomorrow')
    return date.toLocaleDateString(locale.value === 'en' ? 'en-GB' : locale.value, { weekday: 'long', day: 'numeric', month: 'long' })
  }
  /** The day that ends at this moment: a norm counts to the midnight after it. */
  const endingAt = (iso: string): string => dayOf(new Date(Date.parse(iso) - 1))
  /** A calendar day, as YYYY-MM-DD. */
  const ofDate = (day: string): string => dayOf(new Date(`${day}T12:00:00`))
  return { dayOf, endingAt, ofDate }
}
