/** Puts a .br and a .gz beside every text file of the build, so that the server compresses nothing while a phone waits. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { filesOf } from './sizes/graph.ts'

/** Runs after the service worker was written, which is the last thing of a build. */
export function compress(endings: readonly string[]): Plugin {
  let folder = ''
  return {
    name: 'meldt:compress',
    apply: 'build',
    configResolved({ root, build }) { folder = path.resolve(root, build.outDir) },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const file of filesOf(folder).filter((name) => endings.some((ending) => name.endsWith(ending)))) {
          const bytes = readFileSync(path.join(folder, file))
          writeFileSync(path.join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }))
          writeFileSync(path.join(folder, `${file}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
        }
      },
    },
  }
}
