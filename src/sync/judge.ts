/** What the server's answer to one letter means for it. */
import type { DeliveryAnswer } from '#contract/letter.ts'
import type { Keys } from '#contract/session.ts'
import { isGenuine } from '#app/db/receipts.ts'
import type { Due, Note } from '#app/db/letters.ts'
import { waitAfter } from './backoff.ts'
import { failed, received, refused, waitsForSignIn } from './notes.ts'

export const signInPatience = 5 * 60_000
/** A report may arrive after its supplement (a server restored from yesterday); for ever it does not. */
const patientAttempts = 10

const again = (due: Due): Note['change'] => failed(Date.now() + waitAfter(due.row.attempts + 1))

/** Undefined when the receipt cannot be believed with these keys. */
export async function judge(due: Due, answer: DeliveryAnswer, keys: Keys): Promise<Note | undefined> {
  const { account, row: { id, attempts } } = due
  const note = (change: Note['change']): Note => ({ account, id, change })
  switch (answer.status) {
    case 'received':
    case 'known': {
      const genuine = await isGenuine(answer.receipt, { id, hash: due.hash }, keys)
      return genuine ? { ...note(received(answer.receipt, Date.now())), receivedAt: answer.receipt.receivedAt } : undefined
    }
    case 'later':
      return note(answer.code === 'sign-in-needed' ? waitsForSignIn(Date.now() + signInPatience) : again(due))
    case 'conflict':
      return note(refused('already-used-id', false))
    case 'gone':
      return note(refused('erased', false))
    case 'refused':
      return note(answer.code === 'unknown-report' && attempts < patientAttempts ? again(due) : refused(answer.code, false))
    default:
      // A word that a newer server has learnt: keep the letter and ask again.
      return note(again(due))
  }
}
