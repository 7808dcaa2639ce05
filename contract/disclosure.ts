/**
 * What may be shown of a table without telling of a few (security paper 4.6, domain brief 4.5). A number is shown when at least `k` events are left of it after taking away
 * everything that a reader may know from elsewhere: cases that were handed on to them, and the school that has most of it (its leader may read this table too). What is hidden is
 * hidden alike, small or complementary, none included, so that the mark itself tells nothing. Pure; the attacker of tests/unit/disclosure tries it.
 */
export const smallest = 5
/** `known`: how many of the events the table's readers may read one by one. `largest`: the most that one school has of the others. */
export interface Cell { code: string; n: number; known?: number; largest?: number }
export interface ShownCell { code: string; n: number | null }
/**
 * `parts`: each event is in one cell, so the cells add up to a total that is shown. `schools`: the same, where a cell is a school and its leader knows it.
 * `several`: an event may be in many cells, or in none.
 */
export type TableKind = 'parts' | 'schools' | 'several'

const unknownOf = ({ n, known = 0, largest = 0 }: Cell): number => n - known - largest
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0)

/** Whether one number may stand alone, such as a total. */
export const isPublic = (cell: Omit<Cell, 'code'>, k = smallest): boolean => unknownOf({ code: '', ...cell }) >= k

/** Whether what is hidden together says too little of any one of them. */
function isVague(hidden: readonly Cell[], shown: readonly Cell[], { kind, total, k }: { kind: TableKind; total: number; k: number }): boolean {
  const unknown = hidden.map(unknownOf)
  // Not additive: whatever the shown ones do not account for must be in the hidden ones. It says nothing once one of them may be any size.
  if (kind === 'several') return total <= sum(shown.map(({ n }) => n)) || (hidden.length >= 2 && unknown.some((n) => n >= k))
  if (kind === 'parts') return hidden.length >= 2 && sum(unknown) >= k
  return hidden.length >= 3 && sum(unknown) - Math.max(...unknown) >= k
}

/**
 * The table as it may be shown, in the order in which it came; null for what is hidden. `total`, which the caller shows and has asked `isPublic` about, is the number of events in it.
 * When hiding one would let it be reckoned from the rest, the next smallest is hidden with it.
 */
export function publish(cells: readonly Cell[], { kind, total, k = smallest }: { kind: TableKind; total: number; k?: number }): ShownCell[] {
  const bySize = cells.toSorted((one, other) => unknownOf(one) - unknownOf(other) || one.n - other.n || (one.code < other.code ? -1 : 1))
  let cut = bySize.findIndex((cell) => unknownOf(cell) >= k)
  if (cut === -1) cut = bySize.length
  while (cut > 0 && cut < bySize.length && !isVague(bySize.slice(0, cut), bySize.slice(cut), { kind, total, k })) cut += 1
  const hidden = new Set(bySize.slice(0, cut).map(({ code }) => code))
  return cells.map(({ code, n }) => ({ code, n: hidden.has(code) ? null : n }))
}
