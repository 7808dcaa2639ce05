/** What is read scrolls inside the page, so the place is remembered here: back leads to where you were, everything else starts at the top. */
import { nextTick } from 'vue'
import type { Router } from 'vue-router'

const scroller = () => document.getElementById('main')
const positionNow = () => Number((window.history.state as { position?: number } | null)?.position ?? 0)

export function rememberScroll(router: Router): void {
  const places = new Map<number, number>()
  let here = positionNow()
  let isReturn = false
  window.addEventListener('popstate', () => { isReturn = true })

  router.beforeEach(() => { places.set(here, scroller()?.scrollTop ?? 0) })
  router.afterEach(async (to, from) => {
    here = positionNow()
    const isBack = isReturn
    const place = isBack ? places.get(here) ?? 0 : 0
    isReturn = false
    // Another place on the same page finds itself; the way back from it is ours.
    if (to.path === from.path && !isBack) return
    await nextTick()
    scroller()?.scrollTo(0, place)
    // A list comes from the database a moment later, and only then has its height.
    if (place > 0) setTimeout(() => scroller()?.scrollTo(0, place), 100)
  })
}
