/** The school's side on a leader's or verneombud's phone: copies of what the server tells, sealed like everything else, and over them one's own acts. */
import type { CaseContent } from '#contract/caseLetter.ts'
import type { Case, CaseSummary } from '#contract/changes.ts'
import { caseView, unsentActs, withOwn, type CaseAct, type CaseView, type OwnAct } from '#app/domain/caseView.ts'
import { newId } from '#app/domain/ids.ts'
import { byUrgency } from '#app/domain/urgency.ts'
import { toOffsetIso } from '#app/domain/when.ts'
import { isUntold } from './caseActs.ts'
import { currentAccount, serverKeys } from './device.ts'
import { newLetter } from './facts.ts'
import { inAccount } from './gateway.ts'
import type { LetterRow, SafeRow } from './rows.ts'
import { isUnheardOf } from './unheard.ts'
import { openSafe, type Safe } from './vault.ts'

/** Much longer than a delivery and the pull after it are apart. */
const lately = 2 * 24 * 60 * 60 * 1000
const inOrder = (one: LetterRow, other: LetterRow) => (one.id < other.id ? -1 : 1)
const isAct = ({ kind, replacedBy }: LetterRow) => (kind === 'case' || kind === 'opened') && replacedBy === undefined

async function actsOf(letters: LetterRow[], copies: SafeRow[], told: number | undefined, safe: Safe): Promise<OwnAct[]> {
  const acts = await Promise.all(letters.filter(isAct).toSorted(inOrder).map(async (letter): Promise<OwnAct[]> => {
    const { id, at, kind, receipt, refusedBecause } = letter
    const copy = copies.find((one) => one.id === id)
    const content = kind === 'opened' ? { what: 'opened' } as const : copy && await safe.unlock<CaseContent>(`letter/${id}`, copy.box)
    return content ? [{ id, at, content, waits: receipt === undefined, untold: isUntold(letter, told), refused: refusedBecause !== undefined, free: kind === 'case' && isUnheardOf(letter) }] : []
  }))
  return acts.flat()
}

/** Unread first, then severity, then age. */
export const caseList = async (): Promise<CaseSummary[]> => {
  const me = await currentAccount()
  return inAccount(me, async (database) => {
    const rows = await database.cases.toArray()
    // Only what has not been sent, or not long ago, can be newer than what the server tells.
    const recent = [...await database.letters.where('nextAttemptAt').above(0).toArray(), ...await database.letters.where('deliveredAt').above(Date.now() - lately).toArray()].filter(isAct)
    const copies = await database.safe.where('id').anyOf(recent.map(({ id }) => id)).toArray()
    if (rows.length === 0) return []
    const safe = await openSafe(database)
    const cases = await Promise.all(rows.map(async ({ report, box }) => {
      const told = await safe.unlock<CaseSummary>(`case/${report}`, box)
      const own = await actsOf(recent.filter((letter) => letter.report === report), copies, told.seq, safe)
      return withOwn(told, own, me ?? '').summary
    }))
    return cases.sort(byUrgency)
  })
}

/** Those of the cases that are on this phone, the newest first, as the server last told of them. */
export const casesAmong = async (reports: readonly string[]): Promise<CaseSummary[]> => inAccount(await currentAccount(), async (database) => {
  const rows = (await database.cases.bulkGet([...reports])).filter((row) => row !== undefined)
  if (rows.length === 0) return []
  const safe = await openSafe(database)
  const cases = await Promise.all(rows.map(({ report, box }) => safe.unlock<CaseSummary>(`case/${report}`, box)))
  return cases.sort((one, other) => (one.receivedAt < other.receivedAt ? 1 : -1))
})

export const caseById = async (id: string): Promise<CaseView | undefined> => {
  const me = await currentAccount()
  return inAccount(me, async (database) => {
    const row = await database.cases.get(id)
    // What was opened is theirs to read only as long as the list has it.
    if (!row) return undefined
    const opened = await database.details.get(id)
    const letters = await database.letters.where('report').equals(id).toArray()
    const copies = await database.safe.where('report').equals(id).toArray()
    const safe = await openSafe(database)
    const told = await safe.unlock<CaseSummary>(`case/${id}`, row.box)
    const detail = opened && await safe.unlock<Case>(`detail/${id}`, opened.box)
    return caseView(told, detail, await actsOf(letters, copies, told.seq, safe), me ?? '')
  })
}

/** What was done here in a case that is not theirs to see any more, and did not arrive. */
export const actsLeft = async (id: string): Promise<CaseAct[]> => inAccount(await currentAccount(), async (database) => {
  const letters = (await database.letters.where('report').equals(id).toArray()).filter(({ receipt }) => receipt === undefined)
  const copies = await database.safe.where('report').equals(id).toArray()
  return letters.length === 0 ? [] : unsentActs(await actsOf(letters, copies, undefined, await openSafe(database)))
})

/** A person looked: that is a letter too, and one is enough until somebody says something new. */
export async function noteOpened(report: string): Promise<void> {
  const account = await currentAccount()
  if (account === null) return
  const now = new Date()
  const header = { v: 1, id: newId(now.getTime()), report, kind: 'opened', account, at: toOffsetIso(now) } as const
  const letter = await newLetter(header, { v: 1 }, await serverKeys(), now.getTime())
  await inAccount(account, async (database) => {
    const row = await database.cases.get(report)
    const told = row && await (await openSafe(database)).unlock<CaseSummary>(`case/${report}`, row.box)
    await database.transaction('rw', database.letters, async () => {
      const before = await database.letters.where('report').equals(report).filter((one) => one.kind === 'opened' && isUntold(one, told?.seq)).count()
      if (before === 0) await database.letters.add(letter)
    })
  })
}
