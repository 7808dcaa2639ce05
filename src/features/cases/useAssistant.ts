/** A legal assistant in the language that is shown, and everything around it in words. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { addressOf } from '#app/domain/guideAddress.ts'
import type { Duty } from '#app/domain/assistant.ts'
import { useGuide } from '#app/composables/useGuide.ts'
import { useLocal } from '#app/composables/useLocal.ts'
import { useReading } from '#app/composables/useReading.ts'

export function useAssistant(check: () => string) {
  const { t } = useI18n()
  const { guide, isMissing, find } = useGuide()
  const { lawsOf, day } = useReading(() => guide.value)
  const { linksFor } = useLocal()
  const assistant = computed(() => guide.value?.assistants.find(({ id }) => id === check()))

  /** «Arbeidsgiveren · loven: straks · arbeidsmiljøloven § 5-2». Without a time where neither the law nor anybody else sets one. */
  const lineOf = ({ who, by, laws }: Duty): string =>
    [who, ...(by ? [by.isLaw ? t('assistants.byLaw', { when: by.text }) : by.text] : []), ...lawsOf(laws).map(({ name }) => name)].join(' · ')
  const sitesOf = ({ sites }: Duty) => sites.flatMap((id) => guide.value?.sites[id] ?? [])
  const reading = computed(() => (assistant.value?.read ?? []).flatMap((id) => { const item = find(id); return item ? [{ to: addressOf(item), label: item.title }] : [] }))
  /** The municipality's own procedures about it. */
  const ownLinks = computed(() => (assistant.value?.read ?? []).flatMap((id) => linksFor(id)))

  return { t, guide, isMissing, assistant, lineOf, sitesOf, lawsOf, day, reading, ownLinks }
}
