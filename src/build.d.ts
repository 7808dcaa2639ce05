/** Put in by the build. */
declare const __APP_VERSION__: string

/** The guidance of one language, made from `content/` by tools/guide/plugin.ts. */
declare module 'virtual:guide/nb' {
  import type { Guide } from '#app/domain/guide.ts'

  export const guide: Guide
}
declare module 'virtual:guide/nn' {
  import type { Guide } from '#app/domain/guide.ts'

  export const guide: Guide
}
declare module 'virtual:guide/en' {
  import type { Guide } from '#app/domain/guide.ts'

  export const guide: Guide
}
