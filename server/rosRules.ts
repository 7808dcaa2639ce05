/** What the meetings' routes ask of whoever asks, and of what is decided. */
import { daysOfQuarter } from '#contract/periods.ts'
import type { RosDecision } from '#contract/statistics.ts'
import { dayAt } from '#contract/workdays.ts'
import type { Sql } from './database/database.ts'
import type { Keyring } from './keys/keys.ts'
import { can, type Action } from './policy.ts'
import { Failure } from './problems.ts'
import { accountWithGrants } from './queries/accounts.ts'
import { closedQuarters } from './statistics/meeting.ts'

/** Ten years of closed quarters. */
export const mostQuarters = 40

/** What an account may do in a school, or with null in the whole municipality. */
export async function whatMay(sql: Sql, account: string, keyring: Keyring): Promise<(action: Action, unit: string | null) => boolean> {
  const grants = (await accountWithGrants(sql, account, keyring))?.grants ?? []
  return (action, unit) => can(grants, action, { isReporter: false, unit })
}

const isDay = (day: string): boolean => !Number.isNaN(Date.parse(`${day}T12:00:00Z`)) && new Date(`${day}T12:00:00Z`).toISOString().startsWith(day)

/** Throws unless something can have been done on that day. */
export function checkDone(on: string, now: Date): void {
  if (!isDay(on) || on > dayAt(now.getTime())) throw new Failure('invalid-content', { detail: 'on' })
}

/** What a decision says must be possible: days that exist, a meeting that was held, a due date that is not before it, a quarter that has ended. Throws where it is not. */
export function checkDecision({ metOn, due, quarter }: RosDecision, now: Date): void {
  if (!isDay(metOn) || metOn > dayAt(now.getTime())) throw new Failure('invalid-content', { detail: 'metOn' })
  if (!isDay(due) || due < metOn) throw new Failure('invalid-content', { detail: 'due' })
  if (quarter > (closedQuarters(now.getTime())[0] ?? '')) throw new Failure('invalid-content', { detail: 'quarter' })
  // Else the same events would be before it and after it.
  if (metOn < daysOfQuarter(quarter).to) throw new Failure('invalid-content', { detail: 'metOn' })
}
