/** Seven projects: what may run side by side runs first; the browser tests come last, one file at a time. */
import VueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { guide } from './tools/guide/plugin.ts'

const nodeProject = (name: string, groupOrder: number, patience: number, globalSetup: string[] = []) => ({
  test: {
    name,
    environment: 'node' as const,
    globalSetup,
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout: patience,
    hookTimeout: patience,
    sequence: { groupOrder },
  },
})

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('ds-') } } }), VueI18n({ ssr: false, runtimeOnly: false, include: [] }), guide()],
        test: { name: 'components', environment: 'happy-dom', include: ['tests/components/**/*.test.ts'], testTimeout: 20_000, hookTimeout: 20_000, sequence: { groupOrder: 0 } },
      },
      { ...nodeProject('unit', 0, 30_000), plugins: [guide()] },
      nodeProject('content', 0, 30_000),
      { test: { name: 'architecture', environment: 'node', include: ['tests/architecture.test.ts'], sequence: { groupOrder: 0 } } },
      nodeProject('server', 1, 120_000, ['tests/support/postgresServer.ts']),
      nodeProject('flow', 1, 120_000),
      {
        test: {
          name: 'e2e', environment: 'node', include: ['tests/e2e/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000,
          // A poll ends when the thing is there; how long that takes on a busy machine is no finding.
          expect: { poll: { timeout: 20_000 } },
          pool: 'forks', maxWorkers: 1, fileParallelism: false, sequence: { groupOrder: 2, concurrent: false },
        },
      },
    ],
  },
})
