/** The description of the API, for whoever builds on it. It holds no data. */
import type { FastifyPluginAsync } from 'fastify'

/** `GET /api/v1/openapi.json`. */
export const openapiRoutes = (): FastifyPluginAsync => async (app) => {
  app.get('/openapi.json', { schema: { summary: 'This document' }, config: { policy: 'public', navigable: true } }, async () => app.swagger())
}
