/** The three-step line of a report: saved, sent, opened. Read from what is known; "sent" only with a receipt that was checked. */
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ReportView } from '#app/domain/model.ts'
import { useTimeWords } from './useTimeWords.ts'

interface Step { label: string; state: 'done' | 'now' | 'later' | 'trouble' }

export function useReportSteps(view: Ref<ReportView | undefined>) {
  const { t } = useI18n()
  const { inWords } = useTimeWords()
  const steps = computed<Step[]>(() => {
    const report = view.value
    if (report === undefined) return []
    const first = report.letters.find(({ kind }) => kind === 'report')
    // A report from another phone is known by what the school says of it.
    const receivedAt = first?.receivedAt ?? report.school?.receivedAt
    const openedAt = report.school?.openedAt
    const saved: Step = { label: t('common.step.savedAt', { when: inWords(report.savedAt) }), state: 'done' }
    const sent: Step = receivedAt !== undefined
      ? { label: t('common.step.sentAt', { when: inWords(receivedAt) }), state: 'done' }
      : first?.refusedBecause !== undefined ? { label: t('common.step.trouble'), state: 'trouble' } : { label: t('common.step.waiting'), state: 'now' }
    // A report about one's leader goes to the municipality.
    const isTheirs = openedAt ? report.school?.openedBy === 'hms' : report.facts.aboutLeader === true
    const opened: Step = openedAt
      ? { label: t(isTheirs ? 'status.openedHmsAt' : 'common.step.openedAt', { when: inWords(openedAt) }), state: 'done' }
      : { label: t(isTheirs ? 'status.openedHms' : 'common.step.opened'), state: 'later' }
    return [saved, sent, opened]
  })
  const words = computed(() => ({ done: t('common.stepState.done'), now: t('common.stepState.now'), later: t('common.stepState.later'), trouble: t('common.stepState.trouble') }))
  return { steps, words }
}
