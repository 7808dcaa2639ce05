/** Skjul: in the same frame as the tap the screen is a neutral clock and the title is a neutral word. */
import type { Router } from 'vue-router'
import { isHidden, rememberHidden } from '#app/stores/hidden.ts'

const neutralTitle = 'Notat'
let title = () => 'Meldt'
/** Where the app is. The address bar shows the root meanwhile: an id tells somebody that there is something to find. */
let address: string | undefined

const addressNow = () => window.location.pathname + window.location.search + window.location.hash

/** Also when the app goes on behind the clock: the way back was tapped, or a save ended. */
function coverAddress(here = addressNow()): void {
  address = here
  window.history.replaceState(window.history.state, '', '/')
}

function hide(): void {
  if (isHidden.value) return
  coverAddress()
  document.documentElement.dataset['hidden'] = ''
  document.title = neutralTitle
  rememberHidden(true)
}

function show(): void {
  if (address !== undefined) window.history.replaceState(window.history.state, '', address)
  address = undefined
  rememberHidden(false)
  delete document.documentElement.dataset['hidden']
  document.title = title()
}

/** Says what the title is; it is shown when nothing is hidden, and again after a change of language. */
function setTitle(next: () => string): void {
  title = next
  document.title = isHidden.value ? neutralTitle : title()
}

/** Shift three times within five seconds hides. Gives back how to stop listening. */
function hideOnShift(): () => void {
  let presses: number[] = []
  const listen = ({ key, repeat, timeStamp }: KeyboardEvent) => {
    if (repeat) return
    presses = key === 'Shift' ? [...presses, timeStamp].filter((at) => timeStamp - at < 5000) : []
    if (presses.length >= 3) { presses = []; hide() }
  }
  window.addEventListener('keydown', listen)
  return () => window.removeEventListener('keydown', listen)
}

/** Out of sight the screen is blank, so that the app switcher keeps a picture of nothing. */
function coverWhenAway(): () => void {
  const follow = () => {
    if (document.visibilityState === 'hidden') document.documentElement.dataset['away'] = ''
    else delete document.documentElement.dataset['away']
  }
  document.addEventListener('visibilitychange', follow)
  return () => document.removeEventListener('visibilitychange', follow)
}

/**
 * Keeps the address neutral while the app is hidden. A place that was left behind the clock has the root as its address: before the router reads where the
 * way back leads, the place gets its own again, which the router keeps in its state.
 */
function followAddress(router: Router): void {
  window.addEventListener('popstate', ({ state }: PopStateEvent) => {
    const { current } = (state ?? {}) as { current?: string }
    if (current !== undefined && current !== addressNow()) window.history.replaceState(state, '', current)
  }, { capture: true })
  window.addEventListener('popstate', () => { if (isHidden.value) coverAddress() })
  router.afterEach((to, _from, failure) => { if (isHidden.value && !failure) coverAddress(to.fullPath) })
}

export const useHide = () => ({ isHidden, hide, show, setTitle, hideOnShift, coverWhenAway, followAddress })
