/** Keeps the server's public keys fresh: they seal what is written and check what is received. */
import type { Keys } from '#contract/session.ts'
import { getKeys } from '#app/api/keys.ts'
import { keepServerKeys, serverKeys, serverKeysAt } from '#app/db/device.ts'
import type { SyncResult } from '#app/domain/model.ts'

const day = 24 * 60 * 60 * 1000

/** Asks the server now. */
export async function fetchKeys(): Promise<SyncResult> {
  const outcome = await getKeys()
  if (outcome.kind === 'ok') await keepServerKeys(outcome.value)
  if (outcome.kind === 'problem') return 'slow-down'
  return outcome.kind === 'ok' ? 'done' : outcome.kind
}

/** Asks when there are none or they are a day old. */
export async function freshKeys(): Promise<SyncResult> {
  const age = Date.now() - await serverKeysAt()
  return age >= 0 && age < day ? 'done' : fetchKeys()
}

export const knownKeys = async (): Promise<Keys> => await serverKeys() ?? { sealing: [], signing: [], time: '' }
