/** The identity provider of the settings, or the demo's. */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import type { Settings } from '../settings.ts'
import { createProvider, type IdentityProvider } from './provider.ts'

export interface ChosenProvider { identityProvider: IdentityProvider; demoRoutes?: FastifyPluginAsync }

/** The demo is imported here and nowhere else, and only when no issuer is set. */
export async function chooseProvider(app: FastifyInstance, { oidc, baseUrl }: Settings): Promise<ChosenProvider> {
  if (oidc !== undefined) return { identityProvider: createProvider({ ...oidc, callback: `${baseUrl}/auth/callback`, storedIssuer: oidc.issuer }) }
  const { createDemo } = await import('./demo/demo.ts')
  const { identityProvider, routes } = await createDemo(app, baseUrl)
  return { identityProvider, demoRoutes: routes }
}
