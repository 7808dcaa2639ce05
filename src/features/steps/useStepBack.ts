/**
 * Back means one step back, also for somebody who came into the middle of a walk ("Fortsett der du slapp"): the browser's own back would leave it.
 * "Forrige" goes the same way and leaves no trail, so that the way out never grows.
 */
import { onMounted, onUnmounted } from 'vue'
import { useRouter } from 'vue-router'

interface Trail { position?: number; back?: string | null }
const trail = (): Trail => (window.history.state ?? {}) as Trail

/** `previous` is the address of the step before, or undefined on the first one. */
export function useStepBack(previous: () => string | undefined) {
  const router = useRouter()
  let here = 0
  /** The browser has moved already when the router asks; the app's own ways have not. */
  const stayInWalk = router.beforeEach(({ path }) => {
    const to = previous()
    if ((trail().position ?? 0) >= here || to === undefined || path === to) return true
    // The router first returns to this step; then the step before takes its place.
    window.addEventListener('popstate', () => { void router.replace(to) }, { once: true })
    return false
  })
  onMounted(() => { here = trail().position ?? 0 })
  onUnmounted(stayInWalk)

  /** To the step before: by the way that led here, if that was it. */
  function goBack(): void {
    const to = previous()
    if (to === undefined) return
    if (trail().back === to) router.back()
    else void router.replace(to)
  }
  return { goBack }
}
