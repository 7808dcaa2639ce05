/** Hands over the address of what is shown: by the phone's own way, else as a copied link. The address is neutral, and nothing else is handed over. */
import { ref } from 'vue'

export function useShare(path: () => string) {
  const outcome = ref<'copied' | 'failed'>()
  async function share(): Promise<void> {
    const url = new URL(path(), window.location.origin).href
    outcome.value = undefined
    try {
      if ('share' in navigator) { await navigator.share({ url }); return }
      await (navigator as Navigator).clipboard.writeText(url)
      outcome.value = 'copied'
    } catch (cause) {
      // Somebody changed their mind: that is not news.
      if (cause instanceof DOMException && cause.name === 'AbortError') return
      console.info('The link was not handed over', cause)
      outcome.value = 'failed'
    }
  }
  return { share, outcome }
}
