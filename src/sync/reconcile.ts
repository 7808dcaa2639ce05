/** Asks now and then whether the server still has what it gave a receipt for. Heals a server that was restored from yesterday's backup. */
import { limits } from '#contract/wire.ts'
import { askHave } from '#app/api/letters.ts'
import { deliverAgain, deliveredLetters, prune } from '#app/db/letters.ts'

const week = 7 * 24 * 60 * 60 * 1000

/** True when something is to be delivered again. */
export async function reconcile(account: string): Promise<boolean> {
  const delivered = await deliveredLetters(account)
  let lost = false
  for (let at = 0; at < delivered.length; at += limits.idsPerQuestion) {
    const asked = delivered.slice(at, at + limits.idsPerQuestion)
    const outcome = await askHave(asked.map(({ id }) => id))
    if (outcome.kind !== 'ok') return lost
    const here = new Set(outcome.value.here)
    const gone = new Set(outcome.value.gone)
    const missing = asked.filter(({ id }) => !here.has(id) && !gone.has(id)).map(({ id }) => id)
    const old = asked.filter(({ id, deliveredAt = 0 }) => gone.has(id) || (here.has(id) && Date.now() - deliveredAt > week)).map(({ id }) => id)
    if (missing.length > 0) await deliverAgain(account, missing)
    if (old.length > 0) await prune(account, old)
    lost ||= missing.length > 0
  }
  return lost
}
