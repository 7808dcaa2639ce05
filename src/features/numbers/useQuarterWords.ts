/** A quarter as people say it: "august til oktober 2026", and short for the head of a column. */
import { useI18n } from 'vue-i18n'
import { daysOfQuarter } from '#contract/periods.ts'
import { daysAfter } from '#contract/workdays.ts'
import { useNumberWords } from './useNumberWords.ts'

export function useQuarterWords() {
  const { t } = useI18n()
  const { month, shortMonth } = useNumberWords()
  const ends = (quarter: string) => {
    const { from, to } = daysOfQuarter(quarter)
    return { first: from.slice(0, 7), last: daysAfter(to, -1).slice(0, 7) }
  }
  const quarter = (name: string): string => t('town.quarterName', { from: month(ends(name).first), to: `${month(ends(name).last)} ${ends(name).last.slice(0, 4)}` })
  const shortQuarter = (name: string): string => `${shortMonth(ends(name).first).slice(0, -3)}–${shortMonth(ends(name).last)}`
  return { quarter, shortQuarter }
}
