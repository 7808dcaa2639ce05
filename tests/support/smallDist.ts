/** A built app in miniature, so that the server has something to serve. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

export const pageText = '<!doctype html><title>Meldt</title>'
export const scriptText = 'export const greeting = "hei"'

/** Writes it into `folder`. */
export function writeSmallDist(folder: string): string {
  mkdirSync(path.join(folder, 'assets'), { recursive: true })
  writeFileSync(path.join(folder, 'index.html'), pageText)
  writeFileSync(path.join(folder, 'sw.js'), 'self.addEventListener("fetch", () => {})')
  writeFileSync(path.join(folder, 'assets/index-a1b2c3.js'), scriptText)
  writeFileSync(path.join(folder, 'assets/index-a1b2c3.js.gz'), gzipSync(scriptText))
  writeFileSync(path.join(folder, '.secret'), 'not for the world')
  return folder
}
