/** What sync needs to know and note about letters. It never sees what they say. */
import type { SealedLetter } from '#contract/letter.ts'
import { isDue } from '#app/domain/due.ts'
import { currentAccount, inKnown, knownAccounts } from './device.ts'
import { inAccount } from './gateway.ts'
import { never, type LetterRow } from './rows.ts'

/** `suspect` and `writtenAt` are never less than those of an earlier letter of the same report: sorted by them, none overtakes another. */
export interface Due { account: string; row: LetterRow; letter: SealedLetter; hash: string; suspect: number; writtenAt: number }
/** Not to be sent yet although its time has come. */
export interface Held { account: string; row: LetterRow; until: number }

const unsealedPatience = 30_000
const refusedPatience = 15 * 60_000

const inOrder = (one: LetterRow, other: LetterRow) => Number(other.kind === 'report') - Number(one.kind === 'report') || (one.id < other.id ? -1 : 1)

/** All open letters of one report or entry, in the order in which they must arrive. */
function chainsOf(rows: LetterRow[]): LetterRow[][] {
  const chains = new Map<string, LetterRow[]>()
  for (const row of rows.toSorted(inOrder)) chains.set(row.report, [...chains.get(row.report) ?? [], row])
  return [...chains.values()]
}

/**
 * A later word does not overtake an earlier one: what is due takes everything along that was written before it, but not what waits for a person. Of a
 * report that waits after a failure, or for a person, the rest waits too.
 */
function sort(account: string, rows: LetterRow[], now: number): { due: Due[]; held: Held[] } {
  const due: Due[] = []
  const held: Held[] = []
  const isNow = ({ nextAttemptAt = never }: LetterRow) => isDue(nextAttemptAt, now)
  for (const chain of chainsOf(rows)) {
    const [first] = chain
    const isStuck = first?.kind === 'report' && !isNow(first) && (first.attempts > 0 || first.refusedBecause !== undefined)
    const until = isStuck ? Math.min(first.nextAttemptAt ?? never, now + refusedPatience) : now + unsealedPatience
    let [isHeld, suspect, writtenAt] = [isStuck, 0, 0]
    for (const row of chain.slice(0, chain.findLastIndex(isNow) + 1).filter(({ refusedBecause }) => refusedBecause === undefined)) {
      const { sealed: letter, hash } = row
      isHeld ||= letter === undefined || hash === undefined
      suspect = Math.max(suspect, row.suspect ?? 0)
      writtenAt = Math.max(writtenAt, new Date(row.at).getTime())
      if (!isHeld && letter !== undefined && hash !== undefined) due.push({ account, row, letter, hash, suspect, writtenAt })
      else if (isNow(row)) held.push({ account, row, until })
    }
  }
  return { due, held }
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
  due.sort((one, other) => one.suspect - other.suspect || one.writtenAt - other.writtenAt || inOrder(one.row, other.row))
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
    written.push(...await inKnown(account, (database) => database.transaction('rw', database.letters, database.meta, async () => {
      const rows = await database.letters.bulkGet(mine.map(({ id }) => id))
      const next = mine.flatMap(({ change }, index) => { const row = rows[index]; return row === undefined || row.receipt !== undefined ? [] : [change(row)] })
      await database.letters.bulkPut(next)
      const latest = mine.flatMap(({ receivedAt }) => receivedAt ?? []).sort().at(-1)
      if (latest !== undefined) await database.meta.put({ key: 'lastReceivedAt', value: latest })
      return next
    })) ?? [])
  }
  return written
}

/** Delivered letters whose sealed bytes are still here. */
export const deliveredLetters = async (account: string): Promise<LetterRow[]> => await inKnown(account, ({ letters }) =>
  letters.filter(({ receipt, sealed }) => receipt !== undefined && sealed !== undefined).toArray()) ?? []

/** The server has lost them since (a restored backup): they are due again, and the old receipts stay as proof. */
export const deliverAgain = (account: string, ids: string[]): Promise<void> => inKnown(account, (database) =>
  database.transaction('rw', database.letters, async () => {
    await database.letters.where('id').anyOf(ids).modify((row) => {
      if (row.receipt === undefined || row.sealed === undefined) return
      row.earlierReceipts = [...row.earlierReceipts ?? [], row.receipt]
      delete row.receipt
      row.nextAttemptAt = Date.now()
    })
  }))

/** Only the sealed bytes go; the row and its receipt stay. */
export const prune = (account: string, ids: string[]): Promise<void> => inKnown(account, (database) =>
  database.transaction('rw', database.letters, async () => {
    await database.letters.where('id').anyOf(ids).modify((row) => { if (row.receipt !== undefined) delete row.sealed })
  }))

/** Whether somebody who has not signed in has something to send. */
export const nobodyWaits = async (): Promise<boolean> =>
  await currentAccount() === null && await inAccount(null, ({ letters }) => letters.where('nextAttemptAt').above(0).count()) > 0
