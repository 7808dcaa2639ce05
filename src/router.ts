/** The router: back returns to where you were, arriving puts focus and title in order, and texts are there before a screen needs them. */
import { nextTick } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import { i18n, loadMessages } from './i18n/index.ts'
import { routes } from './routes.ts'
import { rememberScroll } from './scrollMemory.ts'
import { useHide } from './composables/useHide.ts'
import { useSessionStore } from './stores/session.ts'

export const router = createRouter({ history: createWebHistory(), routes })

/** No list of rows is shown before it is known whose they are. Storage that does not open is told of by the screen itself. */
const settle = () => useSessionStore().settle().catch((cause: unknown) => console.warn('It is not known whose rows these are', cause))
router.beforeEach(async ({ meta }) => { if (meta.home !== true) await Promise.all([loadMessages(), settle()]) })
rememberScroll(router)
useHide().followAddress(router)

/** The first screen keeps the browser's own focus: a reader starts at the top of a page that was just opened. */
router.afterEach(async (to, from) => {
  useHide().setTitle(() => i18n.global.t(to.meta.title))
  if (from.matched.length === 0 || to.path === from.path) return
  await nextTick()
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
})
