/** What a meeting's page asks its readers to decide, and what an earlier decision came to. Pure; the words are the screen's. */
import type { RosMeeting, RosResult } from '#contract/statistics.ts'
import { unsaid } from '#contract/counting.ts'
import { mostShown } from './numbers.ts'

/** `code` is a situation, an underlying cause or a measure. */
export type Ask = { is: 'hidden' } | { is: 'grew'; code: string; n: number; before: number } | { is: 'often' | 'cause'; code: string; n: number } | { is: 'worse'; code: string }

const mostAsks = 5
/** Only what is shown is asked about: a question must not tell a hidden number. */
const shown = (cells: RosMeeting['situations']) => cells.flatMap(({ code, n }) => (n === null || code === unsaid ? [] : [{ code, n }]))

/** Whether the events fell after a decision; undefined while nobody can say. */
export function fell({ ledPerWeek, sinceLeast, sinceMost }: Pick<RosResult, 'ledPerWeek' | 'sinceLeast' | 'sinceMost'>): boolean | undefined {
  if (ledPerWeek === null) return undefined
  if (sinceMost !== null && sinceMost < ledPerWeek) return true
  return sinceLeast !== null && sinceLeast >= ledPerWeek ? false : undefined
}

/** Questions for the meeting, what grew first: at most five, none of them about a person. */
export function toDecide({ events, situations, situationsBefore, causes, results }: Pick<RosMeeting, 'events' | 'situations' | 'situationsBefore' | 'causes' | 'results'>): Ask[] {
  const before = new Map(shown(situationsBefore).map(({ code, n }) => [code, n]))
  const grew = shown(situations).flatMap(({ code, n }): Ask[] => (n > (before.get(code) ?? Number.POSITIVE_INFINITY) ? [{ is: 'grew', code, n, before: before.get(code) ?? 0 }] : []))
  const { most, isSure } = mostShown(situations, unsaid, events ?? undefined)
  const often: Ask[] = most && isSure && !grew.some((one) => 'code' in one && one.code === most.code) ? [{ is: 'often', ...most }] : []
  const worse = results.flatMap((result): Ask[] => (fell(result) === false ? [{ is: 'worse', code: result.measure }] : []))
  const named = shown(causes).toSorted((one, other) => other.n - one.n).slice(0, 2).map(({ code, n }): Ask => ({ is: 'cause', code, n }))
  // What is hidden is not nothing: the meeting has the cases themselves to go by.
  const hidden: Ask[] = events !== null && shown(situations).length === 0 ? [{ is: 'hidden' }] : []
  return [...hidden, ...grew, ...often, ...worse, ...named].slice(0, mostAsks)
}
