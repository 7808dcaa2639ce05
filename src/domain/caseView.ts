/** A case as a screen shows it: what the school's server tells, and over it what this phone has done that the server does not tell yet. Computed, never stored. */
import type { CasePart, DueCode, IdleReason, Lack } from '#contract/caseCodes.ts'
import { lacks, newCase, step, type CaseGround } from '#contract/caseMachine.ts'
import type { CaseStatus, Measure } from '#contract/caseStatus.ts'
import type { Case, CaseEvent, CaseSummary } from '#contract/changes.ts'

/** `waits`: it has no receipt. `refused`: a person must act. `untold`: the server's summary does not hold it. `free`: nobody was asked to take it yet. */
export interface OwnAct { id: string; at: string; content: CaseEvent['content']; waits: boolean; untold: boolean; refused: boolean; free: boolean }

/** One act on the screen. `mayUndo`: it has not left the phone. `beside`: another act was done at the same time, and its writer did not know of this one or the other. */
export interface CaseAct {
  id: string; part: CasePart; by: string | null; mine: boolean; at: string; idle: IdleReason | null; content: CaseEvent['content']; waits: boolean; refused: boolean; mayUndo: boolean; beside: boolean
}
export interface CaseMeasure extends Measure { owner: string; text: string; waits: boolean; mayUndo: boolean; of: string }
/** `me` is the account that reads. */
export interface CaseView { summary: CaseSummary; detail?: Case; events: CaseAct[]; me: string }

export const groundOf = ({ grave, facts, safetyRepKnows }: CaseSummary): CaseGround => ({ grave, severity: facts.severity ?? null, safetyRepKnows, types: facts.types ?? [] })

/** A row that an earlier version of the app kept says less; the next word from the server says the rest. */
export function completed(summary: CaseSummary): CaseSummary {
  const before = summary as Partial<CaseSummary> & CaseSummary
  const { openedAt, withdrawnAt } = summary
  const status: CaseStatus | undefined = before.status
  return { ...summary, status: status ?? { ...newCase(), openedAt, withdrawnAt, state: openedAt === null ? 'new' : 'opened', unread: openedAt === null }, due: before.due ?? [], part: before.part ?? 'guardian', safetyRepKnows: before.safetyRepKnows ?? false }
}

const isOpen = ({ state }: CaseStatus) => state !== 'closed' && state !== 'verify'
const isAnswered = ({ answeredAt, reopenedAt }: CaseStatus) => answeredAt !== null && (reopenedAt === null || Date.parse(answeredAt) >= Date.parse(reopenedAt))
/** Whether what the clock counts towards is still to be done. When it ends is the server's to say (contract/caseClocks.ts). */
const stillWaits: Record<DueCode, (status: CaseStatus) => boolean> = {
  open: ({ openedAt }) => openedAt === null, contact: (status) => isOpen(status) && status.contactedAt === null,
  measures: (status) => isOpen(status) && !status.noMeasure && !status.measures.some(({ state }) => state !== 'dropped'), answer: (status) => isOpen(status) && !isAnswered(status), close: isOpen,
  sign: ({ state }) => state === 'verify', effect: ({ measures }) => measures.some(({ state, effect }) => state === 'done' && effect === null),
}

/** The summary with one's own acts on top, and why any of them changed nothing, by its id. What was refused counts for nothing. */
export function withOwn(told: CaseSummary, own: readonly OwnAct[], me: string): { summary: CaseSummary; idle: Map<string, IdleReason> } {
  const summary = completed(told)
  const idle = new Map<string, IdleReason>()
  let { status } = summary
  for (const { id, at, content, untold, refused } of own) {
    if (!untold || refused) continue
    const next = step(status, { id, part: summary.part, author: me, at, content }, groundOf(summary))
    if (next.idle) idle.set(id, next.idle)
    status = next.status
  }
  return { summary: { ...summary, status, openedAt: summary.openedAt ?? status.openedAt, due: summary.due.filter(({ what }) => stillWaits[what](status)) }, idle }
}

/** Written without knowing what another had just done: both are kept, and it shows. `nth` counts from one. */
const isBeside = (event: CaseEvent, events: readonly CaseEvent[]): boolean => event.content.what !== 'opened' && events.some((other) =>
  other.nth > event.seen && other.nth < event.nth && other.content.what !== 'opened' && (other.part !== event.part || other.by !== event.by))

/** One's own acts that the server has not told of. */
export const unsentActs = (own: readonly OwnAct[], part: CasePart = 'handler', idle: ReadonlyMap<string, IdleReason> = new Map()): CaseAct[] => own.map(({ id, at, content, waits, refused, free }) =>
  ({ id, part, by: null, mine: true, at, idle: idle.get(id) ?? null, content, waits, refused, mayUndo: free, beside: false }))

/** The case: the server's acts in their order, then one's own that it does not tell yet. */
export function caseView(told: CaseSummary, detail: Case | undefined, own: readonly OwnAct[], me: string): CaseView {
  const { summary, idle } = withOwn(told, own, me)
  const events = (detail as Partial<Case> | undefined)?.events ?? []
  const known = new Set(events.map(({ id }) => id))
  const theirs = events.map((event): CaseAct => {
    const { id, part, by, mine, at, content } = event
    return { id, part, by, mine, at, idle: event.idle, content, waits: false, refused: false, mayUndo: false, beside: isBeside(event, events) }
  })
  const mine = unsentActs(own.filter(({ id }) => !known.has(id)), summary.part, idle)
  return { summary, ...(detail && { detail }), events: [...theirs, ...mine], me }
}

/** The measures with the words that were said about each: the last word counts. `of` is the newest act, which is the one to undo. */
export function measuresIn({ summary, events }: CaseView): CaseMeasure[] {
  return summary.status.measures.map((measure) => {
    const about = events.filter(({ id, content }) => id === measure.id || (content.what === 'measure-state' && content.measure === measure.id))
    const made = about.find(({ id }) => id === measure.id)?.content
    const last = about.at(-1)
    return {
      ...measure, owner: made?.what === 'measure' ? made.owner : '', text: made?.what === 'measure' ? made.text ?? '' : '', waits: last?.waits ?? false, mayUndo: last?.mayUndo ?? false, of: last?.id ?? measure.id,
    }
  })
}

/** What the case still lacks before it can be closed. */
export const lacksOf = (summary: CaseSummary): Lack[] => lacks(summary.status, groundOf(summary))

/** The newest act of one kind that changed something. */
export const lastOf = ({ events }: Pick<CaseView, 'events'>, ...whats: CaseEvent['content']['what'][]): CaseAct | undefined =>
  events.findLast(({ idle, refused, content }) => idle === null && !refused && whats.includes(content.what))
