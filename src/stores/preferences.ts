/** What a person chose about the app itself: language, light or dark, quiet, and what they dismissed. */
import { ref, watch } from 'vue'
import { defineStore } from 'pinia'
import { phoneLocale, setLocale, type Locale } from '#app/i18n/index.ts'
import { readPreference, writePreference } from './storage.ts'

export type Scheme = 'auto' | 'light' | 'dark'
const month = 30 * 24 * 60 * 60 * 1000

export const usePreferencesStore = defineStore('preferences', () => {
  const locale = ref<Locale>(readPreference<Locale>('locale') ?? phoneLocale(navigator.languages))
  const scheme = ref<Scheme>(readPreference<Scheme>('scheme') ?? 'auto')
  /** No vibration. */
  const isDiscreet = ref(readPreference<boolean>('discreet') ?? false)
  const installDismissedAt = ref(readPreference<number>('installDismissedAt') ?? 0)
  /** Words that looked like names and were left standing. Only in memory: what somebody wrote is never on the disk in the open. */
  const allowedWords = ref<ReadonlySet<string>>(new Set())

  const showScheme = () => { document.documentElement.dataset['colorScheme'] = scheme.value }
  showScheme()
  watch(scheme, () => { writePreference('scheme', scheme.value); showScheme() })
  watch(isDiscreet, () => writePreference('discreet', isDiscreet.value))

  /** Shows the app in another language and remembers it. */
  async function chooseLocale(next: Locale): Promise<void> {
    await setLocale(next)
    locale.value = next
    writePreference('locale', next)
  }

  const mayOfferInstall = () => Date.now() - installDismissedAt.value > month
  function dismissInstall(): void {
    installDismissedAt.value = Date.now()
    writePreference('installDismissedAt', installDismissedAt.value)
  }
  function allowWord(word: string): void {
    allowedWords.value = new Set([...allowedWords.value, word])
  }

  return { locale, scheme, isDiscreet, allowedWords, chooseLocale, mayOfferInstall, dismissInstall, allowWord }
})
