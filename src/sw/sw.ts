/** The service worker, a table of contents. It answers GET only, keeps the app and nothing of the API, and delivers what waits as the page does. */
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { deliverNow } from '#app/sync/deliver.ts'

declare const self: ServiceWorkerGlobalScope
interface SyncEvent extends ExtendableEvent { readonly tag: string }

// Fails loudly if one file cannot be had: then the old worker keeps its complete cache.
precacheAndRoute(self.__WB_MANIFEST)
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/(?:api|auth|demo-idp|healthz|readyz)/] }))

self.addEventListener('message', ({ data }: ExtendableMessageEvent) => {
  if (data instanceof Object && 'type' in data && data.type === 'SKIP_WAITING') void self.skipWaiting()
})

// The sentence is the server's, in the phone's language, and the same for everything.
self.addEventListener('push', (event) => {
  event.waitUntil(self.registration.showNotification('Meldt', { body: event.data?.text() ?? '', tag: 'new', icon: '/icons/icon-192.png' }))
})
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.matchAll({ type: 'window' }).then(([open]) => (open ? open.focus() : self.clients.openWindow('/notices'))))
})

async function deliver(): Promise<void> {
  const result = await deliverNow()
  // Rejecting asks the browser to try once more.
  if (result === 'unreachable' || result === 'slow-down') throw new Error(`Not delivered: ${result}`)
}

self.addEventListener('sync' as 'message', (event) => {
  const { tag } = event as unknown as SyncEvent
  if (tag === 'meldt-sync') event.waitUntil(deliver())
})
