/** Training and practice on this phone: letters in the same outbox as everything else, copies in the safe, and what the school's server told. Screens only; sync does not know it. */
import type { TrainingChange, TrainingContent } from '#contract/training.ts'
import { newId } from '#app/domain/ids.ts'
import { newestFirst, scrubTraining, trainingView, type TrainingView } from '#app/domain/training.ts'
import { toOffsetIso } from '#app/domain/when.ts'
import type { AccountDatabase } from './accountDatabase.ts'
import { currentAccount, serverKeys } from './device.ts'
import { StorageError } from './errors.ts'
import { newLetter } from './facts.ts'
import { inAccount } from './gateway.ts'
import type { LetterRow, SafeRow, TrainingRow } from './rows.ts'
import { isUnheardOf } from './unheard.ts'
import { openSafe, type Safe } from './vault.ts'
import { stateOf } from './views.ts'

interface Rows { entry: TrainingRow; letters: LetterRow[]; copies: SafeRow[] }

function byEntry<T extends { report: string }>(rows: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.report, [...groups.get(row.report) ?? [], row])
  return groups
}

/** Everything is read before the safe is opened: a live query follows only what is read before the first wait for WebCrypto. */
async function rowsOf(database: AccountDatabase, entries: TrainingRow[]): Promise<Rows[]> {
  const ids = entries.map(({ report }) => report)
  const letters = byEntry(await database.letters.where('report').anyOf(ids).toArray())
  const copies = byEntry(await database.safe.where('report').anyOf(ids).toArray())
  return entries.map((entry) => ({ entry, letters: letters.get(entry.report) ?? [], copies: copies.get(entry.report) ?? [] }))
}

async function viewOf({ entry, letters, copies }: Rows, safe: Safe): Promise<TrainingView | undefined> {
  const school = entry.box && await safe.unlock<TrainingChange>(`training/${entry.report}`, entry.box)
  const sent = letters.filter(({ replacedBy }) => replacedBy === undefined).toSorted((one, other) => (one.id < other.id ? -1 : 1))
  // What the server tells holds every letter up to its number.
  const unsaid = sent.filter(({ receipt }) => school === undefined || receipt === undefined || receipt.seq > school.seq)
  const said = await Promise.all(unsaid.map(async ({ id, at }) => {
    const copy = copies.find((one) => one.id === id)
    return copy ? [{ at, content: await safe.unlock<TrainingContent>(`letter/${id}`, copy.box) }] : []
  }))
  const view = trainingView(entry.report, school, said.flat())
  return view && { ...view, letters: sent.map(stateOf) }
}

async function viewsOf(database: AccountDatabase, entries: TrainingRow[]): Promise<TrainingView[]> {
  const rows = await rowsOf(database, entries)
  if (rows.length === 0) return []
  const safe = await openSafe(database)
  return newestFirst((await Promise.all(rows.map((row) => viewOf(row, safe)))).flatMap((view) => view ?? []))
}

/** All that this person may see, newest day first. */
export const trainingList = async (): Promise<TrainingView[]> => inAccount(await currentAccount(), async (database) => viewsOf(database, await database.training.toArray()))

export const trainingById = async (id: string): Promise<TrainingView | undefined> => inAccount(await currentAccount(), async (database) => {
  const row = await database.training.get(id)
  return row && (await viewsOf(database, [row]))[0]
})

/** Saves what somebody says of an entry; without an entry it begins one. Resolves after the commit, with the entry's id. `id` makes a second tap harmless. */
export async function saveTraining(said: TrainingContent, { id = newId(), entry = id }: { id?: string; entry?: string } = {}): Promise<string> {
  const account = await currentAccount()
  // Nobody's phone has no school to write for.
  if (account === null) throw new StorageError('unavailable')
  const content = scrubTraining(said)
  const now = new Date()
  const header = { v: 1, id, report: entry, kind: 'training', account, at: toOffsetIso(now) } as const
  const letter = await newLetter(header, content, await serverKeys(), now.getTime())
  await inAccount(account, async (database) => {
    const safe = await openSafe(database)
    const copy: SafeRow = { id, report: entry, at: header.at, box: await safe.lock(`letter/${id}`, content) }
    const { letters, safe: copies, training } = database
    await database.transaction('rw', letters, copies, training, async () => {
      if (await letters.where('id').equals(id).count() > 0) return
      await letters.add(letter)
      await copies.add(copy)
      if (await training.where('report').equals(entry).count() === 0) await training.add({ report: entry })
    })
  })
  return entry
}

/** No trace if the school cannot have heard of it; else a letter says that it is taken away. The caller has asked. */
export async function removeTraining(entry: string): Promise<void> {
  const account = await currentAccount()
  const isGone = await inAccount(account, (database) => {
    const { letters, safe, training } = database
    return database.transaction('rw', letters, safe, training, async () => {
      const row = await training.get(entry)
      const all = await letters.where('report').equals(entry).toArray()
      const isUnheard = row !== undefined && row.box === undefined && all.every(isUnheardOf)
      if (!isUnheard) return false
      await letters.where('report').equals(entry).delete()
      await safe.where('report').equals(entry).delete()
      await training.delete(entry)
      return true
    })
  })
  if (!isGone) await saveTraining({ v: 1, what: 'removal' }, { entry })
}
