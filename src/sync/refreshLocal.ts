/** Fetches the municipality's own when it has changed. The page does it; the service worker only delivers. */
import { getLocal } from '#app/api/local.ts'
import { knownAccounts } from '#app/db/device.ts'
import { keepLocal, localTag } from '#app/db/local.ts'

/** `nobody`: no one has signed in on this phone yet, or the server does not know it any more. What is kept here stays. */
export async function refreshLocal(): Promise<'new' | 'same' | 'nobody' | 'unreachable'> {
  if ((await knownAccounts()).length === 0) return 'nobody'
  const outcome = await getLocal(await localTag())
  if (outcome.kind === 'ok') {
    await keepLocal(outcome.value)
    return 'new'
  }
  if (outcome.kind !== 'problem') return 'unreachable'
  return outcome.status === 304 ? 'same' : outcome.status === 401 ? 'nobody' : 'unreachable'
}
