/** A figure is a median with its spread; a single run says nothing on a shared machine. */
export interface Figure { median: number; low: number; high: number; runs: number }

export function figureOf(samples: number[]): Figure {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { median: at(0.5), low: sorted[0] ?? Number.NaN, high: sorted.at(-1) ?? Number.NaN, runs: sorted.length }
}

export const round = (value: number) => (value >= 100 ? Math.round(value) : Math.round(value * 10) / 10)
