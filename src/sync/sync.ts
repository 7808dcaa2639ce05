/** What the page does when there is a reason to talk to the server. */
import { getCase } from '#app/api/cases.ts'
import { forgetCase, keepCase } from '#app/db/caseCopies.ts'
import { currentAccount } from '#app/db/device.ts'
import type { SyncResult } from '#app/domain/model.ts'
import { alone, deliver } from './deliver.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { reconcile } from './reconcile.ts'

const reconcileEvery = 6 * 60 * 60 * 1000
/** When this context last asked what the server has. Zero: at the next round. */
let reconciledAt = 0

async function round(): Promise<SyncResult> {
  const account = await currentAccount()
  const delivered = await deliver()
  if (account === null || delivered !== 'done') return delivered
  const pulled = await pull(account, () => { reconciledAt = 0 })
  if (pulled !== 'done' || Math.abs(Date.now() - reconciledAt) < reconcileEvery) return pulled
  reconciledAt = Date.now()
  return await reconcile(account) ? push() : pulled
}

/** Deliver, then fetch what is new. */
export const syncNow = (): Promise<SyncResult> => alone(round)

/** Fetches one case and keeps a sealed copy. A case that is not theirs any more is forgotten. */
export async function fetchCase(id: string): Promise<'ok' | 'not-found' | 'unreachable' | 'sign-in'> {
  const account = await currentAccount()
  if (account === null) return 'sign-in'
  const outcome = await getCase(account, id)
  if (outcome.kind === 'ok') {
    await keepCase(account, outcome.value)
    return 'ok'
  }
  if (outcome.kind !== 'problem') return 'unreachable'
  if (outcome.status === 404) {
    await forgetCase(account, id)
    return 'not-found'
  }
  return outcome.status === 401 || outcome.code === 'wrong-account' ? 'sign-in' : 'unreachable'
}
