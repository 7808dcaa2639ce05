/** Tells phones that there is something new, after each round of the clock. Nothing about what or who leaves the server, and nothing of it is logged (decision 0013). */
import type { PushSubscription } from '#contract/push.ts'
import { claim, forgetGone, noteSent, noteTold, noteUntellable, untold, type Claimed, type Untold } from '../queries/push.ts'
import { townsWithSettings } from '../queries/clock.ts'
import type { Services } from '../services.ts'
import { isNight } from './quiet.ts'
import { sendPush, type Sent } from './send.ts'

/** Somebody needs these before the hour is out. */
const urgent = ['grave', 'question', 'stop']
const most = 100
const atOnce = 10

type Parts = Pick<Services, 'database' | 'keyring' | 'settings' | 'clock'>

/** What ties a sealed address to its row. */
export const pushBinding = (hash: Buffer): string => `push/${hash.toString('base64url')}`

async function sendAll(parts: Parts, claimed: readonly Claimed[], people: ReadonlyMap<string, Untold>): Promise<Map<Claimed, Sent>> {
  const results = new Map<Claimed, Sent>()
  for (let from = 0; from < claimed.length; from += atOnce) {
    await Promise.all(claimed.slice(from, from + atOnce).map(async (one) => {
      const subscription: PushSubscription = JSON.parse(parts.keyring.openUnderMaster(one.sealed, pushBinding(one.hash)).toString('utf8'))
      results.set(one, await sendPush(parts, subscription, people.get(one.account)?.isUrgent ?? false))
    }))
  }
  return results
}

async function tellTown(parts: Parts, tenant: string, isOn: boolean, now: Date): Promise<number> {
  const { people, claimed } = await parts.database.asServer(async (sql) => {
    await noteUntellable(sql, tenant, isOn, now)
    const found = isOn ? await untold(sql, tenant, { now, isNight: isNight(now), urgent, limit: most }) : []
    return { people: new Map(found.map((person) => [person.account, person])), claimed: found.length > 0 ? await claim(sql, found.map(({ account }) => account), now) : [] }
  })
  if (claimed.length === 0) return 0
  // Outside of any transaction: a slow push service holds nothing up.
  const results = await sendAll(parts, claimed, people)
  const of = (wanted: Sent) => claimed.filter((one) => results.get(one) === wanted)
  const [sent, gone] = [of('ok'), of('gone')]
  const told = new Set(sent.map(({ account }) => account))
  await parts.database.asServer(async (sql) => {
    await noteSent(sql, sent.map(({ id }) => id), now)
    await forgetGone(sql, gone.map(({ id }) => id))
    await noteTold(sql, [...told].flatMap((account) => people.get(account)?.notices ?? []), now)
  })
  return sent.length
}

/** One round. Gives how many phones were told. */
export async function runPushRound(parts: Parts): Promise<number> {
  const now = parts.clock()
  let told = 0
  for (const { tenant, settings } of await parts.database.asServer(townsWithSettings)) told += await tellTown(parts, tenant, settings.features.push, now)
  return told
}
