/**
 * What may be shown of a table without telling of a few (security paper 4.6, domain brief 4.5). A number is shown when at least `k` events are left of it after taking away
 * everything that a reader may know from elsewhere: cases that were handed on to them, and the school that has most of it (its leader may read this table too). What is hidden is
 * hidden alike, small or complementary, none included, so that the mark itself tells nothing. Which larger number goes with a small one, and how many, is drawn by lot: whoever knows
 * these lines and tries every table that would look the same is left with five values or more for each hidden row. Pure but for the lot; tests/unit/attacker tries it.
 */
export const smallest = 5
/**
 * `weight`: how many tellings stand behind the number, where one may tell of many: a few who tell are a few, whatever the number (a collective entry is one). `known`: how many of them the
 * table's readers may read one by one. `largest`: the most of the others that one reader sees at a school, or at several.
 */
export interface Cell { code: string; n: number; weight?: number; known?: number; largest?: number }
export interface ShownCell { code: string; n: number | null }
/**
 * `parts`: each event is in one cell, so the cells add up to a total that is shown. `schools`: the same, where a cell is a school and its leader knows it.
 * `several`: an event may be in many cells.
 */
export type TableKind = 'parts' | 'schools' | 'several'
/** From 0 to below 1, known to nobody who reads the table. */
export type Lot = () => number

const unknownOf = ({ n, weight = n, known = 0, largest = 0 }: Cell): number => weight - known - largest
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0)

/** Whether one number may stand alone, such as a total. */
export const isPublic = (cell: Omit<Cell, 'code'>, k = smallest): boolean => unknownOf({ code: '', ...cell }) >= k

/** The least that must be hidden together, for the attacker of the tests as well: with less, a few of the splits would be all there are. */
export const leastHidden = (k: number) => ({ sum: 2 * k - 1, cells: 2, schools: 4, sumOfSchools: 4 * k - 2 }) as const

/** All cells by lot, the small ones early: they are missed least. Every order is possible. */
function inLot(cells: readonly Cell[], lot: Lot): Cell[] {
  const left = cells.toSorted((one, other) => unknownOf(one) - unknownOf(other) || (one.code < other.code ? -1 : 1))
  const drawn: Cell[] = []
  while (left.length > 0) {
    const weights = left.map((_, rank) => 1 / (rank + 1) ** 3)
    let at = lot() * sum(weights)
    const chosen = weights.findIndex((weight) => (at -= weight) < 0)
    drawn.push(...left.splice(chosen === -1 ? left.length - 1 : chosen, 1))
  }
  return drawn
}

/** Whether what is hidden together says too little of any one of them. `more` was drawn for this table. */
function isVague(hidden: readonly Cell[], shown: readonly Cell[], { kind, total, k, more, together }: { kind: TableKind; total: number; k: number; more: number; together: readonly (readonly string[])[] }): boolean {
  const unknown = hidden.map(unknownOf)
  const least = leastHidden(k)
  if (kind === 'several') {
    // Not additive: whatever the shown ones do not account for must be in the hidden ones. Where nothing is left over, they say nothing.
    const over = total - sum(shown.map(({ n }) => n))
    const hasLarge = hidden.length >= least.cells && unknown.some((n) => n >= k)
    // Now and then a large one goes too: else whoever sees that something is left over knows that all of it is small.
    return over <= 0 ? more < 2 * k || hasLarge : hasLarge && over >= least.sum + more
  }
  if (kind === 'parts') return hidden.length >= least.cells && sum(unknown) >= least.sum + more
  // The leader of the largest of them knows it, and must not be told the others; nor must whoever looks after several.
  const read = together.map((codes) => hidden.filter(({ code }) => codes.includes(code)))
  const most = Math.max(...unknown, ...read.map((theirs) => sum(theirs.map(unknownOf))))
  const widest = Math.max(1, ...read.map(({ length }) => length))
  return hidden.length >= least.schools + widest - 1 && sum(unknown) >= least.sumOfSchools + more && sum(unknown) - most >= least.sum
}

/**
 * The table as it may be shown, in the order in which it came; null for what is hidden. `total`, which the caller shows and has asked `isPublic` about, is the number of events in it.
 * When a hidden one could be reckoned from the rest, others are hidden with it. `together`: the schools of one who looks after several.
 */
export function publish(cells: readonly Cell[], { kind, total, lot, k = smallest, together = [] }: { kind: TableKind; total: number; lot: Lot; k?: number; together?: readonly (readonly string[])[] }): ShownCell[] {
  const hidden = cells.filter((cell) => unknownOf(cell) < k)
  const shown = inLot(cells.filter((cell) => unknownOf(cell) >= k), lot)
  const more = Math.floor(lot() * (2 * k + 1))
  while (hidden.length > 0 && shown.length > 0 && !isVague(hidden, shown, { kind, total, k, more, together })) hidden.push(...shown.splice(0, 1))
  const codes = new Set(hidden.map(({ code }) => code))
  return cells.map(({ code, n }) => ({ code, n: codes.has(code) ? null : n }))
}
