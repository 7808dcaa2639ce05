/** Starts talking to the server when there is a reason to. Correctness never depends on any single one of the reasons. */
import { openStream } from './api/stream.ts'
import { currentAccount, followAccount } from './db/device.ts'
import { endGrace, followNextDue, tryAgainAfterStart } from './db/outbox.ts'
import type { SyncResult } from './domain/model.ts'
import { refreshLocal } from './sync/refreshLocal.ts'
import { syncNow } from './sync/sync.ts'

const longestSleep = 15 * 60_000
const busyPause = 5_000
const pollEvery = 30_000
/** When it asks who we are, asking oftener than this is no use. */
const signInPause = 5 * 60_000
/** So that a school's phones do not all ask in the same moment. */
const hintSpread = 600
/** The municipality's own changes seldom. */
const localEvery = 5 * 60_000

interface WithSync { sync?: { register(tag: string): Promise<void> } }

/** The browser may finish the work after the app was closed, where it can (not on iPhone). */
async function askForBackgroundSync(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.getRegistration() as WithSync | undefined
  await registration?.sync?.register('meldt-sync')
}

/** Seals what was saved before the key was known. Loads the sealing code only then. */
async function sealWaiting(): Promise<number> {
  const { sealWaiting: seal } = await import('./db/sealing.ts')
  return seal()
}

/** Runs now and whenever something is due, the line is back, or the app is looked at. Gives back how to stop. */
export function startSync(onResult: (result: SyncResult) => void): () => void {
  let last: SyncResult | undefined
  let localAt = -Infinity
  let lastAt = 0
  let isRunning = false
  let isAsked = false
  let timer: number | undefined
  let stopped = false
  const say = (what: string) => (cause: unknown) => console.warn(what, cause)

  function runAt(time: number): void {
    window.clearTimeout(timer)
    timer = window.setTimeout(trigger, Math.min(Math.max(0, time - Date.now()), longestSleep))
  }

  /** Five reasons in one tick are one run; a reason during a run is one more run after it. */
  function trigger(): void {
    if (isAsked || stopped) return
    isAsked = true
    if (!isRunning) queueMicrotask(() => { run().catch(say('Sync stopped')) })
  }

  /** After a round that reached the server; also when nobody is signed in now. */
  async function refresh(): Promise<void> {
    if ((last !== 'done' && last !== 'sign-in') || Date.now() - localAt < localEvery) return
    localAt = Date.now()
    if (await refreshLocal() === 'unreachable') localAt = -Infinity
  }

  /** While the app is looked at, the server says when there is something new. Opened after a round, for whoever uses the phone then;
   * the browser tries again by itself, so it also tells that the server is back. */
  let stream: { account: string; end: () => void } | undefined
  let hintTimer: number | undefined
  function endStream(): void {
    window.clearTimeout(hintTimer)
    stream?.end()
    stream = undefined
  }
  async function keepStream(): Promise<void> {
    const isWanted = last !== undefined && last !== 'sign-in' && last !== 'update-needed' && navigator.onLine && document.visibilityState === 'visible' && !stopped
    const account = isWanted && 'EventSource' in window ? await currentAccount() : null
    if (stream && stream.account === account) return
    endStream()
    if (account === null) return
    const end = openStream(account, () => {
      window.clearTimeout(hintTimer)
      hintTimer = window.setTimeout(trigger, Math.random() * hintSpread)
    }, endStream)
    stream = { account, end }
  }

  async function run(): Promise<void> {
    isAsked = false
    isRunning = true
    try {
      last = await syncNow()
      lastAt = Date.now()
      onResult(last)
      keepStream().catch(say('Nobody says when there is news'))
      refresh().catch(say('The municipality’s own could not be kept'))
      if (last === 'busy') runAt(Date.now() + busyPause)
      else if (await sealWaiting() > 0) isAsked = true
    } finally {
      isRunning = false
      if (isAsked) { isAsked = false; trigger() }
    }
  }

  const stopFollowing = followNextDue((at) => {
    if (at === undefined) { window.clearTimeout(timer); return }
    runAt(at)
    askForBackgroundSync().catch((cause: unknown) => console.info('No background sync', cause))
  })

  /** Whoever has just signed in shall not wait for the next round to see what is theirs. */
  const stopFollowingAccount = followAccount(() => { endStream(); localAt = -Infinity; trigger() })

  async function poll(): Promise<void> {
    const isQuiet = last === 'sign-in' && Date.now() - lastAt < signInPause
    if (document.visibilityState === 'visible' && !isQuiet && await currentAccount() !== null) trigger()
  }
  const interval = window.setInterval(() => { poll().catch(say('Nobody could be asked for news')) }, pollEvery)

  /** Leaving ends the time for Angre: what is written goes now. */
  async function leave(): Promise<void> {
    endStream()
    await endGrace()
    trigger()
  }
  const look = () => {
    if (document.visibilityState === 'visible') trigger()
    else leave().catch(say('What waits could not be sent at leaving'))
  }
  window.addEventListener('online', trigger)
  document.addEventListener('visibilitychange', look)
  tryAgainAfterStart().catch(say('What was held could not be released')).finally(trigger)

  return () => {
    stopped = true
    window.clearTimeout(timer)
    window.clearInterval(interval)
    endStream()
    window.removeEventListener('online', trigger)
    document.removeEventListener('visibilitychange', look)
    stopFollowing()
    stopFollowingAccount()
  }
}
