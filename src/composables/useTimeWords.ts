/** Times as people say them: "i dag kl. 10:15", "tirsdag kl. 13:05", "14. nov. kl. 08:10". */
import { useI18n } from 'vue-i18n'

const day = 24 * 60 * 60 * 1000
const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

export function useTimeWords() {
  const { t, locale } = useI18n()
  const time = (date: Date) => `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`

  function dayInWords(date: Date, now: Date): string {
    const daysAgo = Math.round((midnight(now) - midnight(date)) / day)
    if (daysAgo === 0) return t('common.today')
    if (daysAgo === 1) return t('common.yesterday')
    if (daysAgo > 1 && daysAgo < 7) return date.toLocaleDateString(locale.value, { weekday: 'long' })
    const isThisYear = date.getFullYear() === now.getFullYear()
    return date.toLocaleDateString(locale.value, { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) })
  }

  /** A time in words; an empty text for a time that is not known. */
  function inWords(iso: string | undefined | null, now = new Date()): string {
    const date = new Date(iso ?? '')
    return Number.isNaN(date.getTime()) ? '' : t('common.at', { day: dayInWords(date, now), time: time(date) })
  }
  return { inWords, time }
}
