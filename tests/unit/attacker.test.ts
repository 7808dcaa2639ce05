/**
 * Somebody who wants to know what is hidden (security paper 4.6): they have everything that their role may see, and they know how the hiding works.
 * 20,000 random towns in small: how many events each school has in each row of a table, and which of them the readers may read one by one.
 */
import { describe, expect, it } from 'vitest'
import { isPublic, leastHidden, publish, smallest, type Cell, type ShownCell, type TableKind } from '#contract/disclosure.ts'

const tries = 20_000
/** mulberry32: the same tables each time. */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6D2B79F5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { lot: next, below: (n: number) => Math.floor(next() * n), chance: (share: number) => next() < share }
}
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0)

/** `unknown[row][school]`: events that nobody reads one by one; `known[row]`: those that were handed on. */
interface Town { unknown: number[][]; known: number[] }
function randomTown({ below, chance }: ReturnType<typeof dice>): Town {
  const [rows, schools] = [1 + below(12), 1 + below(8)]
  const size = [2, 5, 12, 60][below(4)] ?? 2
  const sparse = below(10) / 10
  // Few schools and few rows have most of it.
  const weight = Array.from({ length: schools }, () => (chance(0.2) ? 4 : 1))
  const unknown = Array.from({ length: rows }, () => {
    const row = chance(0.25) ? 4 : 1
    return weight.map((heavy) => (chance(sparse) ? 0 : below(size * row * heavy)))
  })
  return { unknown, known: unknown.map(() => (chance(0.3) ? below(6) : 0)) }
}

/** As the server asks for it. */
function cellsOf({ unknown, known }: Town, kind: TableKind): { cells: Cell[]; total: number; isShown: boolean } {
  const cells = unknown.map((bySchool, row): Cell => ({ code: String(row), n: sum(bySchool) + (known[row] ?? 0), known: known[row] ?? 0, ...(kind !== 'schools' && { largest: Math.max(...bySchool) }) }))
  const bySchool = (unknown[0] ?? []).map((_, school) => sum(unknown.map((row) => row[school] ?? 0)))
  const total = sum(cells.map(({ n }) => n))
  // Where each row is a school, the largest row is the largest school.
  const largest = kind === 'schools' ? Math.max(...unknown.map(sum)) : Math.max(...bySchool)
  return { cells, total, isShown: isPublic({ n: total, known: sum(known), largest }) }
}

/** How many values the unknown part of each hidden row may have, for whoever subtracts all that is shown, what they read, and one school that they lead. */
function valuesLeft(shown: readonly ShownCell[], cells: readonly Cell[], total: number, kind: TableKind, own: readonly number[]): number[] {
  const hidden = cells.flatMap((cell, row) => (shown[row]?.n === null ? [{ ...cell, row }] : []))
  const rest = total - sum(shown.map(({ n }) => n ?? 0))
  if (kind === 'several') {
    // Every event is in some row: a hidden row has at least what the others leave.
    return hidden.map((cell) => {
      const others = hidden.length > 1 ? total : 0
      const least = Math.max(0, rest - others - (cell.known ?? 0) - (own[cell.row] ?? 0))
      return total - (cell.known ?? 0) - (own[cell.row] ?? 0) - least + 1
    })
  }
  const unread = hidden.map((cell) => ({ ...cell, left: cell.n - (cell.known ?? 0) - (own[cell.row] ?? 0) })).filter(({ row }) => kind !== 'schools' || own[row] === undefined || own[row] === 0)
  const left = rest - sum(hidden.map((cell) => (cell.known ?? 0) + (own[cell.row] ?? 0)))
  return unread.map(() => (unread.length === 1 ? 1 : left + 1))
}

/** What the leader of one school knows by row. Of a table of schools, their own row. */
const ownOf = ({ unknown }: Town, kind: TableKind, school: number): number[] =>
  (kind === 'schools' ? unknown.map((row, nth) => (nth === school ? sum(row) : 0)) : unknown.map((row) => row[school] ?? 0))

/** Nothing but small numbers is hidden, the whole is shown: what most would do. */
const naive = (cells: readonly Cell[]): ShownCell[] => cells.map(({ code, n }) => ({ code, n: n > 0 && n < smallest ? null : n }))

describe('twenty thousand tables', () => {
  it.each(['parts', 'schools', 'several'] as const)('of %s: nothing hidden is narrowed to fewer than five values, whatever school the reader leads', (kind) => {
    const random = dice(4_658)
    let [shownTables, narrowed, hiddenCells, allCells] = [0, 0, 0, 0]
    for (let nth = 0; nth < tries; nth += 1) {
      const town = randomTown(random)
      const { cells, total, isShown } = cellsOf(town, kind)
      if (!isShown) continue
      shownTables += 1
      const shown = publish(cells, { kind, total, lot: random.lot })
      allCells += cells.length
      hiddenCells += shown.filter(({ n }) => n === null).length
      // What is shown has five or more that nobody reads, also for whoever leads the largest school of it.
      for (const [row, { n }] of shown.entries()) if (n !== null) expect(n - (cells[row]?.known ?? 0) - (cells[row]?.largest ?? 0)).toBeGreaterThanOrEqual(smallest)
      const schools = kind === 'schools' ? cells.length : town.unknown[0]?.length ?? 0
      for (let school = -1; school < schools; school += 1) {
        if (valuesLeft(shown, cells, total, kind, ownOf(town, kind, school)).some((values) => values < smallest)) narrowed += 1
      }
    }
    expect(narrowed).toBe(0)
    expect([shownTables > tries / 4, hiddenCells > 0, hiddenCells < allCells]).toEqual([true, true, true])
  })

  it('are told by the same attacker when only the small numbers are hidden', () => {
    const random = dice(4_658)
    let [withSmall, told] = [0, 0]
    for (let nth = 0; nth < tries; nth += 1) {
      const town = randomTown(random)
      const { cells, total } = cellsOf(town, 'parts')
      const shown = naive(cells)
      if (!shown.some(({ n }) => n === null)) continue
      withSmall += 1
      // One school: whoever leads it, or none.
      if ([-1, 0].some((school) => valuesLeft(shown, cells, total, 'parts', ownOf(town, 'parts', school)).some((values) => values < smallest))) told += 1
    }
    expect(told / withSmall).toBeGreaterThan(0.5)
  })
})

/** All ways to spread a sum over so many cells. */
function* spreads(rest: number, cells: number): Generator<number[]> {
  if (cells === 0) { if (rest === 0) yield []; return }
  if (cells === 1) { yield [rest]; return }
  for (let first = 0; first <= rest; first += 1) for (const others of spreads(rest - first, cells - 1)) yield [first, ...others]
}
/** All fillings where no cell is more than the whole, and together they reach it. */
function* covers(total: number, shownSum: number, cells: number): Generator<number[]> {
  const fill = function* (left: number): Generator<number[]> {
    if (left === 0) { yield []; return }
    for (let first = 0; first <= total; first += 1) for (const others of fill(left - 1)) yield [first, ...others]
  }
  for (const filling of fill(cells)) if (sum(filling) + shownSum >= total) yield filling
}

/**
 * Whether this table could have been shown so by any lot: all small ones are hidden, and of the larger ones there is a last that was still needed for some draw.
 * Written from the words of contract/disclosure.ts, not with its functions.
 */
function couldLook(numbers: readonly number[], hidden: readonly number[], total: number, kind: TableKind): boolean {
  if (numbers.some((n, row) => n < smallest && !hidden.includes(row))) return false
  if (!numbers.some((n) => n < smallest)) return hidden.length === 0
  const least = leastHidden(smallest)
  const mostMore = 2 * smallest
  const shownSum = sum(numbers.filter((_, row) => !hidden.includes(row)))
  const isEnough = (rows: readonly number[], more: number, shownNow: number): boolean => {
    const list = rows.map((row) => numbers[row] ?? 0)
    const hasLarge = rows.length >= least.cells && list.some((n) => n >= smallest)
    if (kind === 'several') return total - shownNow <= 0 ? more < mostMore || hasLarge : hasLarge && total - shownNow >= least.sum + more
    if (kind === 'parts') return rows.length >= least.cells && sum(list) >= least.sum + more
    return rows.length >= least.schools && sum(list) >= least.sumOfSchools + more && sum(list) - Math.max(...list) >= least.sum
  }
  const draws = Array.from({ length: mostMore + 1 }, (_, more) => more)
  const larger = hidden.filter((row) => (numbers[row] ?? 0) >= smallest)
  return draws.some((more) => (hidden.length === numbers.length || isEnough(hidden, more, shownSum))
    && (larger.length === 0 || larger.some((last) => !isEnough(hidden.filter((row) => row !== last), more, shownSum + (numbers[last] ?? 0)))))
}

describe('whoever knows how the hiding works', () => {
  it.each([['parts', 5, 14, 1_000], ['schools', 6, 10, 90], ['several', 4, 11, 1_000]] as const)('and tries every table of %s that would look the same, is left with five values for each hidden row', (kind, most, size, tables) => {
    const random = dice(13_11)
    let tried = 0
    for (let nth = 0; nth < tables; nth += 1) {
      const numbers = Array.from({ length: 2 + random.below(most - 1) }, () => (random.chance(0.5) ? random.below(6) : random.below(size)))
      const total = kind === 'several' ? Math.max(1, Math.max(...numbers), sum(numbers) - random.below(sum(numbers) + 1)) : sum(numbers)
      if (!isPublic({ n: total, largest: kind === 'schools' ? Math.max(...numbers) : 0 })) continue
      const shown = publish(numbers.map((n, row) => ({ code: String(row), n })), { kind, total, lot: random.lot })
      const hidden = shown.flatMap(({ n }, row) => (n === null ? [row] : []))
      if (hidden.length === 0 || (kind === 'several' && hidden.length > 3)) continue
      expect(couldLook(numbers, hidden, total, kind), `${numbers.join(' ')} of ${total}: ${hidden.join(' ')}`).toBe(true)
      const shownSum = sum(shown.map(({ n }) => n ?? 0))
      if (kind !== 'several' && total - shownSum > 26) continue
      tried += 1
      // Of schools, the reader may lead one of the hidden ones, and knows its number.
      for (const led of kind === 'schools' ? [undefined, ...hidden] : [undefined]) {
        const possible = hidden.map(() => new Set<number>())
        for (const filling of kind === 'several' ? covers(total, shownSum, hidden.length) : spreads(total - shownSum, hidden.length)) {
          if (led !== undefined && filling[hidden.indexOf(led)] !== numbers[led]) continue
          const other = shown.map(({ n }, row) => n ?? filling[hidden.indexOf(row)] ?? 0)
          if (couldLook(other, hidden, total, kind)) for (const [at, n] of filling.entries()) possible[at]?.add(n)
        }
        const narrow = possible.filter((values, at) => hidden[at] !== led && values.size < smallest)
        expect(narrow.map((values) => Array.from(values)), `${numbers.join(' ')} of ${total}, hidden ${hidden.join(' ')}, led ${led ?? 'none'}`).toEqual([])
      }
    }
    expect(tried).toBeGreaterThan(15)
  })
})
