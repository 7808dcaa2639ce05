/** What sync needs to know and note about letters. It never sees what they say. */
import type { SealedLetter } from '#contract/letter.ts'
import { isDue } from '#app/domain/due.ts'
import { currentAccount, knownAccounts } from './device.ts'
import { inAccount } from './gateway.ts'
import { never, type LetterRow } from './rows.ts'

export interface Due { account: string; row: LetterRow; letter: SealedLetter; hash: string; writtenAt: number }
/** Not to be sent yet although its time has come. */
export interface Held { account: string; row: LetterRow; until: number }

const unsealedPatience = 30_000
const refusedPatience = 15 * 60_000

/**
 * A supplement does not overtake its report. If the report only waits for Angre, it goes along; if it waits after a failure or for a person, so does
 * the supplement.
 */
function sort(account: string, rows: LetterRow[], now: number): { due: Due[]; held: Held[] } {
  const parents = new Map(rows.filter(({ kind }) => kind === 'report').map((row) => [row.report, row]))
  const called = new Set<string>()
  const due = new Map<string, Due>()
  const held: Held[] = []
  const hold = (row: LetterRow, until: number) => held.push({ account, row, until })
  const send = (row: LetterRow) => {
    const { sealed, hash } = row
    if (sealed === undefined || hash === undefined) hold(row, now + unsealedPatience)
    else due.set(row.id, { account, row, letter: sealed, hash, writtenAt: new Date(row.at).getTime() })
  }
  for (const row of rows.filter(({ nextAttemptAt = never }) => nextAttemptAt !== never && isDue(nextAttemptAt, now))) {
    const parent = row.kind === 'report' ? undefined : parents.get(row.report)
    const waits = parent !== undefined && !isDue(parent.nextAttemptAt ?? never, now)
    if (waits && parent.attempts === 0 && parent.refusedBecause === undefined) called.add(parent.id)
    if (waits && !called.has(parent.id)) hold(row, Math.min(parent.nextAttemptAt ?? never, now + refusedPatience))
    else send(row)
  }
  for (const parent of parents.values()) if (called.has(parent.id) && !due.has(parent.id)) send(parent)
  return { due: [...due.values()], held }
}

/** Everybody's letters on this phone whose time has come, but nobody's. What the server once broke down over goes last, then oldest first. */
export async function dueLetters(now: number): Promise<{ due: Due[]; held: Held[] }> {
  const due: Due[] = []
  const held: Held[] = []
  for (const account of await knownAccounts()) {
    const rows = await inAccount(account, ({ letters }) => letters.where('nextAttemptAt').above(0).toArray())
    const sorted = sort(account, rows, now)
    due.push(...sorted.due)
    held.push(...sorted.held)
  }
  due.sort((one, other) => (one.row.suspect ?? 0) - (other.row.suspect ?? 0) || one.writtenAt - other.writtenAt || Number(other.row.kind === 'report') - Number(one.row.kind === 'report') || (one.row.id < other.row.id ? -1 : 1))
  return { due, held }
}

export interface Note { account: string; id: string; change: (row: LetterRow) => LetterRow; receivedAt?: string }

function byAccount(notes: Note[]): Map<string, Note[]> {
  const groups = new Map<string, Note[]>()
  for (const note of notes) groups.set(note.account, [...groups.get(note.account) ?? [], note])
  return groups
}

/**
 * One transaction per account. A letter that is gone (Angre was quicker) or has its receipt is left alone. Gives back the rows that were written.
 */
export async function noteLetters(notes: Note[]): Promise<LetterRow[]> {
  const written: LetterRow[] = []
  for (const [account, mine] of byAccount(notes)) {
    written.push(...await inAccount(account, (database) => database.transaction('rw', database.letters, database.meta, async () => {
      const rows = await database.letters.bulkGet(mine.map(({ id }) => id))
      const next = mine.flatMap(({ change }, index) => { const row = rows[index]; return row === undefined || row.receipt !== undefined ? [] : [change(row)] })
      await database.letters.bulkPut(next)
      const latest = mine.flatMap(({ receivedAt }) => receivedAt ?? []).sort().at(-1)
      if (latest !== undefined) await database.meta.put({ key: 'lastReceivedAt', value: latest })
      return next
    })))
  }
  return written
}

/** Delivered letters whose sealed bytes are still here. */
export const deliveredLetters = (account: string): Promise<LetterRow[]> => inAccount(account, ({ letters }) =>
  letters.filter(({ receipt, sealed }) => receipt !== undefined && sealed !== undefined).toArray())

/** The server has lost them since (a restored backup): they are due again, and the old receipts stay as proof. */
export const deliverAgain = (account: string, ids: string[]): Promise<void> => inAccount(account, (database) =>
  database.transaction('rw', database.letters, async () => {
    await database.letters.where('id').anyOf(ids).modify((row) => {
      if (row.receipt === undefined || row.sealed === undefined) return
      row.earlierReceipts = [...row.earlierReceipts ?? [], row.receipt]
      delete row.receipt
      row.nextAttemptAt = Date.now()
    })
  }))

/** Only the sealed bytes go; the row and its receipt stay. */
export const prune = (account: string, ids: string[]): Promise<void> => inAccount(account, (database) =>
  database.transaction('rw', database.letters, async () => {
    await database.letters.where('id').anyOf(ids).modify((row) => { if (row.receipt !== undefined) delete row.sealed })
  }))

/** Whether somebody who has not signed in has something to send. */
export const nobodyWaits = async (): Promise<boolean> =>
  await currentAccount() === null && await inAccount(null, ({ letters }) => letters.where('nextAttemptAt').above(0).count()) > 0
