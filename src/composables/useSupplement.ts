/** What is known of a report, and the open supplement that adds to it. The form shows the sum; only what is new is kept and sent. */
import { computed, shallowRef } from 'vue'
import type { Facts } from '#contract/facts.ts'
import type { ReportView } from '#app/domain/model.ts'
import { supplementDraft } from '#app/db/drafts.ts'
import { myReport } from '#app/db/reports.ts'
import { withNews, type Answer, type Field } from './answers.ts'
import { newDraft, useDraft } from './useDraft.ts'

export function useSupplement(report: string) {
  const view = shallowRef<ReportView>()
  const draft = useDraft(() => newDraft('supplement', report), async (owner) => {
    view.value = await myReport(report)
    return supplementDraft(report, owner)
  })
  const known = computed<Facts>(() => view.value?.facts ?? {})
  const facts = computed<Facts>(() => ({ ...known.value, ...draft.facts.value }))
  const hasNews = computed(() => Object.keys(draft.facts.value).length > 0)
  const answer = (field: Field, value: Answer) => draft.change(withNews(known.value, draft.facts.value, field, value))
  return { ...draft, view, known, news: draft.facts, facts, hasNews, answer }
}
