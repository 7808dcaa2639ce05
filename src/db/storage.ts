/** The phone's storage itself: is it safe from the browser's broom, how full is it, and how everything is wiped. */
import { Dexie } from 'dexie'
import { newId } from '#app/domain/ids.ts'
import type { StorageState } from '#app/domain/model.ts'
import { StorageError } from './errors.ts'
import { currentAccount, knownAccounts } from './device.ts'
import { deviceName, inAccount, letGoOfAll, shut } from './gateway.ts'
import { afterOthers } from './wipeLock.ts'

type Manager = Partial<Pick<StorageManager, 'estimate' | 'persisted'>> & { persist?: () => Promise<boolean> }
const manager = (): Manager => (navigator as { storage?: Manager }).storage ?? {}

/** Some browsers have no answer, or throw one; that is an unknown, not a failure. */
async function orNull<T>(ask: (() => Promise<T>) | undefined): Promise<T | null> {
  try {
    return await ask?.() ?? null
  } catch (cause) {
    console.info('The browser does not say how it stores', cause)
    return null
  }
}

const positive = (value: number | undefined) => value !== undefined && value > 0 ? value : null

async function canOpen(): Promise<boolean> {
  try {
    await inAccount(await currentAccount(), ({ meta }) => meta.count())
    return true
  } catch (cause) {
    console.warn('The database does not open', cause)
    return false
  }
}

export async function storageState(): Promise<StorageState> {
  const storage = manager()
  const [persisted, estimate, ok] = await Promise.all([orNull(storage.persisted?.bind(storage)), orNull(storage.estimate?.bind(storage)), canOpen()])
  return { persisted, usedBytes: positive(estimate?.usage), quotaBytes: positive(estimate?.quota), ok }
}

/** Asked after the first save, never before. False is an answer that the app lives with. */
export async function askToPersist(): Promise<boolean> {
  const storage = manager()
  return await orNull(storage.persist?.bind(storage)) ?? false
}

/** What `wipePhone` would destroy for good: reports of anybody on this phone that the school has not got, and what they had begun to write. */
export async function unsentOnPhone(): Promise<{ unsent: number; drafts: number }> {
  const counts = await Promise.all([null, ...await knownAccounts()].map((account) => inAccount(account, async ({ letters, drafts }) => {
    const open = await letters.filter(({ kind, receipt, replacedBy }) => kind !== 'opened' && receipt === undefined && replacedBy === undefined).toArray()
    return { unsent: new Set(open.map(({ report }) => report)).size, drafts: await drafts.where('kept').equals(1).count() }
  })))
  return { unsent: counts.reduce((sum, { unsent }) => sum + unsent, 0), drafts: counts.reduce((sum, { drafts }) => sum + drafts, 0) }
}

const channelName = 'meldt-wipe'
interface Word { from: string; what: 'begun' | 'over' }
/** A channel is heard in the tab that speaks, too. */
const me = newId()

function tellOthers(what: Word['what']): void {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(channelName)
  const send = channel.postMessage.bind(channel)
  send({ from: me, what } satisfies Word)
  channel.close()
}

/** While another tab empties the phone this one lets go of everything; `over` is called when it can begin anew. */
export function followWipe(over: () => void): void {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(channelName)
  channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
    if (data.from === me) return
    if (data.what === 'begun') shut()
    else over()
  })
}

async function deleteAll(): Promise<void> {
  const names = (await Dexie.getDatabaseNames()).filter((name) => name === deviceName || name.startsWith(`${deviceName}-`))
  letGoOfAll()
  try {
    await Promise.all(names.map((name) => Dexie.delete(name)))
  } catch (cause) {
    throw new StorageError('blocked', cause)
  }
}

/** Everything of ours on this phone is gone, sent or not. The caller has warned. */
export async function wipePhone(): Promise<void> {
  tellOthers('begun')
  try {
    await afterOthers(deleteAll)
  } finally {
    tellOthers('over')
  }
}
