/** What is known, in words: one row per question, as the check page and the practice show it. */
import { useI18n } from 'vue-i18n'
import type { Facts } from '#contract/facts.ts'
import type { Field } from '#app/composables/answers.ts'
import { useTimeWords } from '#app/composables/useTimeWords.ts'

/** These hold what a person wrote or counted; all others hold codes. */
const plain: readonly Field[] = ['before', 'description', 'deescalation', 'done', 'proposal', 'cause', 'count', 'witnesses']

export function useFactWords() {
  const { t } = useI18n()
  const { inWords } = useTimeWords()

  function wordsFor(field: Field, facts: Facts): string {
    if (field === 'severity') return t(`code.severity-${facts.severity ?? 'none'}`)
    if (field === 'occurredAt') return inWords(facts.occurredAt)
    const value = facts[field]
    if (value === undefined || value === null || value === false) return ''
    if (value === true) return t('code.yes')
    if (plain.includes(field)) return String(value)
    return (Array.isArray(value) ? value : [value]).map((code) => t(`code.${code}`)).join(', ')
  }

  const rowsOf = (facts: Facts, fields: readonly Field[]) => fields.map((field) => {
    const value = wordsFor(field, facts)
    return { field, label: t(`field.${field}`), value: value === '' ? t('common.notGiven') : value, empty: value === '' }
  })
  return { wordsFor, rowsOf }
}
