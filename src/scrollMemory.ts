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

  router.beforeEach(() => {
    // Back and forward have moved already when the router hears of it; a link moves afterwards.
    isReturn = positionNow() !== here
    places.set(here, placeNow())
  })
  router.afterEach(async (to, from) => {
    here = positionNow()
    const place = isReturn ? places.get(here) ?? 0 : 0
    // Another place on the same page finds itself; the way back from it is ours.
    if (to.path === from.path && !isReturn) return
    await nextTick()
    goTo(place)
    // A list comes from the database a moment later, and only then has its height.
    if (place > 0) setTimeout(() => goTo(place), 100)
  })
}
