/** OpenAPI 3.1, made from the same schemas that check the requests. */
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { Problem, problemCodes } from '#contract/problem.ts'

/** Settings of the generator. */
export const openapiOptions = (baseUrl: string): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Meldt',
      version: '1',
      description: `Letters in, changes out. Every failure is a problem document (RFC 9457) whose \`code\` is one of: ${problemCodes.join(', ')}.`,
    },
    servers: [{ url: baseUrl }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sid', description: 'Reads and acts' },
        device: { type: 'apiKey', in: 'cookie', name: '__Host-dev', description: 'Delivers letters; reads nothing but the municipality’s own numbers, links and additions' },
        bi: { type: 'http', scheme: 'bearer', description: 'A key of the municipality’s own BI tool; reads closed periods' },
      },
    },
  },
})

const problemResponse = { description: 'A problem document', content: { 'application/problem+json': { schema: Problem } } }

/** Every route of the API may fail, and says how. Must be installed before the routes. */
export function describeFailures(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.schema === undefined || !route.url.startsWith('/api/')) return
    const response = typeof route.schema.response === 'object' ? route.schema.response : {}
    route.schema = { ...route.schema, response: { '4xx': problemResponse, '5xx': problemResponse, ...response } }
  })
}
