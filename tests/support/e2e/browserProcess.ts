/** The browser's own process, found by the profile folder that only it uses. */
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { waitUntil } from './waitUntil.ts'

const commandLines = (): [number, string][] => {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-ww', '-Ao', 'pid=,args='], { encoding: 'utf8' }).stdout.split('\n')
      .map((row) => [Number.parseInt(row, 10), row])
  }
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name): [number, string][] => {
    try {
      return [[Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')]]
    } catch (cause) {
      // A process may end while the list is read.
      if (['ENOENT', 'ESRCH'].includes((cause as NodeJS.ErrnoException).code ?? '')) return []
      throw cause
    }
  })
}

const processesOf = (profile: string): number[] =>
  commandLines().filter(([, line]) => line.includes(`--user-data-dir=${profile} `) || line.trimEnd().endsWith(`--user-data-dir=${profile}`)).map(([pid]) => pid)

/** SIGKILL to every process that uses this profile: no unload, no flush, as when a battery falls out. */
export async function killBrowser(profile: string): Promise<void> {
  for (const pid of processesOf(profile)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause
    }
  }
  await waitUntil('the browser process is gone', () => processesOf(profile).length === 0)
}
