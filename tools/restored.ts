/** `npm run restored`: run once, with the server's settings, after a backup was put back and before the server starts on it. */
import { restored } from '../server/restored.ts'
import { sentenceOf } from '../server/sentences.ts'
import { readSettings } from '../server/settings.ts'

try {
  const names = await restored(readSettings(process.env))
  console.log(`${names.join(', ')}: every phone will fetch afresh and deliver again what the backup did not have. Start the server now.`)
} catch (cause) {
  const known = sentenceOf(cause)
  if (known === undefined) throw cause
  console.error(known.sentence)
  process.exitCode = known.code
}
