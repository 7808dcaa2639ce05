/** A case in words: who did what, until when, and what an act says. */
import { useI18n } from 'vue-i18n'
import type { Notified } from '#contract/caseCodes.ts'
import type { CaseEvent, CaseSummary } from '#contract/changes.ts'
import { useFactWords } from '#app/composables/useFactWords.ts'
import { useTimeWords } from '#app/composables/useTimeWords.ts'
import type { CaseAct } from '#app/domain/caseView.ts'

const day = 24 * 60 * 60 * 1000
const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

export function useCaseWords() {
  const { t, locale } = useI18n()
  const { wordsFor } = useFactWords()
  const { inWords } = useTimeWords()

  const titleOf = ({ facts }: Pick<CaseSummary, 'facts'>): string => wordsFor('tiles', facts) || wordsFor('types', facts) || t('cases.untitled')
  const listOf = (codes: readonly string[]): string => codes.map((code) => t(`code.${code}`)).join(', ')
  const notifiedWord = (who: Notified): string => t(who === 'leader' ? 'code.told-leader' : `code.${who}`)

  /** A day, seen from now: yesterday, today and tomorrow by name. Noon keeps a plain date on its day. */
  function dayOf(iso: string): string {
    const date = new Date(iso.length === 10 ? `${iso}T12:00:00` : iso)
    const away = Math.round((midnight(date) - midnight(new Date())) / day)
    if (away === 0) return t('handling.day.today')
    if (away === 1) return t('handling.day.tomorrow')
    if (away === -1) return t('handling.day.yesterday')
    const isThisYear = date.getFullYear() === new Date().getFullYear()
    return date.toLocaleDateString(locale.value, { day: 'numeric', month: 'short', ...(Math.abs(away) < 7 && { weekday: 'short' }), ...(!isThisYear && { year: 'numeric' }) })
  }
  /** The day that ends at this moment: a norm counts to the midnight after it. */
  const endingAt = (at: string): string => dayOf(new Date(Date.parse(at) - 1).toISOString())
  const isOver = (at: string): boolean => Date.parse(at) < Date.now()
  const dueLine = ({ what, at }: CaseSummary['due'][number]): string => t(isOver(at) ? 'handling.due.over' : 'handling.due.by', { what: t(`handling.due.${what}`), when: endingAt(at) })

  /** The codes of an act, said in a line; its text stands by itself. */
  function saidIn({ content }: Pick<CaseAct, 'content'>): string {
    switch (content.what) {
      case 'contact': return [t(`code.${content.way}`), inWords(content.on)].join(' · ')
      case 'judgement': return [t(`handling.consequence.${content.consequence}`), t(`handling.likelihood.${content.likelihood}`)].join(' · ')
      case 'causes': return listOf([...content.immediate, ...content.underlying])
      case 'measure': return [t(`code.${content.kind}`), t('handling.measures.owner', { owner: content.owner, when: dayOf(content.due) })].join(' · ')
      case 'measure-state': return listOf([content.state, ...(content.effect ? [content.effect] : [])])
      case 'notified': return [notifiedWord(content.who), inWords(content.on)].join(' · ')
      case 'check': return listOf([content.check, content.outcome])
      case 'stop': case 'stop-end': return inWords(content.on)
      case 'verdict': return t(`handling.next.closed.${content.helped}`)
      default: return ''
    }
  }
  const textIn = ({ content }: { content: CaseEvent['content'] }): string => ('text' in content ? content.text ?? '' : '')
  const whoDid = ({ mine, by, part }: CaseAct): string => (mine ? t('handling.log.me') : by ?? t(`code.${part}`))
  const actLine = (act: CaseAct): string => t('handling.log.line', { act: t(`code.${act.content.what}`), by: whoDid(act), when: inWords(act.at) })

  return { t, titleOf, listOf, notifiedWord, dayOf, endingAt, isOver, dueLine, saidIn, textIn, whoDid, actLine, inWords }
}
