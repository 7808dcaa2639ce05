/** Writes a file so that a power cut leaves all of it or nothing. */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'

/** Flushes what was put into a folder: without it a power cut may take back the names in it. */
function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** Written whole, flushed, then moved into place, for this user's eyes only: a lost key is a lost letter. */
export function writeWhole(file: string, text: string): void {
  const handle = openSync(`${file}.new`, 'w', 0o600)
  writeSync(handle, text)
  fsyncSync(handle)
  closeSync(handle)
  renameSync(`${file}.new`, file)
  const folder = path.dirname(file)
  flushFolder(folder)
  flushFolder(path.dirname(folder))
}
