/** Numbers, months and codes as people say them. Whoever counts as a leader says "hendelser" of what happened and "meldinger" of what was told. */
import { useI18n } from 'vue-i18n'
import { unsaid } from '#contract/counting.ts'

const yesNo = ['loneWork', 'nearMiss']
export function useNumberWords() {
  const { t, locale } = useI18n()
  const spoken = () => (locale.value === 'en' ? 'en-GB' : locale.value)
  const dateOf = (day: string) => new Date(`${day}T12:00:00`)
  /** "11. august 2026" */
  const day = (date: string): string => dateOf(date).toLocaleDateString(spoken(), { day: 'numeric', month: 'long', year: 'numeric' })
  /** "november", of `2026-11`. */
  const month = (code: string): string => dateOf(`${code}-01`).toLocaleDateString(spoken(), { month: 'long' })
  /** "nov. 26" as it stands under a bar. */
  const shortMonth = (code: string): string => `${dateOf(`${code}-01`).toLocaleDateString(spoken(), { month: 'short' }).replace('.', '').slice(0, 4)} ${code.slice(2, 4)}`
  /** "november 2026", as a row is called. */
  const wholeMonth = (code: string): string => `${month(code)} ${code.slice(0, 4)}`
  const week = (code: string): string => t('numbers.week', { n: Number(code.slice(6)) })
  /** "tirsdag"; short: "ti". */
  const weekday = (nth: number, isShort = false): string => {
    const name = new Date(2024, 0, nth, 12).toLocaleDateString(spoken(), { weekday: isShort ? 'short' : 'long' })
    return isShort ? name.replace('.', '') : name
  }
  const hour = (nth: number): string => `${String(nth).padStart(2, '0')}–${String((nth + 1) % 24).padStart(2, '0')}`
  /** "tirsdag kl. 10–11", of `2-10`. */
  const moment = (code: string): string => {
    const [day = 1, at = 0] = code.split('-').map(Number)
    return t('numbers.moment', { day: weekday(day), hours: hour(at) })
  }
  const list = (items: readonly string[]): string => new Intl.ListFormat(spoken(), { type: 'conjunction' }).format(items)
  const number = (n: number): string => n.toLocaleString(locale.value === 'en' ? 'en-GB' : 'nb', { maximumFractionDigits: 1 })

  /** What a row of a table is called. */
  function code(table: string, row: string): string {
    if (row === unsaid) return t('common.notGiven')
    if (table === 'month') return month(row)
    if (table === 'week') return week(row)
    if (table === 'column') return t(`numbers.column.${row}`)
    if (table === 'severity') return t(`code.severity-${row}`)
    return yesNo.includes(table) ? t(`numbers.${table}.${row}`) : t(`code.${row}`)
  }
  return { day, month, wholeMonth, shortMonth, week, weekday, hour, moment, list, number, code }
}
