/** What whoever looks after others may ask the server: who has read in a case, and where things repeat. Needs a line; nothing of it is kept. */
import type { CaseLog } from '#contract/changes.ts'
import type { Patterns } from '#contract/patterns.ts'
import type { Outcome } from '#app/api/client.ts'

async function ask<T>(fetchIt: (account: string) => Promise<Outcome<T>>): Promise<T | 'sign-in' | 'unreachable'> {
  const { currentAccount } = await import('#app/db/device.ts')
  const account = await currentAccount()
  if (account === null) return 'sign-in'
  const outcome = await fetchIt(account)
  if (outcome.kind === 'ok') return outcome.value
  return outcome.kind === 'problem' && (outcome.status === 401 || outcome.code === 'wrong-account') ? 'sign-in' : 'unreachable'
}

export const fetchCaseLog = (report: string): Promise<CaseLog | 'sign-in' | 'unreachable'> => ask(async (account) => (await import('#app/api/cases.ts')).getCaseLog(account, report))
export const fetchPatterns = (): Promise<Patterns | 'sign-in' | 'unreachable'> => ask(async (account) => (await import('#app/api/cases.ts')).getPatterns(account))
