/** Asks again until the answer is yes. For what has no event to wait on; the limit only ends a hopeless wait. */
import { setTimeout as pause } from 'node:timers/promises'

export async function waitUntil(what: string, ask: () => Promise<boolean> | boolean, limitMs = 60_000): Promise<void> {
  const end = Date.now() + limitMs
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`Waited ${limitMs / 1000} s in vain: ${what}`)
    await pause(100)
  }
}
