/** No route can be forgotten: one that does not say what it does stops the start. */
import type { FastifyInstance } from 'fastify'
import { limitOf } from './limits.ts'
import type { LimitSettings } from './settings.ts'

/** Checks each route as it is added, and gives it its limit. Must be installed before any route. */
export function checkEachRoute(app: FastifyInstance, limits: LimitSettings): void {
  app.addHook('onRoute', (route) => {
    if (!route.config?.policy) throw new Error(`The route ${String(route.method)} ${route.url} does not say which policy it falls under.`)
    route.config = { ...route.config, rateLimit: limitOf(route.url, limits) }
  })
}
