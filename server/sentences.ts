/** What a person who starts something can mend is said in a sentence; everything else is a fault of ours, with its stack. */
import { AlreadyRunning } from './database/embedded.ts'
import { WrongKeys } from './keys/keysOf.ts'
import { SettingsError } from './settings.ts'
import { StartError } from './start.ts'

/** A sentence for what a person can mend, with its exit code; undefined for a fault of ours. */
export function sentenceOf(cause: unknown): { sentence: string; code: number } | undefined {
  if (cause instanceof SettingsError) return { sentence: cause.message, code: cause.exitCode }
  if (cause instanceof StartError || cause instanceof AlreadyRunning || cause instanceof WrongKeys) return { sentence: cause.message, code: 1 }
  return undefined
}
