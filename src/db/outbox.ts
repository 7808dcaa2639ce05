/** What waits to be sent: the letters that have a next attempt. */
import { liveQuery } from 'dexie'
import type { OutboxSummary } from '#app/domain/model.ts'
import { currentAccount, knownAccounts } from './device.ts'
import { inAccount } from './gateway.ts'
import { never, type LetterRow } from './rows.ts'

const iso = (time: number) => new Date(time).toISOString()

/** Counted in reports, since that is what a person wrote. */
export const outboxSummary = async (): Promise<OutboxSummary> => inAccount(await currentAccount(), async ({ letters, own, meta }) => {
  const received = await meta.get('lastReceivedAt')
  const open = (await letters.where('nextAttemptAt').above(0).toArray()).filter(({ kind }) => kind !== 'opened')
  const mine = new Set(await own.toCollection().primaryKeys())
  const refused = new Set(open.filter(({ refusedBecause }) => refusedBecause !== undefined).map(({ report }) => report))
  const ofTraining = open.some(({ kind, refusedBecause }) => kind === 'training' && refusedBecause !== undefined)
  const ofReports = open.some(({ kind, refusedBecause }) => kind !== 'training' && refusedBecause !== undefined)
  // An act in somebody else's report: that one is not among their own.
  const inCase = open.find(({ id, kind, report, refusedBecause }) => kind === 'case' && refusedBecause !== undefined && !mine.has(report) && id !== report)
  const waiting = new Set(open.map(({ report }) => report).filter((report) => !refused.has(report)))
  const next = Math.min(...open.map(({ nextAttemptAt }) => nextAttemptAt ?? never))
  const tried = Math.max(0, ...open.map(({ lastTriedAt }) => lastTriedAt ?? 0))
  return {
    waiting: waiting.size, needsYou: refused.size, ...(ofTraining && !ofReports && { onlyTraining: true as const }), ...(inCase && { inCase: inCase.report }),
    ...(next !== never && { nextAttemptAt: iso(next) }),
    ...(tried > 0 && { lastTriedAt: iso(tried) }),
    ...(received && { lastReceivedAt: String(received.value) }),
  }
})

const isHeld = ({ refusedBecause, wholeRequest }: LetterRow) => refusedBecause !== undefined && wholeRequest !== true
const due = ({ refusedBecause: _why, wholeRequest: _whole, waitsForSignIn: _waits, ...row }: LetterRow): LetterRow =>
  ({ ...row, nextAttemptAt: Math.min(Date.now(), row.nextAttemptAt ?? never) })

/** Makes waiting letters due now, and those that a whole request was refused for (nobody has judged them). */
export async function sendNow(report?: string): Promise<void> {
  await inAccount(await currentAccount(), (database) => database.transaction('rw', database.letters, async () => {
    const open = (await database.letters.where('nextAttemptAt').above(0).toArray()).filter((row) => !isHeld(row) && (report === undefined || row.report === report))
    await database.letters.bulkPut(open.map(due))
  }))
}

/** Leaving the app ends the time for Angre. What waits after a failure keeps its own time. */
export async function endGrace(): Promise<void> {
  await inAccount(await currentAccount(), (database) => database.transaction('rw', database.letters, async () => {
    const open = await database.letters.where('nextAttemptAt').above(Date.now()).toArray()
    await database.letters.bulkPut(open.filter(({ attempts, refusedBecause, waitsForSignIn }) => attempts === 0 && refusedBecause === undefined && waitsForSignIn === undefined).map(due))
  }))
}

/** The app was opened: what waited for a sign-in, or stood because of a whole request's answer, is tried again. */
export async function tryAgainAfterStart(): Promise<void> {
  for (const account of await knownAccounts()) {
    await inAccount(account, (database) => database.transaction('rw', database.letters, async () => {
      const open = await database.letters.where('nextAttemptAt').above(0).toArray()
      await database.letters.bulkPut(open.filter(({ waitsForSignIn, wholeRequest }) => waitsForSignIn === true || wholeRequest === true).map(due))
    }))
  }
}

/** When the next letter of anybody on this phone is due, in milliseconds. Letters of nobody wait to be claimed. */
async function nextDueAt(): Promise<number | undefined> {
  const times: number[] = []
  for (const account of await knownAccounts()) {
    const first = await inAccount(account, ({ letters }) => letters.where('nextAttemptAt').above(0).first())
    if (first?.nextAttemptAt !== undefined && first.nextAttemptAt !== never) times.push(first.nextAttemptAt)
  }
  return times.length > 0 ? Math.min(...times) : undefined
}

/** Calls back with every change of the next due time. Gives back how to stop. */
export function followNextDue(next: (at: number | undefined) => void): () => void {
  const subscription = liveQuery(nextDueAt).subscribe({ next, error: (cause: unknown) => { console.warn('The outbox cannot be read', cause) } })
  return () => subscription.unsubscribe()
}
