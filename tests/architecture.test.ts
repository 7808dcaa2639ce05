/** The law of the house: the table of docs/house.md, executable. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesOf } from '../tools/sizes/graph.ts'

const root = path.resolve(import.meta.dirname, '..')

/** Who may import whom. A room may always import itself. The entrance (src/*.ts, src/App.vue) may import everything below src. */
const mayImport: Record<string, readonly string[]> = {
  'contract': [],
  'server': ['contract'],
  'src/domain': ['contract'],
  'src/crypto': ['contract'],
  'src/db': ['contract', 'src/domain', 'src/crypto'],
  'src/api': ['contract'],
  'src/sync': ['contract', 'src/domain', 'src/db', 'src/api'],
  'src/sw': ['src/sync'],
  'src/i18n': ['contract'],
  'src/stores': ['contract', 'src/domain', 'src/db', 'src/api', 'src/sync', 'src/i18n'],
  'src/composables': ['contract', 'src/domain', 'src/db', 'src/stores', 'src/i18n'],
  'src/ui': [],
  'src/features': ['contract', 'src/domain', 'src/crypto', 'src/db', 'src/stores', 'src/composables', 'src/ui', 'src/i18n'],
}
const allRooms = Object.keys(mayImport)

/** A library has one door. */
const doors: Record<string, readonly string[]> = {
  'dexie': ['src/db/', 'src/composables/useLiveQuery.ts'],
  'minisearch': ['src/features/guide/search/'],
  'workbox-precaching': ['src/sw/'],
  'workbox-routing': ['src/sw/'],
  'workbox-window': ['src/'],
  '@hpke/core': ['src/crypto/', 'server/keys/', 'bench/', 'tools/', 'tests/'],
  '@navikt/fnrvalidator': ['src/domain/', 'server/', 'tests/'],
  'vue-i18n': ['src/i18n/', 'src/features/', 'src/ui/', 'src/composables/', 'src/App.vue', 'src/main.ts', 'tests/components/'],
  'pg': ['server/database/', 'tests/', 'tools/', 'bench/'],
  'pdfkit': ['server/takeAlong/'],
  'fflate': ['server/takeAlong/'],
  'web-push': ['server/push/'],
  'openid-client': ['server/identity/'],
  'oidc-provider': ['server/identity/', 'tests/'],
}

interface Source { file: string; text: string; imports: string[] }

const importPattern = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"\n]+)['"]/g
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1')

const sources: Source[] = ['contract', 'server', 'src', 'tools', 'bench', 'tests']
  .flatMap((room) => filesOf(path.join(root, room)).map((file) => `${room}/${file.split(path.sep).join('/')}`))
  .filter((file) => /\.(?:ts|vue)$/.test(file))
  .map((file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    return { file, text, imports: [...withoutComments(text).matchAll(importPattern)].map((match) => match[1] ?? '') }
  })

const isTest = (file: string) => file.startsWith('tests/')
const app = sources.filter(({ file }) => file.startsWith('src/'))
const roomOf = (file: string) => allRooms.find((room) => file.startsWith(`${room}/`))
const featureOf = (file: string) => /^src\/features\/([^/]+)\//.exec(file)?.[1]

/** Where an import leads, as a path from the root; undefined for a library. */
const target = (file: string, name: string): string | undefined => {
  if (name.startsWith('.')) return path.posix.join(path.posix.dirname(file), name)
  if (name.startsWith('#contract/')) return name.replace('#contract/', 'contract/')
  if (name.startsWith('#app/')) return name.replace('#app/', 'src/')
  return undefined
}
const isLibrary = (name: string, library: string) => name === library || name.startsWith(`${library}/`)
const offenders = (list: Source[], wrong: RegExp) => list.filter(({ text }) => wrong.test(withoutComments(text))).map(({ file }) => file)

describe('the rooms of the house', () => {
  it('are all inhabited, so that this law judges something', () => {
    expect(allRooms.filter((room) => !sources.some(({ file }) => file.startsWith(`${room}/`)))).toEqual([])
  })

  it('import only the rooms that the table allows', () => {
    const wrong = sources.flatMap(({ file, imports }) => {
      const room = roomOf(file)
      if (room === undefined || isTest(file)) return []
      return imports.flatMap((name) => {
        const to = target(file, name)
        const other = to === undefined ? undefined : roomOf(to)
        const leavesItsRoom = to !== undefined && !to.startsWith(`${room}/`)
        return leavesItsRoom && (other === undefined || !mayImport[room]?.includes(other)) ? [`${file} → ${to}`] : []
      })
    })
    expect(wrong).toEqual([])
  })

  it('keep a feature from importing another feature', () => {
    const wrong = app.flatMap(({ file, imports }) => imports.flatMap((name) => {
      const [mine, other] = [featureOf(file), featureOf(target(file, name) ?? '')]
      return mine !== undefined && other !== undefined && mine !== other ? [`${file} → ${name}`] : []
    }))
    expect(wrong).toEqual([])
  })

  it('name another room by its sign and their own neighbours by a relative path', () => {
    const wrong = sources.filter(({ file }) => roomOf(file) !== undefined).flatMap(({ file, imports }) => imports
      .filter((name) => name.startsWith('.') && roomOf(target(file, name) ?? '') !== roomOf(file)).map((name) => `${file} → ${name}`))
    expect(wrong).toEqual([])
  })

  it('import files that exist, with their ending written', () => {
    const wrong = sources.flatMap(({ file, imports }) => imports.flatMap((name) => {
      const to = target(file, name)?.replace(/\?.*$/, '')
      return to !== undefined && !existsSync(path.join(root, to)) ? [`${file} → ${name}`] : []
    }))
    expect(wrong).toEqual([])
  })

  it.each(Object.entries(doors))('let %s in by one door', (library, allowed) => {
    const wrong = sources.filter(({ file, imports }) => imports.some((name) => isLibrary(name, library)) && !isTest(file)
      && !allowed.some((door) => file.startsWith(door))).map(({ file }) => file)
    expect(wrong).toEqual([])
  })
})

describe('the phone', () => {
  it('writes Designsystemet markup in src/ui only', () => {
    expect(offenders(app.filter(({ file }) => file.endsWith('.vue') && !file.startsWith('src/ui/')), /<ds-|["'`\s]ds-[a-z]/)).toEqual([])
  })

  it('never puts HTML into the page from a string', () => {
    expect(offenders(app, /v-html|\.innerHTML\s*=|insertAdjacentHTML|document\.write/)).toEqual([])
  })

  it('fetches in src/api only', () => {
    expect(offenders(app.filter(({ file }) => !file.startsWith('src/api/')), /(?<![\w.])fetch\(|XMLHttpRequest|sendBeacon|new EventSource|new WebSocket/)).toEqual([])
  })

  it('keeps nothing in localStorage or sessionStorage but small preferences', () => {
    const wrong = offenders(app.filter(({ file }) => !file.startsWith('src/stores/') && !file.startsWith('src/i18n/')), /\b(?:localStorage|sessionStorage)\b/)
    expect(wrong).toEqual([])
  })

  it('has no Vue and no Pinia in the rooms that the service worker shares', () => {
    const shared = app.filter(({ file }) => /^src\/(?:domain|crypto|db|api|sync|sw)\//.test(file))
    expect(shared.filter(({ imports }) => imports.some((name) => /^(?:vue|pinia|vue-router|vue-i18n)$/.test(name))).map(({ file }) => file)).toEqual([])
  })
})

describe('the three languages', () => {
  const keysOf = (value: unknown, above = ''): string[] =>
    typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, below]) => keysOf(below, `${above}.${key}`)) : [above]
  const textsOf = (folder: string): Record<string, string[]> => Object.fromEntries(filesOf(path.join(root, folder)).filter((file) => file.endsWith('.json'))
    .map((file) => [file, keysOf(JSON.parse(readFileSync(path.join(root, folder, file), 'utf8'))).toSorted()]))
  const labelsOf = (locale: string) => keysOf(JSON.parse(readFileSync(path.join(root, `contract/labels/${locale}.json`), 'utf8'))).toSorted()
  const saidIn = (locale: string) => ({ ...textsOf(`src/i18n/${locale}`), labels: labelsOf(locale), cases: labelsOf(`${locale}.cases`) })

  it.each(['nn', 'en'])('say in %s all that is said in bokmål, and nothing else', (locale) => {
    expect(saidIn(locale)).toEqual(saidIn('nb'))
  })
})

describe('the style', () => {
  it('has no file of ours above 300 lines', () => {
    expect(sources.filter(({ text }) => text.split('\n').length > 301).map(({ file, text }) => `${file}: ${text.split('\n').length}`)).toEqual([])
  })

  it('has no any, no enum, no empty catch, no silenced linter and no promise of later work', () => {
    const pattern = /\b(?:TODO|FIXME)\b|oxlint-disable|eslint-disable|@ts-ignore|@ts-nocheck|\bas any\b|^(?:export )?(?:const )?enum \w|catch\s*(?:\([^)]*\))?\s*\{\s*\}|\.catch\(\(\) => (?:\{\s*\}|undefined)\)/m
    expect(sources.filter(({ file, text }) => file !== 'tests/architecture.test.ts' && pattern.test(text)).map(({ file }) => file)).toEqual([])
  })

  it('skips no test', () => {
    expect(offenders(sources.filter(({ file }) => isTest(file) && file !== 'tests/architecture.test.ts'), /\b(?:it|describe|test)\.(?:skip|only|todo)\b/)).toEqual([])
  })
})
