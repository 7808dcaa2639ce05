/** `npm run audit`, with the server's settings: checks that the audit log is as it was written. Ends with 0 when it is, 1 when it is not, 2 when it could not be checked. */
import { auditOf, sayChain } from '../server/audit.ts'
import { sentenceOf } from '../server/sentences.ts'
import { readSettings } from '../server/settings.ts'

try {
  const chains = await auditOf(readSettings(process.env))
  for (const chain of chains) console.log(sayChain(chain))
  if (chains.length === 0) console.error('There is no municipality in this database: nothing could be checked.')
  process.exitCode = chains.length === 0 ? 2 : chains.some(({ broken }) => broken.length > 0) ? 1 : 0
} catch (cause) {
  const known = sentenceOf(cause)
  console.error(known?.sentence ?? cause)
  process.exitCode = 2
}
