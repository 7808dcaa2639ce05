/** Sends one neutral sentence to one phone: encrypted for it, signed by this server, and nothing that comes back is read. */
import webPush from 'web-push'
import type { PushSubscription } from '#contract/push.ts'
import type { Services } from '../services.ts'
import { isPushAddress } from './address.ts'

/** All that is ever said. */
export const words: Record<PushSubscription['locale'], string> = {
  nb: 'Det er noe nytt til deg i Meldt.',
  nn: 'Det er noko nytt til deg i Meldt.',
  en: 'There is something new for you in Meldt.',
}

/** `gone`: the phone wants no more, or never could. */
export type Sent = 'ok' | 'gone' | 'failed'
const patienceMs = 10_000
const daySeconds = 86_400

const isGone = (status: number) => status === 404 || status === 410

/** Sends to this address. Never throws for what the network or the push service does. */
export async function sendPush({ keyring, settings }: Pick<Services, 'keyring' | 'settings'>, { endpoint, keys, locale }: PushSubscription, isUrgent: boolean): Promise<Sent> {
  if (!isPushAddress(endpoint, settings)) return 'gone'
  const subject = settings.secure ? settings.baseUrl : 'mailto:meldt@example.invalid'
  const { method, headers, body } = webPush.generateRequestDetails({ endpoint, keys }, words[locale], {
    vapidDetails: { subject, ...keyring.push }, TTL: daySeconds, urgency: isUrgent ? 'high' : 'normal', contentEncoding: 'aes128gcm',
  })
  try {
    const answer = await fetch(endpoint, {
      method, redirect: 'error', signal: AbortSignal.timeout(patienceMs), body: new Uint8Array(body ?? []),
      // fetch counts the bytes itself.
      headers: Object.entries(headers as Record<string, unknown>).filter(([name]) => name.toLowerCase() !== 'content-length').map(([name, value]): [string, string] => [name, String(value)]),
    })
    await answer.body?.cancel()
    return answer.ok ? 'ok' : isGone(answer.status) ? 'gone' : 'failed'
  } catch (cause) {
    if (cause instanceof TypeError || cause instanceof DOMException) return 'failed'
    throw cause
  }
}
