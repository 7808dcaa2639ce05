/** What somebody does in a case: a letter in the same outbox as everything else, with a copy in the safe. Screens only; sync does not know it. */
import type { CaseContent } from '#contract/caseLetter.ts'
import type { CaseSummary, OwnReport } from '#contract/changes.ts'
import { scrubSaying, type CaseSaying } from '#app/domain/caseSaying.ts'
import { newId } from '#app/domain/ids.ts'
import { toOffsetIso } from '#app/domain/when.ts'
import type { AccountDatabase } from './accountDatabase.ts'
import { currentAccount, serverKeys } from './device.ts'
import { StorageError } from './errors.ts'
import { newLetter } from './facts.ts'
import { inAccount } from './gateway.ts'
import { graceMs, type LetterRow, type SafeRow } from './rows.ts'
import { isUnheardOf } from './unheard.ts'
import { openSafe } from './vault.ts'

/** What the server does not tell of yet: it has no receipt, or one that is newer than what was last told. */
export const isUntold = ({ receipt, replacedBy, kind }: LetterRow, told: number | undefined): boolean =>
  kind !== 'report' && kind !== 'training' && replacedBy === undefined && (receipt === undefined || told === undefined || receipt.seq > told)

/** How many acts of a case this phone knows of: those that the server has told, and one's own since. */
async function knownActs(database: AccountDatabase, report: string): Promise<number> {
  const rows = { case: await database.cases.get(report), own: await database.own.get(report) }
  const letters = await database.letters.where('report').equals(report).toArray()
  const safe = await openSafe(database)
  const told = await Promise.all((['case', 'own'] as const).map(async (kind) => rows[kind] && safe.unlock<CaseSummary | OwnReport>(`${kind}/${report}`, rows[kind].box)))
  const newest = told.flatMap((one) => one ?? []).toSorted((one, other) => other.seq - one.seq)[0]
  return (newest?.status.acts ?? 0) + letters.filter((letter) => isUntold(letter, newest?.seq)).length
}

/**
 * Resolves after the commit, and only then is it done. `id` makes a second tap harmless; it is also a measure's id. With `grace` it waits a little while the
 * app is open, so that "Angre" leaves no trace.
 */
export async function writeAct(report: string, said: CaseSaying, { id = newId(), grace = false }: { id?: string; grace?: boolean } = {}): Promise<void> {
  const account = await currentAccount()
  // Who acts in a case has signed in.
  if (account === null) throw new StorageError('unavailable')
  const now = new Date()
  const header = { v: 1, id, report, kind: 'case', account, at: toOffsetIso(now) } as const
  const seen = await inAccount(account, (database) => knownActs(database, report))
  const content = { v: 1, seen, ...scrubSaying(said) } as CaseContent
  const letter = await newLetter(header, content, await serverKeys(), now.getTime() + (grace ? graceMs : 0))
  await inAccount(account, async (database) => {
    const safe = await openSafe(database)
    const copy: SafeRow = { id, report, at: header.at, box: await safe.lock(`letter/${id}`, content) }
    await database.transaction('rw', database.letters, database.safe, async () => {
      if (await database.letters.where('id').equals(id).count() > 0) return
      await database.letters.add(letter)
      await database.safe.add(copy)
    })
  })
}

/** Takes an act back without a trace, as long as nobody can have kept it. Gives back whether it was in time. */
export const undoAct = async (id: string): Promise<boolean> => inAccount(await currentAccount(), (database) =>
  database.transaction('rw', database.letters, database.safe, async () => {
    const letter = await database.letters.get(id)
    if (letter === undefined || !isUnheardOf(letter)) return false
    await database.letters.delete(id)
    await database.safe.delete(id)
    return true
  }))
