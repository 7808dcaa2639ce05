/** Times as a person means them: local clock and its offset, so that a report keeps its day through zones and DST nights. */

const two = (value: number) => String(value).padStart(2, '0')
const minute = 60_000

/** `2026-11-23T10:15:00+01:00`: what the clock on the wall said, and where it hung. */
export function toOffsetIso(date: Date): string {
  const offset = -date.getTimezoneOffset()
  const sign = offset < 0 ? '-' : '+'
  const away = Math.abs(offset)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  return `${day}T${time}${sign}${two(Math.floor(away / 60))}:${two(away % 60)}`
}

/** The chips below "Når". `pick` opens two native fields. */
export const whenChips = ['now', 'quarter', 'earlier', 'pick'] as const
export type WhenChip = (typeof whenChips)[number]

/** What a chip stands for. "Earlier today" is two hours back, but never yesterday. `pick` has no time of its own. */
export function timeOfChip(chip: WhenChip, now: Date): string | undefined {
  if (chip === 'pick') return undefined
  if (chip === 'now') return toOffsetIso(now)
  if (chip === 'quarter') return toOffsetIso(new Date(now.getTime() - 15 * minute))
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  return toOffsetIso(new Date(Math.max(midnight.getTime(), now.getTime() - 120 * minute)))
}

/** Which chip fits a stored time best, so that a draft opens as it was left. */
export function chipOfTime(at: string | undefined, now: Date): WhenChip {
  if (at === undefined) return 'now'
  const age = now.getTime() - new Date(at).getTime()
  if (Math.abs(age) < 5 * minute) return 'now'
  if (Math.abs(age - 15 * minute) < 5 * minute) return 'quarter'
  return 'pick'
}

/** For the native date and time fields: the wall clock of a stored time, as it was written. */
export const dateField = (at: string): string => at.slice(0, 10)
export const timeField = (at: string): string => at.slice(11, 16)

/** From the native fields. A time that does not exist (the DST night) becomes the next one that does. Undefined if it is no time. */
export function fromFields(day: string, time: string): string | undefined {
  const date = new Date(`${day}T${time === '' ? '00:00' : time}:00`)
  return Number.isNaN(date.getTime()) ? undefined : toOffsetIso(date)
}

export const isFuture = (at: string, now: Date): boolean => new Date(at).getTime() > now.getTime() + 5 * minute
