/** Working days in Norway: Monday to Friday, but for public holidays. Days are written as YYYY-MM-DD and counted in the school's own time zone. */
export const schoolZone = 'Europe/Oslo'
const dayMs = 86_400_000

const inZone = new Intl.DateTimeFormat('en-GB', { timeZone: schoolZone, year: 'numeric', month: '2-digit', day: '2-digit' })
/** The calendar day at the school at this moment. */
export function dayAt(time: number): string {
  // By its parts: how a language writes a date has changed between browsers.
  const parts = new Map(inZone.formatToParts(time).map(({ type, value }) => [type, value]))
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
}
const shift = (day: string, days: number): string => new Date(Date.parse(`${day}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
function easter(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return `${year}-${String(Math.floor(f / 31)).padStart(2, '0')}-${String((f % 31) + 1).padStart(2, '0')}`
}

const fixed = ['01-01', '05-01', '05-17', '12-25', '12-26']
/** Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit Monday: days from Easter Sunday. */
const moving = [-3, -2, 1, 39, 50]

/** What was worked out once: lists of thousands of cases ask for the same few days. */
export function remembered<K, V>(workOut: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= 1_000) known.clear()
    const value = workOut(key)
    known.set(key, value)
    return value
  }
}

const holidaysOf = remembered((year: string): ReadonlySet<string> => {
  const sunday = easter(Number(year))
  return new Set([...fixed.map((day) => `${year}-${day}`), ...moving.map((days) => shift(sunday, days))])
})

export function isWorkday(day: string): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidaysOf(day.slice(0, 4)).has(day)
}

/** The `n`th working day after this day; for 0 the day itself, or the next working day when it is none. */
export function workdayAfter(day: string, n: number): string {
  let at = day
  for (let left = n; left > 0 || !isWorkday(at);) {
    at = shift(at, 1)
    if (isWorkday(at)) left -= 1
  }
  return at
}
export const daysAfter = (day: string, n: number): string => shift(day, n)

/** The moment when a day ends at the school: its next midnight, in milliseconds. Right in the nights of daylight saving too. */
export const endOf = remembered((day: string): number => {
  const next = shift(day, 1)
  // Oslo is one or two hours ahead of UTC.
  const guess = Date.parse(`${next}T00:00:00Z`)
  return [2, 1].map((hours) => guess - hours * 3_600_000).find((time) => dayAt(time) === next && dayAt(time - 1) === day) ?? guess - 3_600_000
})
