/**
 * The three languages. What the form needs in bokmål is in the first chunk; the rest of bokmål, and nynorsk and English, are chunks of their own
 * that are loaded when needed and precached. Files: `<locale>/<area>.json`, reached as `t('area.key')`; labels of codes as `t('code.FYS-SLAG')`.
 */
import { createI18n } from 'vue-i18n'
import labels from '#contract/labels/nb.json'
import type { Messages } from './byArea.ts'
import common from './nb/common.json'
import log from './nb/log.json'

export const locales = ['nb', 'nn', 'en'] as const
export type Locale = (typeof locales)[number]

const rest: Record<Locale, () => Promise<{ messages: Messages }>> = {
  nb: () => import('./nb.ts'),
  nn: () => import('./nn.ts'),
  en: () => import('./en.ts'),
}
const loaded = new Set<Locale>()
let current: Locale = 'nb'

export const i18n = createI18n({
  legacy: false,
  locale: 'nb',
  fallbackLocale: 'nb',
  messages: { nb: { ...labels, common, log }, nn: {}, en: {} } as Record<Locale, Messages>,
})

/** Loads all texts of a language, by default the one that is shown; done at once when they are here already. */
export async function loadMessages(locale: Locale = current): Promise<void> {
  if (loaded.has(locale)) return
  const { messages } = await rest[locale]()
  i18n.global.mergeLocaleMessage(locale, messages)
  loaded.add(locale)
}

/** Switches the language of everything on the screen. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale !== 'nb') await loadMessages(locale)
  current = locale
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

/** The language of the phone if we speak it; bokmål otherwise. */
export const phoneLocale = (languages: readonly string[]): Locale => {
  for (const language of languages) {
    const [short] = language.toLowerCase().split('-')
    if (short === 'nn' || short === 'en') return short
    if (short === 'nb' || short === 'no') return 'nb'
  }
  return 'nb'
}
