/**
 * How often one account, device or address may ask. Requests are counted, not letters: a phone that was away for weeks brings a few full
 * batches and is not a flood. Addresses count only for those who are nobody: a whole municipality may leave through one.
 */
import type { RateLimitOptions } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import { Failure } from './problems.ts'
import type { LimitSettings } from './settings.ts'

const minuteMs = 60_000

/** The key that a request is counted under. */
export const limitKey = ({ actor, ip }: FastifyRequest): string =>
  actor?.account ? `account:${actor.account}` : actor?.deviceId ? `device:${actor.deviceId}` : `address:${ip}`

const groupOf = (path: string): 'deliveries' | 'cases' | 'exports' | 'logins' | 'api' | undefined => {
  if (path.startsWith('/api/v1/letters')) return 'deliveries'
  if (path.startsWith('/api/v1/cases')) return 'cases'
  if (path.startsWith('/api/v1/export')) return 'exports'
  if (path.startsWith('/auth/')) return 'logins'
  return path.startsWith('/api/') ? 'api' : undefined
}

/** The limit of a route; false for files, which cost nothing and come by the dozen. */
export function limitOf(path: string, settings: LimitSettings): RateLimitOptions | false {
  const group = groupOf(path)
  if (group === undefined) return false
  const [most, timeWindow] = ({
    deliveries: [settings.deliveriesPerHour, 60 * minuteMs],
    cases: [settings.casesPerHour, 60 * minuteMs],
    exports: [settings.exportsPerDay, 24 * 60 * minuteMs],
    logins: [settings.loginsPerTenMinutes, 10 * minuteMs],
    api: [settings.apiPerMinute, minuteMs],
  } as const)[group]
  const scaled = (limit: number) => Math.max(1, Math.round(limit * settings.factor))
  const perWindow = scaled(most)
  const anonymous = scaled(settings.anonymousPerMinute * (timeWindow / minuteMs))
  return {
    max: (_request, key) => (String(key).startsWith('address:') ? anonymous : perWindow),
    timeWindow,
    groupId: group,
    keyGenerator: limitKey,
    errorResponseBuilder: () => new Failure('too-many-requests'),
  }
}
