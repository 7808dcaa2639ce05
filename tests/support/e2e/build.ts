/** A second build of the same app under another version number: what a phone sees the day after a release. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../../..')

export const firstBuild = path.join(root, 'dist')

/** Builds into `folder`. Resolves when it is done; rejects with what the builder said. */
export const buildInto = (folder: string, version: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const builder = spawn(process.execPath, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
      cwd: root, env: { ...process.env, NODE_ENV: 'production', npm_package_version: version }, stdio: ['ignore', 'pipe', 'pipe'],
    })
    let words = ''
    builder.stdout.on('data', (chunk: Buffer) => { words += chunk.toString() })
    builder.stderr.on('data', (chunk: Buffer) => { words += chunk.toString() })
    builder.once('error', reject)
    builder.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The second build failed:\n${words}`))))
  })

/** The entry script that a build's page asks for: its name carries a hash, so it tells builds apart. */
export const entryOf = (dist: string): string => /src="(\/assets\/[^"]+\.js)"/.exec(readFileSync(path.join(dist, 'index.html'), 'utf8'))?.[1] ?? ''
