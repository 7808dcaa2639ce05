/** How the app is built: one page, one service worker that precaches it, no line of script inside the page (the CSP forbids it). */
import path from 'node:path'
import VueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA, type VitePWAOptions } from 'vite-plugin-pwa'
import { manifest } from './src/manifest.ts'
import { compress } from './tools/compress.ts'
import { guide } from './tools/guide/plugin.ts'
import { slimI18n } from './tools/slimI18n.ts'

const browsers = ['chrome111', 'safari16.4', 'firefox115']
const here = import.meta.dirname

/**
 * What is loaded together lies in one file: every file of its own costs the service worker a line, and a phone a request.
 * The libraries are one, so that an update of ours costs little; the sealing code stays apart, because it is loaded only to seal.
 */
const groups = [
  { name: 'vue', test: /node_modules\/(?:vue|@vue|vue-router|pinia|vue-i18n|@intlify)\// },
  { name: 'base', test: /src\/(?:ui\/(?:App(?:Icon|Button|Page|Chips|Choices|TileGroup|Alert|SkipLink)|PlainField)|stores\/(?!takeAlong|admin)|composables\/(?:useTimeWords|answers|useAction|useDraft|useHide|useInstall)|i18n\/byArea|domain\/(?:when|status|ids)|features\/reports\/(?:WhenField|IncidentForm))|contract\/vocabulary|node_modules\/lucide/ },
  { name: 'reports', test: /src\/(?:features\/reports\/(?:Receipt|Details|Check|Practice|FactQuestion|Guarded|InstallCard)|domain\/(?:guard|names|notNames|questions)|composables\/useTextGuard|ui\/AppGuard)/ },
  { name: 'search', test: /node_modules\/minisearch\/|src\/features\/guide\/search\/(?!useSearch|searcher|ownWorker|documents)/ },
  { name: 'guidance', test: /src\/(?:features\/(?:steps|guide|training|local|admin)\/|domain\/(?:countdown|walkPlace)|composables\/use(?:HashPlace|Reading|Share|WakeLock)|ui\/(?:RichText|ReadingFoot))/ },
  { name: 'screens', test: /src\/(?:features\/(?:mine|sending|account|help|settings|takeAlong|notices)\/|domain\/ownPlan|(?:stores|api)\/push\.ts)/ },
  { name: 'cases', test: /src\/(?:features\/cases\/|db\/cases|domain\/(?:caseView|caseForm|urgency))/ },
  { name: 'chart', test: /node_modules\/(?:chart\.js|@kurkle)\/|src\/ui\/drawBars/ },
  { name: 'numbers', test: /src\/(?:features\/numbers\/|ui\/(?:AppChart|HeatMap|chart)|composables\/useNumbers|(?:db|api|stores|domain)\/numbers)|contract\/(?:counting|periods|bergen)/ },
  { name: 'written', test: /src\/(?:(?:db|domain)\/training|db\/caseActs|domain\/caseSaying)/ },
  { name: 'phone', test: /src\/(?:(?:db|sync|api)\/(?!sealing)|crypto\/(?:base64url|safe|receipts)|domain\/(?:sum|due|ownCase))|contract\/(?:wire|case)/ },
  { name: 'seal', test: /node_modules\/@hpke\/|__vite-browser-external|src\/(?:crypto\/(?:hpke|seal|deflate|hash)|db\/sealing)/ },
  { name: 'fields', test: /@digdir\/designsystemet-web/ },
  { name: 'parts', test: /src\/(?:ui\/App(?:Ask|Tag|DefinitionList|Card|Details|Dialog|Steps|Tick|Field|Select|ErrorSummary)|ui\/(?:LinkList|RowList|TextLink)|stores\/(?:takeAlong|admin)|composables\/(?:download|use(?:Seen|TakeAlong|DayWords|FactWords|StatusWords|ReportSteps|Supplement|LiveQuery|QuietStatus|Guide|Advice|Local))|domain\/(?:advice|ownCase|guideAddress|readers|inWords|calls|local))|contract\/local/ },
]

/** Eight hex digits tell two versions of a page apart as well as thirty-two, and the worker is counted in bytes. */
type ManifestTransform = NonNullable<VitePWAOptions['injectManifest']['manifestTransforms']>[number]

const shortRevisions: ManifestTransform = (entries) =>
  ({ manifest: entries.map((entry) => ({ ...entry, revision: entry.revision?.slice(0, 8) ?? null })), warnings: [] })

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('ds-') } } }),
    VueI18n({ runtimeOnly: true, compositionOnly: true, fullInstall: false, dropMessageCompiler: true, include: [path.join(here, 'src/i18n/*/*.json'), path.join(here, 'contract/labels/*.json')] }),
    slimI18n(),
    guide(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      injectRegister: null,
      registerType: 'prompt',
      manifest,
      includeManifestIcons: false,
      manifestFilename: 'manifest.webmanifest',
      injectManifest: { target: browsers, globPatterns: ['**/*.{js,css,html,woff2}'], maximumFileSizeToCacheInBytes: 1_000_000, manifestTransforms: [shortRevisions] },
    }),
    compress(['.js', '.css', '.html', '.svg', '.json', '.webmanifest']),
  ],
  // Dexie's own build for today's browsers is the smaller one, in the page and in the worker.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
  // The search's worker is one file of its own, named like the others.
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/[hash:7].js' } } },
  define: { __VUE_OPTIONS_API__: 'false', __APP_VERSION__: JSON.stringify(process.env['npm_package_version'] ?? '0') },
  build: {
    target: browsers,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { chunkFileNames: 'assets/[hash:7].js', entryFileNames: 'assets/[hash:7].js', assetFileNames: 'assets/[hash:7][extname]', codeSplitting: { includeDependenciesRecursively: false, groups } } },
  },
})
