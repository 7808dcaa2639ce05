/** Training and practice in words: what an entry is about, when, for how many, and how it stands. */
import { useI18n } from 'vue-i18n'
import type { TrainingView } from '#app/domain/training.ts'
import { useGuide } from '#app/composables/useGuide.ts'
import { useStatusWords } from '#app/composables/useStatusWords.ts'

const tones = { 'done': 'success', 'planned': 'info', 'asked': 'warning', 'agreed': 'success', 'contact': 'info', 'not-now': 'neutral' } as const
const icons = { 'done': 'check', 'planned': 'clock', 'asked': 'waiting', 'agreed': 'check', 'contact': 'call', 'not-now': 'circle' } as const

export function useTrainingWords() {
  const { t, locale } = useI18n()
  const { guide, find } = useGuide()
  const { statusOf } = useStatusWords()

  /** A day of the calendar; the clock has no part in it. */
  const dayOf = (day: string): string => new Date(`${day}T12:00:00`).toLocaleDateString(locale.value, { day: 'numeric', month: 'long', year: 'numeric' })
  const itemTitle = (code: string | undefined): string | undefined => (code === undefined ? undefined : find(code)?.title)
  const titleOf = ({ code, title, form }: Pick<TrainingView, 'code' | 'title' | 'form'>): string => itemTitle(code) ?? title ?? t(`training.form.${form}`)
  const peopleOf = (n: number): string => (n === 1 ? t('training.people.one') : t('training.people.many', { n }))
  const lineOf = ({ what, on, until, people, groups }: TrainingView): string => [
    what === 'request' && until !== undefined ? t('training.between', { from: dayOf(on), until: dayOf(until) }) : dayOf(on),
    people === undefined ? '' : peopleOf(people),
    groups.map((group) => t(`training.group.${group}`)).join(', '),
  ].filter(Boolean).join(' · ')
  const stateOf = ({ state }: Pick<TrainingView, 'state'>) => ({ tone: tones[state], icon: icons[state], text: t(`training.state.${state}`) })

  /** How this phone's own letters travel; undefined when it wrote none, and when all is there. */
  function deliveryOf({ id, changedAt, letters }: TrainingView) {
    const { code, line, tone, icon, text, canBeSentAgain, needsYou } = statusOf({ id, savedAt: changedAt, facts: {}, differing: [], letters })
    return letters.length === 0 ? undefined : { code, line, tone, icon, text, canBeSentAgain, needsYou }
  }
  return { t, guide, find, dayOf, titleOf, peopleOf, lineOf, stateOf, deliveryOf }
}
