/** Long pages in two steps: what is read first is on the screen before the rest is made. */
import { onBeforeUnmount, ref, watch } from 'vue'

/** What can wait waits no longer than this, in milliseconds, whatever became of the first. */
const patience = 600

/** `isLater` is true when the rest may come: after `begin`, or a while after `isThere` first became true. It stays true. */
export function useLater(isThere: () => boolean) {
  const isLater = ref(false)
  const come = () => { isLater.value = true }
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(isThere, (there) => { if (there) timer ??= setTimeout(come, patience) }, { immediate: true })
  onBeforeUnmount(() => clearTimeout(timer))
  /** When the frame that is being made has been shown. */
  const begin = () => requestAnimationFrame(() => setTimeout(come))
  return { isLater, begin }
}
