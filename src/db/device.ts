/** Who uses this phone now, who has, and the server's public keys. */
import { liveQuery } from 'dexie'
import type { Keys } from '#contract/session.ts'
import type { DeviceDatabase, Settings } from './deviceDatabase.ts'
import type { AccountDatabase } from './accountDatabase.ts'
import { inAccount, inDevice } from './gateway.ts'
import { besideOthers } from './wipeLock.ts'

const read = async <K extends keyof Settings>(database: DeviceDatabase, key: K): Promise<Settings[K] | undefined> =>
  (await database.settings.get(key))?.value as Settings[K] | undefined

/** Null: nobody has signed in here yet, or the last one signed out for good. Inside a live query the rows follow the person. */
export const currentAccount = (): Promise<string | null> => inDevice(async (device) => (await read(device, 'account')) ?? null)

/** Everybody who has rows on this phone. */
export const knownAccounts = (): Promise<string[]> => inDevice(async (device) => (await read(device, 'accounts')) ?? [])

/** For whatever the network brought: undefined, and nothing is written, when the phone was emptied while it was on its way. */
export const inKnown = <T>(account: string, work: (database: AccountDatabase) => Promise<T>): Promise<T | undefined> =>
  besideOthers(async () => (await knownAccounts()).includes(account) ? inAccount(account, work) : undefined)

/** From now on the screens show this person's rows. Nobody's rows are touched; how far the one before had come in a walk-through is forgotten. */
export const switchAccount = (id: string | null): Promise<void> => inDevice((device) =>
  device.transaction('rw', device.settings, async () => {
    const accounts = (await read(device, 'accounts')) ?? []
    if (typeof await read(device, 'account') === 'string') await device.settings.delete('walks')
    if (id !== null && !accounts.includes(id)) await device.settings.put({ key: 'accounts', value: [...accounts, id] })
    await device.settings.put({ key: 'account', value: id })
  }))

/** Calls back when another person's rows become the current ones, here or in another tab; not for the one that is known at the start. Gives back how to stop. */
export function followAccount(changed: (account: string | null) => void, known?: string | null): () => void {
  const subscription = liveQuery(currentAccount).subscribe({
    next: (account) => {
      if (known !== undefined && known !== account) changed(account)
      known = account
    },
    error: (cause: unknown) => { console.warn('It cannot be read who uses this phone', cause) },
  })
  return () => subscription.unsubscribe()
}

export const serverKeys = (): Promise<Keys | undefined> => inDevice((device) => read(device, 'keys'))

/** When the keys were last fetched, in milliseconds; 0 if never. */
export const serverKeysAt = (): Promise<number> => inDevice(async (device) => (await read(device, 'keysAt')) ?? 0)

export const keepServerKeys = (keys: Keys): Promise<void> => inDevice((device) =>
  device.transaction('rw', device.settings, async () => {
    await device.settings.bulkPut([{ key: 'keys', value: keys }, { key: 'keysAt', value: Date.now() }])
  }))
