/**
 * The screen stays on while somebody reads with full hands. One lock for all screens: going from step to step keeps it. The browser takes it away when
 * the page is out of sight, so it is asked for again; a browser that refuses leaves everything else as it was.
 */
import { onActivated, onDeactivated, onMounted, onUnmounted, watch } from 'vue'

let isWanted = false
let lock: WakeLockSentinel | undefined
let turn: Promise<void> = Promise.resolve()

async function settle(): Promise<void> {
  const isDue = isWanted && document.visibilityState === 'visible'
  if (isDue && lock === undefined) {
    const taken = await navigator.wakeLock.request('screen')
    taken.addEventListener('release', () => { if (lock === taken) lock = undefined })
    lock = taken
  } else if (!isWanted && lock !== undefined) {
    const held = lock
    lock = undefined
    await held.release()
  }
}

/** One at a time, after everything that happens in the same breath: the next step wants it before the last one's release. */
function want(next: boolean): void {
  isWanted = next
  if (!('wakeLock' in navigator)) return
  turn = turn.then(settle).catch((cause: unknown) => console.info('The screen may go dark: the browser says no', cause))
}
const again = () => { if (document.visibilityState === 'visible') want(isWanted) }

/** Holds the screen awake while this component is shown and `isOn` says so. */
export function useWakeLock(isOn: () => boolean): void {
  let isShown = false
  const follow = () => want(isShown && isOn())
  const appear = () => {
    isShown = true
    document.addEventListener('visibilitychange', again)
    follow()
  }
  const leave = () => {
    if (!isShown) return
    isShown = false
    document.removeEventListener('visibilitychange', again)
    follow()
  }
  onMounted(appear)
  onActivated(appear)
  onDeactivated(leave)
  onUnmounted(leave)
  watch(isOn, follow)
}
