/**
 * A countdown told by the clock on the wall: it goes on while the phone sleeps or the page is gone. All times in milliseconds.
 * `endsAt` is set while it runs; `left` is what is left while it stands still.
 */
export interface Countdown { total: number; left: number; endsAt?: number }
export type CountdownState = 'ready' | 'running' | 'paused' | 'ended'

const minute = 60_000

export const newCountdown = (seconds: number): Countdown => ({ total: seconds * 1000, left: seconds * 1000 })

/** Never more than the whole: a clock that was set back does not make anybody wait longer. */
export const leftAt = ({ total, left, endsAt }: Countdown, now: number): number =>
  Math.min(total, Math.max(0, endsAt === undefined ? left : endsAt - now))

export function stateAt(countdown: Countdown, now: number): CountdownState {
  const left = leftAt(countdown, now)
  if (left === 0) return 'ended'
  if (countdown.endsAt !== undefined) return 'running'
  return left < countdown.total ? 'paused' : 'ready'
}

/** Starts or goes on. One that has ended begins anew. */
export function start(countdown: Countdown, now: number): Countdown {
  const left = leftAt(countdown, now) || countdown.total
  return { total: countdown.total, left, endsAt: now + left }
}

export const pause = (countdown: Countdown, now: number): Countdown => ({ total: countdown.total, left: leftAt(countdown, now) })

/** One minute more; one that has ended runs on for that minute. */
export function addMinute(countdown: Countdown, now: number): Countdown {
  const left = leftAt(countdown, now)
  if (left === 0) return { total: minute, left: minute, endsAt: now + minute }
  const longer = { total: countdown.total + minute, left: left + minute }
  return countdown.endsAt === undefined ? longer : { ...longer, endsAt: countdown.endsAt + minute }
}

/** What must be said between two looks at the clock: that half is over, or all. */
export function passed(countdown: Countdown, before: number, left: number): 'half' | 'end' | undefined {
  if (left === 0) return before > 0 ? 'end' : undefined
  const half = countdown.total / 2
  return before > half && left <= half ? 'half' : undefined
}

/** `01:42`; the last second is shown until it is over. */
export function clockText(left: number): string {
  const seconds = Math.ceil(left / 1000)
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
