/** Whether the app can be put on the home screen from here, and how. Asked for in peace, never on the log screen. */
import { computed, shallowRef } from 'vue'
import { usePreferencesStore } from '#app/stores/preferences.ts'

interface InstallPrompt extends Event { prompt(): Promise<unknown> }
const isPrompt = (event: Event): event is InstallPrompt => 'prompt' in event
const kept = shallowRef<InstallPrompt>()

/** The browser offers once, early; the offer is kept for a calmer moment. */
export function keepInstallPrompt(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    if (isPrompt(event)) kept.value = event
  })
}

export function useInstall() {
  const preferences = usePreferencesStore()
  const isInstalled = window.matchMedia('(display-mode: standalone), (display-mode: minimal-ui)').matches
  const isIphone = /iPhone|iPad/.test(navigator.userAgent)
  const way = computed(() => {
    if (isInstalled || !preferences.mayOfferInstall()) return undefined
    if (kept.value) return 'prompt' as const
    return isIphone ? 'iphone' as const : undefined
  })
  async function install(): Promise<void> {
    const event = kept.value
    kept.value = undefined
    await event?.prompt()
  }
  function dismiss(): void {
    kept.value = undefined
    preferences.dismissInstall()
  }
  return { way, install, dismiss, isInstalled, isIphone }
}
