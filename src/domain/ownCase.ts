/** What has happened to somebody's own report: what the school told, and what they have said here since. Computed, never stored. */
import { newCase, step } from '#contract/caseMachine.ts'
import type { CaseContent } from '#contract/caseLetter.ts'
import type { CaseEvent, OwnReport } from '#contract/changes.ts'
import type { Happening } from './model.ts'

/** An act that the school has not told of yet. `isSent`: it has a receipt. */
export interface OwnAct { id: string; at: string; isSent: boolean; content: CaseContent }
type Status = OwnReport['status']

/** What the reporter says bears on nothing that is looked at here. */
const ground = { grave: false, severity: null, safetyRepKnows: true }
const toldOf = ({ id, part, by, mine, at, idle, content }: CaseEvent): Happening => ({ id, part, by, mine, at, idle, content, waits: false })

/** The status and the acts, with what was said here on top. The server's order stands; it says later where an act of one's own came in. */
export function withOwnActs(school: OwnReport, unsaid: readonly OwnAct[]): { school: OwnReport; happenings: Happening[] } {
  let { status } = school
  const happenings = school.timeline.map(toldOf)
  for (const { id, at, content, isSent } of unsaid) {
    const act = { id, part: 'reporter', author: null, at, content } as const
    const before: Status = status
    const { status: after, idle = null } = step({ ...newCase(), ...before, withdrawnAt: school.withdrawnAt }, act, ground)
    // A reporter is told too little of the case to reckon its state anew; only reopening moves it.
    status = { ...before, ...after, state: content.what === 'reopen' && idle === null ? after.state : before.state }
    happenings.push({ id, part: 'reporter', by: null, mine: true, at, idle, content, waits: !isSent })
  }
  return { school: { ...school, status }, happenings }
}

const isAnswer = ({ idle, content: { what } }: Happening): boolean => idle === null && (what === 'answer' || what === 'close')
const sinceAnswer = (happenings: readonly Happening[]): readonly Happening[] => happenings.slice(happenings.findLastIndex(isAnswer) + 1)

/** The last thing that was said to the reporter as an answer. */
export const answerIn = (happenings: readonly Happening[]): Happening | undefined => happenings.findLast(isAnswer)

/** What the reporter said of that answer; undefined when they have not said anything of it yet. */
export function verdictIn(happenings: readonly Happening[]): 'yes' | 'no' | undefined {
  const last = sinceAnswer(happenings).findLast(({ content }) => content.what === 'verdict')?.content
  return last?.what === 'verdict' ? last.helped : undefined
}

/** The case was taken up again after the answer: nobody is asked any more whether it helped. */
export const isTakenUp = (happenings: readonly Happening[]): boolean => sinceAnswer(happenings).some(({ idle, content }) => idle === null && content.what === 'reopen')

/** Whether the reporter may still take the case up again. */
export function mayReopen(status: Status, now: Date): boolean {
  const act = { id: '', part: 'reporter', author: null, at: now.toISOString(), content: { v: 1, what: 'reopen', seen: status.acts } } as const
  return step({ ...newCase(), ...status }, act, ground).idle === undefined
}
