/** The entrance. First the form, then everything that it does not need: the database, sync, who we are, the service worker. */
import { createApp } from 'vue'
import { createPinia } from 'pinia'
import './styles/main.css'
import App from './App.vue'
import { i18n, setLocale } from './i18n/index.ts'
import { keepInstallPrompt } from './composables/useInstall.ts'
import { router } from './router.ts'
import { usePreferencesStore } from './stores/preferences.ts'
import { useSessionStore } from './stores/session.ts'
import { useSyncStore } from './stores/sync.ts'
import { useUpdateStore } from './stores/update.ts'

keepInstallPrompt()
const app = createApp(App).use(createPinia()).use(i18n).use(router)
const update = useUpdateStore()
const owedPause = 30_000
const say = (what: string) => (cause: unknown) => console.info(what, cause)

window.addEventListener('vite:preloadError', () => { update.isBroken = true })

/**
 * What a save needs is fetched while a person thinks. Only where the whole app is kept on the phone: there a file that cannot be had is a broken app,
 * and on a bad line it would only look like one.
 */
function warmUp(): void {
  if (!('serviceWorker' in navigator) || navigator.serviceWorker.controller === null) return
  Promise.all([import('./crypto/hpke.ts'), import('./features/reports/ReceiptScreen.vue')]).catch(say('What a save needs will be fetched when it is needed'))
}

/** A phone that was emptied without a line ends its session before it talks of anything else. */
async function signOutIfOwed(): Promise<void> {
  while (!await useSessionStore().payOff()) {
    await new Promise<void>((resolve) => {
      setTimeout(resolve, owedPause)
      window.addEventListener('online', () => resolve(), { once: true })
    })
  }
}

async function startTheRest(): Promise<void> {
  const [{ startSync }, { registerServiceWorker }] = await Promise.all([import('./startSync.ts'), import('./pwa.ts')])
  const session = useSessionStore()
  const isAnotherPerson = await session.settle()
  const [{ followAccount }, { finishClaim, unclaimedCount }, { followWipe }] = await Promise.all([import('./db/device.ts'), import('./db/nobody.ts'), import('./db/storage.ts')])
  followWipe(() => window.location.replace('/'))
  followAccount((account) => { session.follow(account).catch(say('It is not known who uses the phone now')) })
  await finishClaim().catch(say('A claim that was cut could not be finished'))
  const talking = signOutIfOwed().then(() => startSync(useSyncStore().note))
  registerServiceWorker(update).catch(say('The app cannot be kept for use without a line'))
  warmUp()
  await talking
  const wasMistaken = await session.load()
  if (wasMistaken) await useSyncStore().tryNow()
  if (!isAnotherPerson && !wasMistaken) return
  if (await unclaimedCount() > 0) await router.push({ path: '/welcome', query: { next: router.currentRoute.value.fullPath } })
}

const { locale } = usePreferencesStore()
setLocale(locale).catch(say('That language is not on this phone')).finally(() => {
  app.mount('#app')
  requestAnimationFrame(() => setTimeout(() => { startTheRest().catch(say('Not everything could be started')) }))
})
