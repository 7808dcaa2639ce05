/** What is read scrolls inside the page, so the place is remembered here: back leads to where you were, everything else starts at the top. */
import { nextTick } from 'vue'
import type { Router } from 'vue-router'

/** With big text, or little height, the whole page scrolls instead. The one that does not scroll stays where it is. */
const scrollers = () => [document.getElementById('main'), document.scrollingElement].filter((one) => one !== null)
const placeNow = () => Math.max(0, ...scrollers().map(({ scrollTop }) => scrollTop))
const goTo = (place: number) => { for (const scroller of scrollers()) scroller.scrollTop = place }
const positionNow = () => Number((window.history.state as { position?: number } | null)?.position ?? 0)

export function rememberScroll(router: Router): void {
  const places = new Map<number, number>()
  let here = positionNow()
  let isReturn = false
  // Heard before the router hears it: what it has at hand is shown before a later listener is called.
  window.addEventListener('popstate', () => { isReturn = true }, { capture: true })

  router.beforeEach(() => { places.set(here, placeNow()) })
  router.afterEach(async (to, from) => {
    here = positionNow()
    const isBack = isReturn
    const place = isBack ? places.get(here) ?? 0 : 0
    isReturn = false
    // Another place on the same page finds itself; the way back from it is ours.
    if (to.path === from.path && !isBack) return
    await nextTick()
    goTo(place)
    // A list comes from the database a moment later, and only then has its height.
    if (place > 0) setTimeout(() => goTo(place), 100)
  })
}
