/** Push, then pull, by one sender at a time. The page and the service worker run the same. */
import { getCase } from '#app/api/cases.ts'
import { forgetCase, keepCase } from '#app/db/caseCopies.ts'
import { currentAccount } from '#app/db/device.ts'
import { StorageError } from '#app/db/errors.ts'
import { nobodyWaits } from '#app/db/letters.ts'
import type { SyncResult } from '#app/domain/model.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { reconcile } from './reconcile.ts'
import { freshKeys } from './serverKeys.ts'

const reconcileEvery = 6 * 60 * 60 * 1000
/** When this context last asked what the server has. Zero: at the next round. */
let reconciledAt = 0

async function round(): Promise<SyncResult> {
  const keys = await freshKeys()
  if (keys === 'unreachable' || keys === 'captive') return keys
  const account = await currentAccount()
  const pushed = await push()
  if (account === null) return pushed === 'done' && await nobodyWaits() ? 'sign-in' : pushed
  if (pushed !== 'done') return pushed
  const pulled = await pull(account, () => { reconciledAt = 0 })
  if (pulled !== 'done' || Math.abs(Date.now() - reconciledAt) < reconcileEvery) return pulled
  reconciledAt = Date.now()
  return await reconcile(account) ? push() : pulled
}

async function guarded(): Promise<SyncResult> {
  try {
    return await round()
  } catch (cause) {
    if (cause instanceof StorageError && cause.code === 'newer-schema') return 'update-needed'
    throw cause
  }
}

/** `busy`: another tab or the service worker is at it. Where there are no locks, the server's idempotency is the truth. */
export const syncNow = async (): Promise<SyncResult> => {
  const { locks } = navigator as { locks?: LockManager }
  return locks === undefined ? guarded() : locks.request('meldt-sync', { ifAvailable: true }, (lock) => lock === null ? 'busy' : guarded())
}

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
