/** No other site may make a browser use this API (ASVS 3.5.1–3.5.3). SameSite is not leaned on. */
import type { FastifyRequest } from 'fastify'
import { Failure } from '../problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route does, as the policy table names it, or `public`. A route without it stops the start. */
    policy?: string
    /** True when a person may open it in the address bar. */
    navigable?: boolean
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** An onRequest hook: unsafe methods need our own origin and JSON; nothing is answered to a navigation or to another site. */
export const sameOrigin = (baseUrl: string) => async (request: FastifyRequest): Promise<void> => {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'content-type': type } = request.headers
  if (!safeMethods.has(request.method)) {
    if (origin !== baseUrl) throw new Failure('wrong-origin')
    if (site !== undefined && site !== 'same-origin') throw new Failure('wrong-origin')
    if (!/^application\/json(?:;|$)/i.test(type ?? '')) throw new Failure('wrong-media-type')
  }
  if (request.routeOptions.config.navigable === true) return
  if (mode === 'navigate') throw new Failure('wrong-origin')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Failure('wrong-origin')
}
