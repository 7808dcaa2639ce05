/** Runs the rounds while the server runs. */
import type { Services } from '../services.ts'
import { runPushRound } from '../push/round.ts'
import { closePeriods } from '../statistics/closePeriods.ts'
import { runRound } from './round.ts'

/** A round each `everyMs`, never two at once. `note` hears of a failure; the next round tries again. Gives back how to stop, after the round that runs. */
export function startClock(services: Services, everyMs: number, note: (cause: unknown) => void): () => Promise<void> {
  let round: Promise<unknown> = Promise.resolve()
  let isRunning = false
  const timer = setInterval(() => {
    if (isRunning) return
    isRunning = true
    round = runRound(services).catch(note).then(() => runPushRound(services)).catch(note).then(() => closePeriods(services.database, services.clock())).catch(note).finally(() => { isRunning = false })
  }, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await round
  }
}
