/** When to try again: exponential with full jitter, so that a school's phones do not come back all at once. */
export const shortest = 5_000
export const longest = 15 * 60_000

/** The wait after the n-th attempt: anything between the shortest and a cap that doubles. */
export function waitAfter(attempts: number, random = Math.random): number {
  const cap = Math.min(longest, shortest * 2 ** Math.min(attempts, 20))
  return Math.round(shortest + random() * (cap - shortest))
}

/** At least what the server asked for, spread a little, and never longer than a quarter of an hour. */
export const waitAsAsked = (asked: number, random = Math.random): number => Math.round(Math.min(longest, asked + random() * shortest))
