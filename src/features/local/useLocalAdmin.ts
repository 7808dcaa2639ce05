/** All of the municipality's rows with their versions, what is begun, and the words for a school or an item: what the editor's screens share. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { LocalEntry } from '#contract/local.ts'
import { useGuide } from '#app/composables/useGuide.ts'
import { useLiveQuery } from '#app/composables/useLiveQuery.ts'
import { localForms, localView } from '#app/db/local.ts'
import type { Phase } from '#app/domain/guide.ts'
import { asRead } from '#app/domain/local.ts'
import { useSessionStore } from '#app/stores/session.ts'

const phases: readonly Phase[] = ['before', 'during', 'after']

export function useLocalAdmin() {
  const { t } = useI18n()
  const session = useSessionStore()
  const { guide, find } = useGuide()
  const { data: view, error } = useLiveQuery(localView)
  const { data: forms } = useLiveQuery(localForms)

  const grants = computed(() => session.grants.filter(({ role }) => role === 'eier-admin'))
  /** Administrators of one school write for that school only. */
  const mayWriteAll = computed(() => grants.value.some(({ unit }) => unit === null))
  const schools = computed(() => (view.value?.units ?? []).filter(({ id }) => mayWriteAll.value || grants.value.some(({ unit }) => unit?.id === id)))
  const mayWrite = (unit: string | null) => mayWriteAll.value || (unit !== null && schools.value.some(({ id }) => id === unit))
  const schoolOptions = computed(() => [
    ...(mayWriteAll.value ? [{ value: '', label: t('local.whole') }] : []), ...schools.value.map(({ id, name }) => ({ value: id, label: name })),
  ])
  const place = (unit: string | null) => (unit === null || unit === '' ? t('local.whole') : view.value?.units.find(({ id }) => id === unit)?.name ?? unit)
  const itemGroups = computed(() => phases.map((phase) => ({
    label: t(`local.phase.${phase}`),
    options: (guide.value?.items ?? []).filter((item) => item.phase === phase).map(({ id, title }) => ({ value: id, label: title })).toSorted((one, other) => one.label.localeCompare(other.label, 'nb')),
  })).filter(({ options }) => options.length > 0))
  const itemTitle = (id: string | null) => (id === null || id === '' ? '' : find(id)?.title ?? id)

  /** A row in one line. */
  const lineOf = (entry: LocalEntry) => [entry.kind === 'number' ? `${entry.label}: ${asRead(entry.number)}` : entry.title, entry.kind === 'number' ? '' : itemTitle(entry.item), place(entry.unit)].filter(Boolean).join(' · ')

  return { t, session, view, error, forms, isAdmin: computed(() => grants.value.length > 0), mayWrite, schools, schoolOptions, itemGroups, itemTitle, place, lineOf }
}
