/** Files by path become areas by name: `./nb/mine.json` is reached as `t('mine.…')`. */
import type { LocaleMessageValue, VueMessageType } from 'vue-i18n'

export type Messages = Record<string, LocaleMessageValue<VueMessageType>>

export const byArea = (files: Messages): Messages =>
  Object.fromEntries(Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/|\.json$/g, ''), texts]))
