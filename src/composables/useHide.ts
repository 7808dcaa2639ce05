/** Skjul: in the same frame as the tap the screen is a neutral clock and the title is a neutral word. */
import { isHidden, rememberHidden } from '#app/stores/hidden.ts'

const neutralTitle = 'Notat'
let title = () => 'Meldt'
/** Where the app was. The address bar shows the root meanwhile: an id tells somebody that there is something to find. */
let address: string | undefined

function hide(): void {
  if (isHidden.value) return
  address = window.location.pathname + window.location.search
  window.history.replaceState(window.history.state, '', '/')
  document.documentElement.dataset['hidden'] = ''
  document.title = neutralTitle
  rememberHidden(true)
}

function show(): void {
  if (address !== undefined) window.history.replaceState(window.history.state, '', address)
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

export const useHide = () => ({ isHidden, hide, show, setTitle, hideOnShift, coverWhenAway })
