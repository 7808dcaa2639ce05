/** Fetches what is new for the person who uses the phone. The pull is the truth; whatever says that there is news is only a hint. */
import { getChanges } from '#app/api/changes.ts'
import { cursorOf, keepChanges } from '#app/db/changes.ts'
import type { SyncResult } from '#app/domain/model.ts'
import { meaningOf } from './statusTable.ts'

/** `onAfresh` is called when the server does not know our cursor: it may be one that was restored from a backup. */
export async function pull(account: string, onAfresh: () => void): Promise<SyncResult> {
  let cursor = await cursorOf(account)
  let afresh = false
  for (;;) {
    const outcome = await getChanges(account, cursor)
    if (outcome.kind === 'ok') {
      const page = outcome.value
      if (page.changes.length > 0 || page.cursor !== cursor || afresh) await keepChanges(account, page, afresh)
      afresh = false
      if (!page.more || page.cursor === cursor) return 'done'
      cursor = page.cursor
    } else if (outcome.kind !== 'problem') {
      return outcome.kind
    } else if (outcome.status === 410 && cursor !== '') {
      cursor = ''
      afresh = true
      onAfresh()
    } else {
      // Another person is signed in: these rows are not theirs to fetch. Nothing is evicted.
      return outcome.code === 'wrong-account' ? 'sign-in' : meaningOf(outcome.status).result
    }
  }
}
