/** One step of the gate: a command that is run, timed and judged by its exit code. */
import { spawn } from 'node:child_process'
import path from 'node:path'

export interface StepResult { name: string; ok: boolean; seconds: number }

/** The repository's root: everything is run from here. */
export const root = path.resolve(import.meta.dirname, '../..')

const bin = (tool: string): string => path.join(root, 'node_modules', '.bin', tool)

/** Runs one of our pinned tools with everything shown; resolves to its exit code. */
export const runTool = (tool: string, words: string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(tool === 'node' ? process.execPath : bin(tool), words, { cwd: root, stdio: 'inherit' })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })

/** Prints what begins, does it, prints how it went. A step that throws has failed, with its sentence shown. */
export async function step(name: string, work: () => Promise<boolean> | boolean): Promise<StepResult> {
  console.log(`\n── ${name}`)
  const begun = performance.now()
  let ok = false
  try {
    ok = await work()
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause)
  }
  const seconds = Math.round((performance.now() - begun) / 100) / 10
  console.log(`── ${name}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`)
  return { name, ok, seconds }
}
