/** The page docs/robustness.md, made of what was counted. */
import { cpus } from 'node:os'
import type { DeliveriesUnderKill } from './deliveriesUnderKill.ts'
import type { SavesUnderKill } from './savesUnderKill.ts'

export interface Surroundings { browser: string; minutes: number }

export function robustnessPage(saves: SavesUnderKill, deliveries: DeliveriesUnderKill, { browser, minutes }: Surroundings): string {
  return `# What it survives

\`npm run kill-run\` writes this page. Real Chromium, the real server, real PostgreSQL with fsync on; nothing is simulated but the power cuts.

Run of ${new Date().toISOString().slice(0, 10)}: Chromium ${browser}, Node ${process.versions.node}, ${cpus().length} cores, ${minutes} minutes.

## The browser process is killed while it saves

Every process of the browser gets SIGKILL at a random moment from just before the tap on "Lagre på telefonen" to about 200 ms after it: before, during and after
the save. After the restart the raw database is read.

| | |
| --- | --- |
| kills | ${saves.kills} |
| the receipt was on the screen before the kill | ${saves.promised} |
| … and the report was gone afterwards | **${saves.promisedAndLost}** |
| killed before the receipt was seen | ${saves.caught} |
| afterwards a whole report | ${saves.becameReport} |
| afterwards the draft as it was | ${saves.stayedDraft} |
| neither, or both | **${saves.neitherNorBoth}** |

## The server is killed while a phone delivers

The phone fills up while the line is down, then delivers; the server gets SIGKILL within 400 ms of the start of a delivery and is started again on its data.

| | |
| --- | --- |
| letters | ${deliveries.letters} |
| kills of the server, all during a delivery | ${deliveries.killsDuringDelivery} |
| lost | **${deliveries.lost}** |
| duplicated | **${deliveries.duplicated}** |
| reports that nobody wrote | **${deliveries.foreign}** |

## A backup is put back

Database and keys belong together: back up both (\`pg_dump\` or the stopped \`DATA_DIR\`, and \`DATA_DIR/keys\`). The server refuses to start on a database with other keys. After
a restore run \`npm run restored\` before the server starts: the database begins a new epoch, so that every phone fetches afresh, asks what is here, and delivers again what the
backup did not have. Without it a phone passes by the reports that get numbers it has already seen.
`
}

/** True when nothing was lost, doubled or torn. */
export const isClean = (saves: SavesUnderKill, deliveries: DeliveriesUnderKill): boolean =>
  saves.promisedAndLost === 0 && saves.neitherNorBoth === 0 && deliveries.lost === 0 && deliveries.duplicated === 0 && deliveries.foreign === 0
