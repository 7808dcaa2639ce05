/** Finds cases by the words of their codes, as they stand on the screen: what, where, who, when in the day, which school, how it goes. Works without a line. */
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Field } from '#app/composables/answers.ts'
import { useFactWords } from '#app/composables/useFactWords.ts'
import type { CaseSummary } from '#contract/changes.ts'

const searched: readonly Field[] = ['tiles', 'types', 'severity', 'place', 'situation', 'actor', 'grade', 'staffRole', 'exposed', 'triggers', 'occurredAt']

export function useCaseSearch(cases: Ref<CaseSummary[] | undefined>, asked: Ref<string>) {
  const { t, locale } = useI18n()
  const { wordsFor } = useFactWords()
  /** Made at the first letter, and again when the cases or the language change. */
  let known: { of: readonly CaseSummary[]; locale: string; texts: Map<string, string> } | undefined

  const textOf = ({ facts, unitName, status }: CaseSummary): string => [
    ...searched.map((field) => wordsFor(field, facts)), unitName, t(`code.${status.state}`), ...[...status.types, ...status.immediate, ...status.underlying, ...status.measures.map(({ kind }) => kind)].map((code) => t(`code.${code}`)),
  ].join(' ').toLocaleLowerCase(locale.value)

  function textsOf(of: readonly CaseSummary[]): Map<string, string> {
    if (known?.of !== of || known.locale !== locale.value) known = { of, locale: locale.value, texts: new Map(of.map((summary) => [summary.report, textOf(summary)])) }
    return known.texts
  }

  const terms = computed(() => asked.value.toLocaleLowerCase(locale.value).split(/\s+/).filter(Boolean))
  /** Undefined when nothing is asked. */
  const found = computed<CaseSummary[] | undefined>(() => {
    const all = cases.value
    if (terms.value.length === 0 || all === undefined) return undefined
    const texts = textsOf(all)
    return all.filter(({ report }) => terms.value.every((term) => texts.get(report)?.includes(term)))
  })
  return { found }
}
