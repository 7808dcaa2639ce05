/** Keeps what a pull brought: rows and cursor in one transaction, so that a kill in between loses and repeats nothing. */
import type { Changes } from '#contract/changes.ts'
import { inKnown } from './device.ts'
import type { SchoolRow } from './rows.ts'
import { openSafe } from './vault.ts'

export const cursorOf = async (account: string): Promise<string> => await inKnown(account, async ({ meta }) => String((await meta.get('cursor'))?.value ?? '')) ?? ''

/**
 * `afresh`: the server does not know the cursor any more. What it told before goes with the first new page; own letters stay. With the last page
 * go the opened cases that no page has named: they are not theirs to read any more.
 */
export async function keepChanges(account: string, { changes, cursor, more }: Changes, afresh: boolean): Promise<void> {
  await inKnown(account, async (database) => {
    const safe = await openSafe(database)
    const own: SchoolRow[] = []
    const cases: SchoolRow[] = []
    const training: SchoolRow[] = []
    for (const change of changes) {
      const [rows, place] = change.kind === 'own' ? [own, 'own'] : change.kind === 'case' ? [cases, 'case'] : [training, 'training']
      rows.push({ report: change.report, box: await safe.lock(`${place}/${change.report}`, change) })
    }
    await database.transaction('rw', database.own, database.cases, database.details, database.training, database.meta, async () => {
      if (afresh) {
        await database.own.clear()
        await database.cases.clear()
        // What was written here stays known.
        await database.training.toCollection().modify((row) => { delete row.box })
      }
      await database.own.bulkPut(own)
      await database.cases.bulkPut(cases)
      await database.training.bulkPut(training)
      if (!more) await database.details.where('report').noneOf(await database.cases.toCollection().primaryKeys()).delete()
      await database.meta.put({ key: 'cursor', value: cursor })
    })
  })
}
