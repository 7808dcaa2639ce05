/** When phones are left in peace. */
import { schoolZone } from '#contract/workdays.ts'

const hourAt = new Intl.DateTimeFormat('en-GB', { timeZone: schoolZone, hour: '2-digit', hourCycle: 'h23' })

/** From 20 to 07, as the clock at the school shows. */
export function isNight(now: Date): boolean {
  const hour = Number(hourAt.format(now))
  return hour >= 20 || hour < 7
}
