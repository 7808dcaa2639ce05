/** Put in by the build. */
declare const __APP_VERSION__: string

/** The guidance of one language, made from `content/` by tools/guide/plugin.ts. */
declare module 'virtual:guide/nb' { export const guide: import('./domain/guide.ts').Guide }
declare module 'virtual:guide/nn' { export const guide: import('./domain/guide.ts').Guide }
declare module 'virtual:guide/en' { export const guide: import('./domain/guide.ts').Guide }
