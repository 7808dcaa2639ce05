/** Finds a Chromium for the browser tests, and brings one where there is none. It never skips silently. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { chromium } from 'playwright-core'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The browser driver knows where it would put its own download, whether or not it is there. */
const ownDownload = (): string[] => {
  try {
    return [chromium.executablePath()]
  } catch (cause) {
    console.error(`The browser driver has no Chromium for this system: ${String(cause)}`)
    return []
  }
}

/** The path of a Chromium that is here now, or undefined. CHROMIUM_PATH goes first. */
export function findChromium(): string | undefined {
  const chosen = process.env['CHROMIUM_PATH']
  if (chosen !== undefined) return existsSync(chosen) ? chosen : undefined
  return [...usualPlaces, ...ownDownload()].find((place) => place !== '' && existsSync(place))
}

const run = (command: string, ...words: string[]): boolean =>
  spawnSync(command, words, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0

const installDebianPackage = (): boolean =>
  process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  && run('apt-get', 'update') && run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium')

const downloadWithDriver = (): boolean => {
  const driver = path.join(path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
  return run(process.execPath, driver, 'install', 'chromium')
}

/** Finds Chromium or installs it; throws a sentence that says what a person can do. */
export function ensureChromium(): string {
  const here = findChromium()
  if (here !== undefined) return here
  for (const bring of [installDebianPackage, downloadWithDriver]) {
    const found = bring() ? findChromium() : undefined
    if (found !== undefined) return found
  }
  throw new Error('The browser tests need Chromium, and it could neither be found nor installed. '
    + 'Install it ("apt-get install chromium" as root, or any Chromium) or set CHROMIUM_PATH to its program, then run npm test again.')
}
