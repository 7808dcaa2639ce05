/** No route can be forgotten: one that does not say what it does stops the start. */
import type { FastifyInstance } from 'fastify'
import { limits as wire } from '#contract/wire.ts'
import { limitOf } from './limits.ts'
import type { LimitSettings } from './settings.ts'

/** A full batch and the JSON around it. Everything else that is sent here is small. */
const lettersBodyLimit = wire.bytesPerBatch + 65_536

/** Checks each route as it is added, and gives it its limits. Must be installed before any route. */
export function checkEachRoute(app: FastifyInstance, limits: LimitSettings): void {
  app.addHook('onRoute', (route) => {
    if (!route.config?.policy) throw new Error(`The route ${String(route.method)} ${route.url} does not say which policy it falls under.`)
    route.config = { ...route.config, rateLimit: limitOf(route.url, limits) }
    if (route.url.startsWith('/api/v1/letters')) route.bodyLimit ??= lettersBodyLimit
  })
}
