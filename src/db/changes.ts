/** Keeps what a pull brought: rows and cursor in one transaction, so that a kill in between loses and repeats nothing. */
import type { Changes } from '#contract/changes.ts'
import { inKnown } from './device.ts'
import type { NoticeRow, SchoolRow } from './rows.ts'
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
    const notices: SchoolRow[] = []
    const gone: string[] = []
    const places = { own: [own, 'own'], case: [cases, 'case'], training: [training, 'training'], notice: [notices, 'notice'] } as const
    for (const change of changes) {
      if (change.kind === 'case-gone') { gone.push(change.report); continue }
      const [rows, place] = places[change.kind]
      rows.push({ report: change.report, box: await safe.lock(`${place}/${change.report}`, change) })
    }
    await database.transaction('rw', [database.own, database.cases, database.details, database.training, database.notices, database.meta], async () => {
      if (afresh) {
        await database.own.clear()
        await database.cases.clear()
        // What was written here stays known, and what was read here stays read.
        await database.notices.toCollection().modify((row) => { delete row.box })
        await database.training.toCollection().modify((row) => { delete row.box })
      }
      await database.own.bulkPut(own)
      await database.cases.bulkPut(cases)
      await database.training.bulkPut(training)
      // It is not theirs to see any more: the copies go. What they wrote themselves stays in the outbox until it has arrived.
      await database.cases.bulkDelete(gone)
      await database.details.bulkDelete(gone)
      const before = await database.notices.bulkGet(notices.map(({ report }) => report))
      await database.notices.bulkPut(notices.map(({ report, box }, nth): NoticeRow => ({ report, box, read: before[nth]?.read ?? 0 })))
      if (!more) await database.details.where('report').noneOf(await database.cases.toCollection().primaryKeys()).delete()
      await database.meta.put({ key: 'cursor', value: cursor })
    })
  })
}
