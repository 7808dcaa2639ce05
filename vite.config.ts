/** How the app is built: one page, one service worker that precaches it, no line of script inside the page (the CSP forbids it). */
import path from 'node:path'
import VueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { manifest } from './src/manifest.ts'
import { compress } from './tools/compress.ts'
import { slimI18n } from './tools/slimI18n.ts'

const here = import.meta.dirname

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('ds-') } } }),
    VueI18n({ runtimeOnly: true, compositionOnly: true, fullInstall: false, dropMessageCompiler: true, include: [path.join(here, 'src/i18n/*/*.json'), path.join(here, 'contract/labels/*.json')] }),
    slimI18n(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      injectRegister: null,
      registerType: 'prompt',
      manifest,
      manifestFilename: 'manifest.webmanifest',
      injectManifest: { globPatterns: ['**/*.{js,css,html,woff2,png,svg,webmanifest}'], maximumFileSizeToCacheInBytes: 1_000_000 },
    }),
    compress(['.js', '.css', '.html', '.svg', '.json', '.webmanifest']),
  ],
  define: { __VUE_OPTIONS_API__: 'false', __APP_VERSION__: JSON.stringify(process.env['npm_package_version'] ?? '0') },
  build: {
    target: ['chrome111', 'safari16.4', 'firefox115'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // One file for what changes only with a library, so that an update of ours costs a phone little.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'vue', test: /node_modules\/(?:vue|@vue|vue-router|pinia|vue-i18n|@intlify)\// }] } } },
  },
})
