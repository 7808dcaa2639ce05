/** What index.html makes a browser load before anything is tapped: its scripts and everything they import statically. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** Every file below a folder, as paths relative to it. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))

export const gzipBytes = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length

const scriptsOf = (html: string): string[] =>
  [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\/?([^"]+\.js)"/g)].map((match) => match[1] ?? '')

/** `import … from "./x.js"`, `export … from "./x.js"` and `import "./x.js"`; never `import("./x.js")`. */
const staticImports = (code: string): string[] =>
  [...code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)].map((match) => match[1] ?? '')

/** The entry's files, as paths relative to `dist`. */
export function entryGraph(dist: string): Set<string> {
  const seen = new Set<string>()
  const waiting = scriptsOf(readFileSync(path.join(dist, 'index.html'), 'utf8'))
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    const folder = path.posix.dirname(file)
    waiting.push(...staticImports(readFileSync(path.join(dist, file), 'utf8')).map((other) => path.posix.join(folder, other)))
  }
  return seen
}
