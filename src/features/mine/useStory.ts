/** What has happened to one's own report and what comes next, as steps in plain words: what the school did, what was said here, and what the municipality's own norm promises. */
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useDayWords } from '#app/composables/useDayWords.ts'
import { useReportSteps } from '#app/composables/useReportSteps.ts'
import { useTimeWords } from '#app/composables/useTimeWords.ts'
import { answerIn, isTakenUp, verdictIn } from '#app/domain/ownCase.ts'
import type { Happening, ReportView } from '#app/domain/model.ts'

interface Step { label: string; state: 'done' | 'now' | 'later' | 'trouble'; detail?: string }
/** Only what is said of it here is explained; everything else has one sentence. */
const explained = ['no-question', 'too-late']
/** The report's own withdrawal is said by its status. */
const untold = ['withdrawal', 'supplement']
const step = (label: string, state: Step['state'], details: (string | undefined)[] = []): Step => {
  const detail = details.filter((one) => one !== undefined && one !== '').join('\n')
  return { label, state, ...(detail !== '' && { detail }) }
}

export function useStory(view: Ref<ReportView | undefined>) {
  const { t, te } = useI18n()
  const { inWords } = useTimeWords()
  const { endingAt, ofDate } = useDayWords()
  const { steps: way, words } = useReportSteps(view)
  const happenings = computed(() => view.value?.happenings ?? [])
  const school = computed(() => view.value?.school)

  const whoIn = ({ by }: Pick<Happening, 'by'>): string => by ?? t(school.value?.openedBy === 'hms' ? 'followup.someone.municipality' : 'followup.someone.leader')
  const kindOf = (measure: string): string => {
    const found = happenings.value.find(({ id }) => id === measure)?.content
    return found?.what === 'measure' ? t(`code.${found.kind}`) : t('code.measure')
  }

  /** One line for an act; undefined when there is nothing to tell of it. */
  function lineOf(happening: Happening): string | undefined {
    const { content, at, mine } = happening
    const words = { who: whoIn(happening), when: inWords(at) }
    if (content.what === 'contact') return t(`followup.what.contact.${content.way}`, { ...words, when: inWords(content.on) })
    if (content.what === 'measure') return t('followup.what.measure', { what: t(`code.${content.kind}`) })
    if (content.what === 'measure-state') return content.state === 'planned' ? undefined : t(`followup.what.measure-${content.state}`, { what: kindOf(content.measure) })
    if (content.what === 'verdict') return t(`followup.what.verdict-${content.helped}`, words)
    if (content.what === 'reopen' && mine) return t('followup.what.reopen-mine', words)
    const key = `followup.what.${content.what}`
    return untold.includes(content.what) || !te(key) ? undefined : t(key, words)
  }
  /** A measure that is planned is not done yet. */
  const isUnderWay = ({ id, content, waits }: Happening): boolean => waits || (content.what === 'measure' && school.value?.status.measures.find((measure) => measure.id === id)?.state === 'planned')
  /** What stands in a box of its own above is not said twice. */
  const textOf = ({ id, content }: Happening): string | undefined => ('text' in content && id !== answer.value?.id && id !== question.value?.id ? content.text : undefined)
  function stepOf(happening: Happening): Step[] {
    const { content, idle, waits } = happening
    const label = lineOf(happening)
    if (label === undefined) return []
    const planned = content.what === 'measure' ? t('followup.by', { day: ofDate(content.due) }) : undefined
    const why = idle === null ? undefined : t(`followup.idle.${explained.includes(idle) ? idle : 'other'}`)
    return [step(label, isUnderWay(happening) ? 'now' : 'done', [planned, textOf(happening), why, waits ? t('followup.waits') : undefined])]
  }

  const late = (at: string): boolean => Date.parse(at) < Date.now()
  const isOver = computed(() => school.value === undefined || view.value?.letters.some(({ kind }) => kind === 'withdrawal') === true || Boolean(school.value.withdrawnAt) || school.value.status.state === 'closed')
  /** What is waited for. The municipality's clock is its own norm and is called so; it is never law. */
  const ahead = computed<Step[]>(() => {
    if (isOver.value || school.value === undefined) return []
    const { due, status } = school.value
    const first = due.some(({ what }) => what === 'open') || way.value[2]?.state !== 'later' ? [] : [way.value[2]]
    // Nobody makes contact before it is opened, though the norm for contact may be the shorter one.
    const inOrder = due.toSorted((one, other) => Number(other.what === 'open') - Number(one.what === 'open'))
    const waited = inOrder.map(({ what, at }) => step(t(`followup.next.${what === 'open' && view.value?.facts.aboutLeader ? 'openAbout' : what}`), 'later', [t(late(at) ? 'followup.passed' : 'followup.norm', { day: endingAt(at) })]))
    return [...first, ...waited, step(t(`followup.next.${status.state === 'verify' ? 'sign' : 'close'}`), 'later')]
  })
  const steps = computed<Step[]>(() => {
    const [saved, sent, opened] = way.value
    if (saved === undefined || sent === undefined || opened === undefined) return []
    if (school.value === undefined) return [saved, sent, opened]
    const told = happenings.value.flatMap(stepOf)
    // A report about one's leader goes to the municipality without anybody's act.
    const handedAt = happenings.value.some(({ content }) => content.what === 'escalate') ? null : school.value.status.escalatedAt
    if (handedAt !== null) told.splice(happenings.value.filter(({ at }) => Date.parse(at) < Date.parse(handedAt)).flatMap(stepOf).length, 0, step(t('followup.what.handed', { when: inWords(handedAt) }), 'done'))
    const knowsOpening = opened.state === 'later' || happenings.value.some(({ content }) => content.what === 'opened')
    return [saved, sent, ...(knowsOpening ? [] : [opened]), ...told, ...ahead.value]
  })
  const isLate = computed(() => !isOver.value && (school.value?.due.some(({ at }) => late(at)) ?? false))

  const question = computed(() => {
    const asked = school.value?.status.question
    const found = asked ? happenings.value.find(({ id }) => id === asked) : undefined
    return found?.content.what === 'question' ? { id: found.id, from: whoIn(found), when: inWords(found.at), text: found.content.text } : undefined
  })
  const answer = computed(() => {
    const found = answerIn(happenings.value)
    return found && 'text' in found.content ? { id: found.id, from: whoIn(found), when: inWords(found.at), text: found.content.text ?? '' } : undefined
  })
  const verdict = computed(() => verdictIn(happenings.value))
  const isReopened = computed(() => isTakenUp(happenings.value))
  /** What was said here last, as long as nobody was asked to take it, and the form that it was written in. */
  const undoable = computed(() => {
    const last = happenings.value.at(-1)
    const letter = view.value?.letters.find(({ id }) => id === last?.id)
    if (last === undefined || !last.waits || letter === undefined || letter.attempts > 0 || letter.refusedBecause !== undefined) return undefined
    const place = { reply: happenings.value.findLast(({ content }) => content.what === 'question')?.id, verdict: answer.value?.id, reopen: view.value?.id }
    const { what } = last.content
    return what === 'reply' || what === 'verdict' || what === 'reopen' ? { happening: last, form: `${what}/${place[what] ?? ''}` } : undefined
  })
  /** Each person once, with when they first opened it. */
  const openers = computed(() => {
    const first = new Map<string, string>()
    for (const happening of happenings.value) if (happening.content.what === 'opened' && !first.has(whoIn(happening))) first.set(whoIn(happening), happening.at)
    return [...first].map(([label, at]) => ({ label, value: inWords(at) }))
  })
  return { steps, words, isLate, question, answer, verdict, isReopened, undoable, openers }
}
