/** Reads what vitest's JSON reporter wrote. A file that could not even be collected counts as one failure. */
import { readFileSync } from 'node:fs'

interface Report {
  numPassedTests: number
  numFailedTests: number
  success: boolean
  testResults: { status: string; assertionResults: unknown[] }[]
}

export interface Counts { passed: number; failed: number }

/** How many tests passed and failed. Skipped tests count as failed: nothing is skipped silently here. */
export function vitestCounts(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report & { numPendingTests: number; numTodoTests: number }
  const brokenFiles = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + brokenFiles
  return { passed: report.numPassedTests, failed: failed === 0 && !report.success ? 1 : failed }
}
