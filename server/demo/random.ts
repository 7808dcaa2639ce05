/** Chance that can be repeated: the same seed gives the same town, on every machine. For made-up data only, never for secrets. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number
  /** True this often. */
  is(share: number): boolean
  /** A whole number from `low` to `high`. */
  whole(low: number, high: number): number
  /** One of them, each by its weight. */
  of<T>(choices: readonly (readonly [T, number])[]): T
  /** One of a list, each as likely. */
  one<T>(list: readonly T[]): T
  /** Around 0, most within 1 (Box and Muller). */
  normal(): number
  /** How often something happens that happens this often on average. */
  count(mean: number): number
}

/** A number that a text always gives. */
export function seedOf(text: string): number {
  let hash = 2_166_136_261
  for (let nth = 0; nth < text.length; nth += 1) hash = Math.imul(hash ^ text.charCodeAt(nth), 16_777_619)
  return hash >>> 0
}

/** Small, even enough for data that only has to look right, and so long that two of them never run into each other (Chris Doty-Humphrey's sfc32). */
export function chanceOf(seed: number): Chance {
  let [a, b, c, count] = [seed >>> 0, Math.imul(seed, 0x9e_37_79_b9) >>> 0, (seed ^ 0x85_eb_ca_6b) >>> 0, 1]
  const next = () => {
    const sum = (a + b + count) >>> 0
    count = (count + 1) >>> 0
    a = (b ^ (b >>> 9)) >>> 0
    b = (c + (c << 3)) >>> 0
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0
    return sum / 4_294_967_296
  }
  for (let warm = 0; warm < 12; warm += 1) next()
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  return {
    next, normal, one,
    is: (share) => next() < share,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    of(choices) {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [choice, weight] of choices) {
        left -= weight
        if (left < 0) return choice
      }
      return one(choices)[0]
    },
    count(mean) {
      // Poisson for few; for many the normal curve is as good and does not take longer the more there are.
      if (mean > 50) return Math.max(0, Math.round(mean + normal() * Math.sqrt(mean)))
      let [n, product] = [0, next()]
      for (const limit = Math.exp(-mean); product > limit; product *= next()) n += 1
      return n
    },
  }
}
