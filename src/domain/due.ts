/** No waiting time that we set is longer than this; a longer one means that the clock was set back. */
const longestWait = 16 * 60_000

/** Whether a time has come. A clock that was set back by a day must not freeze the queue for a day. */
export const isDue = (at: number, now: number): boolean => at <= now || (at > now + longestWait && Number.isFinite(at))
