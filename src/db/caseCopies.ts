/** Sealed copies of what was opened, apart from cases.ts: the service worker writes these too and must not carry the code that seals letters. */
import type { Case } from '#contract/changes.ts'
import { inKnown } from './device.ts'
import { openSafe } from './vault.ts'

export async function keepCase(account: string, detail: Case): Promise<void> {
  await inKnown(account, async (database) => {
    const { report } = detail.summary
    const safe = await openSafe(database)
    const summary = { report, box: await safe.lock(`case/${report}`, detail.summary) }
    const opened = { report, box: await safe.lock(`detail/${report}`, detail) }
    await database.transaction('rw', database.cases, database.details, async () => {
      await database.cases.put(summary)
      await database.details.put(opened)
    })
  })
}

/** It is no longer theirs to see: the copies go. */
export const forgetCase = (account: string, report: string): Promise<void> => inKnown(account, (database) =>
  database.transaction('rw', database.cases, database.details, async () => {
    await database.cases.delete(report)
    await database.details.delete(report)
  }))
