/** Delivers what waits, by one sender at a time. This is all that the service worker does; the page also fetches what is new (sync.ts). */
import { currentAccount } from '#app/db/device.ts'
import { StorageError } from '#app/db/errors.ts'
import { nobodyWaits } from '#app/db/letters.ts'
import type { SyncResult } from '#app/domain/model.ts'
import { push } from './push.ts'
import { freshKeys } from './serverKeys.ts'

/** `sign-in` also when what waits was written by nobody yet. */
export async function deliver(): Promise<SyncResult> {
  const keys = await freshKeys()
  if (keys === 'unreachable' || keys === 'captive') return keys
  const pushed = await push()
  return pushed === 'done' && await currentAccount() === null && await nobodyWaits() ? 'sign-in' : pushed
}

async function guarded(round: () => Promise<SyncResult>): Promise<SyncResult> {
  try {
    return await round()
  } catch (cause) {
    if (cause instanceof StorageError && cause.code === 'newer-schema') return 'update-needed'
    throw cause
  }
}

/** `busy`: another tab or the service worker is at it. Where there are no locks, the server's idempotency is the truth. */
export const alone = async (round: () => Promise<SyncResult>): Promise<SyncResult> => {
  const { locks } = navigator as { locks?: LockManager }
  return locks === undefined ? guarded(round) : locks.request('meldt-sync', { ifAvailable: true }, (lock) => lock === null ? 'busy' : guarded(round))
}

export const deliverNow = (): Promise<SyncResult> => alone(deliver)
