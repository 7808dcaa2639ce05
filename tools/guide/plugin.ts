/** `virtual:guide/nb`, `…/nn`, `…/en`: the guidance of one language as a module, made at build from `content/`. */
import type { Plugin } from 'vite'
import { compileGuide, contentRoot, deadLinks } from './compile.ts'
import { locales } from './frontMatter.ts'

const prefix = 'virtual:guide/'

export function guide(): Plugin {
  return {
    name: 'meldt:guide',
    configureServer({ watcher, moduleGraph, ws }) {
      watcher.add(contentRoot)
      watcher.on('all', (_event, file) => {
        if (!file.startsWith(contentRoot)) return
        moduleGraph.invalidateAll()
        ws.send({ type: 'full-reload' })
      })
    },
    resolveId: { filter: { id: /^virtual:guide\// }, handler: (id) => `\0${id}` },
    load: {
      // The filter sees the resolved id, with its leading NUL.
      filter: { id: /^\0virtual:guide\// },
      handler(id) {
        const locale = locales.find((known) => id.endsWith(`${prefix}${known}`))
        if (locale === undefined) throw new Error(`There is no guidance in ${id}`)
        const compiled = compileGuide(locale)
        const dead = deadLinks(compiled)
        if (dead.length > 0) throw new Error(`These links lead nowhere (${locale}): ${dead.join(', ')}`)
        // One string is parsed several times faster than an object literal of the same size.
        return `export const guide = JSON.parse(${JSON.stringify(JSON.stringify(compiled))})`
      },
    },
  }
}
