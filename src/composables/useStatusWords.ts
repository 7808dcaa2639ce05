/** A report's status in words: the tag, the line under it, and why it needs somebody (ux paper 2.4). */
import { useI18n } from 'vue-i18n'
import type { ReportView, StatusCode } from '#app/domain/model.ts'
import { answerIn, isTakenUp, verdictIn } from '#app/domain/ownCase.ts'
import { deliveryStatus } from '#app/domain/status.ts'
import { useDayWords } from './useDayWords.ts'
import { useTimeWords } from './useTimeWords.ts'

const looks = {
  draft: ['neutral', 'pencil'], queued: ['warning', 'phone'], sending: ['info', 'send'], sent: ['info', 'check'], opened: ['success', 'eye'], followup: ['success', 'people'],
  closed: ['neutral', 'done'], retry: ['warning', 'phone'], action: ['danger', 'alert'], conflict: ['danger', 'alert'], withdrawn: ['neutral', 'undo'],
} as const satisfies Record<StatusCode, readonly [string, string]>
const withLine: readonly StatusCode[] = ['draft', 'queued', 'sent', 'opened', 'closed', 'retry', 'withdrawn']
/** Somebody at the school has it in hand. */
const handled: readonly StatusCode[] = ['opened', 'followup', 'closed']
const reasons = ['erased', 'foreign-unit', 'too-large']
/** Sending these again would only be refused again: what helps is a copy in the hand. */
const final = ['erased', 'too-large']

export function useStatusWords() {
  const { t } = useI18n()
  const { inWords } = useTimeWords()
  const { endingAt } = useDayWords()

  const tagOf = (code: StatusCode) => ({ tone: looks[code][0], icon: looks[code][1], text: t(`status.${code}`) })
  const refusalOf = (view: ReportView) => view.letters.find(({ refusedBecause }) => refusedBecause !== undefined)?.refusedBecause ?? ''
  function reasonOf(view: ReportView): string {
    const code = refusalOf(view)
    if (code === 'already-used-id') return t('status.reason.conflict')
    return t(`status.reason.${reasons.includes(code) ? code : 'other'}`)
  }
  /** What the school waits for from its author, or what its author waits for. The clock is the municipality's own norm and is called so. */
  function lineOfCase({ school, happenings = [] }: ReportView, code: StatusCode): string | undefined {
    if (school === undefined || !handled.includes(code)) return undefined
    if (school.status.question !== null) return t('status.line.question')
    if (answerIn(happenings) && verdictIn(happenings) === undefined && !isTakenUp(happenings)) return t('status.line.answered')
    if (code === 'opened' && school.openedBy === 'hms') return t('status.line.openedHms', { when: inWords(school.openedAt) })
    const [next] = code === 'followup' ? school.due : []
    if (next === undefined) return undefined
    if (Date.parse(next.at) < Date.now()) return t('status.line.late')
    return next.what === 'contact' || next.what === 'answer' ? t(`status.line.next.${next.what}`, { day: endingAt(next.at) }) : undefined
  }
  function statusOf(view: ReportView) {
    const { code, at } = deliveryStatus(view, new Date())
    const needsYou = code === 'action' || code === 'conflict'
    const line = needsYou ? reasonOf(view) : lineOfCase(view, code) ?? (withLine.includes(code) ? t(`status.line.${code}`, { when: inWords(at) }) : '')
    // Whoever reported about their leader must not read that the leader opened it.
    const text = code === 'opened' && view.school?.openedBy === 'hms' ? t('status.openedHms') : t(`status.${code}`)
    return { code, needsYou, canBeSentAgain: needsYou && !final.includes(refusalOf(view)), line, ...tagOf(code), text }
  }
  const countInWords = (n: number) => (n === 1 ? t('status.count.one') : t('status.count.many', { n }))
  return { tagOf, statusOf, countInWords }
}
