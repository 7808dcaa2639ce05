/** Whether this phone is told when there is something new, and for whom. The browser holds the subscription; the server its address. */
import type { PushSubscription as Wanted } from '#contract/push.ts'
import { readPreference, writePreference } from './storage.ts'

/** `unable`: this browser cannot; an iPhone can from the home screen only. `hidden`: said "not now", or the municipality has it off. */
export type PushState = 'off' | 'on' | 'denied' | 'unable' | 'hidden'
export type PushResult = 'on' | 'denied' | 'offline' | 'failed' | 'hidden'
const [owner, later] = ['pushFor', 'pushLaterAt']
const month = 30 * 24 * 60 * 60 * 1000

const isAble = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
/** Not `ready`: that never ends where no worker was ever started. */
const subscriptionHere = async () => (isAble() ? (await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription()) ?? null : null)

/** How it stands for this person. "Not now" holds for thirty days. */
export async function pushState(account: string): Promise<PushState> {
  if (!isAble()) return 'unable'
  if (Notification.permission === 'denied') return 'denied'
  if (Notification.permission === 'granted' && readPreference<string>(owner) === account && await subscriptionHere() !== null) return 'on'
  return Date.now() - (readPreference<number>(later) ?? 0) < month ? 'hidden' : 'off'
}
export const askLater = (): void => writePreference(later, Date.now())

/** Only after a tap: the browser asks its own question here. */
export async function turnOn(account: string, locale: Wanted['locale']): Promise<PushResult> {
  if (await Notification.requestPermission() !== 'granted') return Notification.permission === 'denied' ? 'denied' : 'failed'
  const { getPush, putPush } = await import('#app/api/push.ts')
  const told = await getPush(account)
  if (told.kind !== 'ok') return told.kind === 'problem' ? 'failed' : 'offline'
  if (!told.value.isOn) return 'hidden'
  const registration = await navigator.serviceWorker.getRegistration()
  if (!registration) return 'failed'
  // From here there may be an address, so whoever leaves the phone must look for it.
  writePreference(owner, 'nobody')
  // One of another person's, or for keys that the server has lost.
  await (await registration.pushManager.getSubscription())?.unsubscribe()
  const { endpoint, keys } = (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: told.value.key })).toJSON()
  const kept = await putPush(account, { endpoint: endpoint ?? '', keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' }, locale })
  if (kept.kind !== 'ok') {
    await unsubscribe()
    return kept.kind === 'problem' ? 'failed' : 'offline'
  }
  writePreference(owner, account)
  return 'on'
}

/** The browser gives up its address: nothing sent there arrives any more, told or not. */
export async function unsubscribe(): Promise<string | undefined> {
  const here = await subscriptionHere()
  writePreference(owner, null)
  if (here === null) return undefined
  await here.unsubscribe()
  return here.endpoint
}

/** Here and on the server. Without a line the server hears it from the push service. */
export async function turnOff(account: string): Promise<void> {
  const endpoint = await unsubscribe()
  askLater()
  if (endpoint === undefined) return
  const { endPush } = await import('#app/api/push.ts')
  await endPush(account, endpoint)
}
