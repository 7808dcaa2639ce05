/** The one button of "Trenger deg". Nothing that was not delivered is ever thrown away. */
import { newId } from '#app/domain/ids.ts'
import { currentAccount, serverKeys } from './device.ts'
import { headerOf, sealed, type Content } from './facts.ts'
import { inAccount } from './gateway.ts'
import type { LetterRow, SafeRow } from './rows.ts'
import { openSafe } from './vault.ts'

const dueAgain = ({ refusedBecause: _why, wholeRequest: _whole, sendingUntil: _until, suspect: _suspect, ...row }: LetterRow): LetterRow =>
  ({ ...row, nextAttemptAt: Date.now() })

/** Judged itself, and turned down for how it is sealed. Anything else may have arrived by an earlier try, and only the same bytes are known there again. */
const wantsNewSeal = ({ refusedBecause = '', wholeRequest }: LetterRow): boolean =>
  wholeRequest !== true && ['unknown-key', 'invalid-envelope', 'invalid-content'].includes(refusedBecause)

/**
 * Due now, in the same bytes. What could not be opened is sealed again to the newest key. What met its own id with other content goes on under a
 * new id, as a supplement to the same report: the server overwrites nothing, and neither do we.
 */
export async function retryRefused(report: string): Promise<void> {
  const account = await currentAccount()
  const keys = await serverKeys()
  await inAccount(account, async (database) => {
    const refused = (await database.letters.where('report').equals(report).toArray()).filter(({ refusedBecause }) => refusedBecause !== undefined)
    const safe = await openSafe(database)
    const letters: LetterRow[] = []
    const copies: SafeRow[] = []
    for (const letter of refused) {
      const isTaken = letter.refusedBecause === 'already-used-id' && letter.wholeRequest !== true
      if (keys === undefined || !(isTaken || wantsNewSeal(letter))) { letters.push(dueAgain(letter)); continue }
      const copy = await database.safe.get(letter.id)
      const content: Content = copy ? await safe.unlock<Content>(`letter/${letter.id}`, copy.box) : { v: 1 }
      if (!isTaken) {
        letters.push(dueAgain({ ...letter, ...await sealed(headerOf(letter), content, keys) }))
        continue
      }
      const { receipt: _receipt, ...rest } = dueAgain(letter)
      const next: LetterRow = { ...rest, id: newId(), kind: letter.kind === 'report' ? 'supplement' : letter.kind, attempts: 0 }
      letters.push({ ...next, ...await sealed(headerOf(next), content, keys) })
      if (copy) copies.push({ ...copy, id: next.id, box: await safe.lock(`letter/${next.id}`, content) })
      const { nextAttemptAt: _next, ...replaced } = dueAgain(letter)
      letters.push({ ...replaced, replacedBy: next.id })
    }
    await database.transaction('rw', database.letters, database.safe, async () => {
      await database.letters.bulkPut(letters)
      await database.safe.bulkPut(copies)
    })
  })
}
