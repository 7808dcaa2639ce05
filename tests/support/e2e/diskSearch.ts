/** Searches every file of a folder for marker strings, in UTF-8 and in both UTF-16 byte orders. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

const spellings = (marker: string): Buffer[] => {
  const little = Buffer.from(marker, 'utf16le')
  return [Buffer.from(marker, 'utf8'), little, Buffer.from(little).swap16()]
}

/** The files that hold a marker, as "file: marker". Files that vanish while it reads are temporary and are left out. */
export function searchDisk(folder: string, markers: string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name)
    const bytes = readFileSync(file)
    return markers.filter((marker) => spellings(marker).some((needle) => bytes.includes(needle))).map((marker) => `${path.relative(folder, file)}: ${marker}`)
  })
}
