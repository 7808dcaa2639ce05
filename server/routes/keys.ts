/** The server's public keys: what a phone seals to, and what proves a receipt. */
import type { FastifyPluginAsync } from 'fastify'
import { Keys } from '#contract/session.ts'
import type { Services } from '../services.ts'

export const keysRoutes = ({ keyring, clock }: Services): FastifyPluginAsync => async (app) => {
  app.get('/keys', { schema: { summary: 'Public keys of the server', response: { 200: Keys } }, config: { policy: 'public' } }, async () => keyring.publicKeys(clock()))
}
