/** One real PostgreSQL for a whole run of server tests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../server/database/embedded.ts'

declare module 'vitest' {
  interface ProvidedContext { postgres: string }
}

/** Called by vitest before the first file; what it gives back is called after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'meldt-postgres-'))
  const postgres = await startEmbedded(folder)
  project.provide('postgres', postgres.url)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
