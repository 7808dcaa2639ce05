/** Registers the service worker after the first paint, and offers a new version when one waits. */
import { Workbox } from 'workbox-window'
import type { useUpdateStore } from './stores/update.ts'

const address = '/sw.js'
const hour = 60 * 60 * 1000
interface Policies { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string } }

/** The CSP lets one policy make script addresses, and that policy knows one address. */
function trustedAddress(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies }
  if (trustedTypes === undefined) return address
  return trustedTypes.createPolicy('sw-url', {
    createScriptURL(url) {
      if (url !== address) throw new TypeError(`${url} is not our service worker`)
      return url
    },
  }).createScriptURL(address)
}

export async function registerServiceWorker(update: ReturnType<typeof useUpdateStore>): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const worker = new Workbox(trustedAddress())
  worker.addEventListener('waiting', () => update.offer(() => {
    worker.addEventListener('controlling', () => window.location.reload())
    worker.messageSkipWaiting()
  }))
  const registration = await worker.register()
  if (registration === undefined) return
  const look = async () => { if (navigator.onLine) await registration.update() }
  const lookQuietly = () => { look().catch((cause: unknown) => console.info('No look for a new version', cause)) }
  window.setInterval(lookQuietly, hour)
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') lookQuietly() })
}
