/** Logs say how it went, never who, what or from where: only fields on the list leave. */
import { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify'

const allowed = ['reqId', 'method', 'route', 'status', 'ms', 'code', 'error', 'at'] as const

const safeCode = (code: unknown): string | undefined => typeof code === 'string' && /^[\w-]{1,60}$/.test(code) ? code : undefined

/** An error without its message: a database's message may quote what a person wrote. */
export function describeError(error: unknown): { error: string; code?: string; at?: string[] } {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = safeCode('code' in error ? error.code : undefined)
  const at = error.stack?.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 8).map((line) => line.trim())
  return { error: error.name, ...(code === undefined ? {} : { code }), ...(at === undefined ? {} : { at }) }
}

/** Only what is on the list, and errors described. */
export function allowedFields(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = fields['err'] === undefined ? {} : describeError(fields['err'])
  for (const name of allowed) if (fields[name] !== undefined) kept[name] = fields[name]
  return kept
}

/** Fastify's own lines name addresses; ours below name templates. */
export const ownLinesOnly = () => new LogController({ disableRequestLogging: true })

/** The logger of the server. */
export const loggerOptions = (level: string): NonNullable<FastifyServerOptions['logger']> => ({
  level,
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label }), bindings: ({ reqId }) => (reqId === undefined ? {} : { reqId }), log: allowedFields },
  // The logger would take an error's own message for the line's: it may quote a person.
  hooks: {
    logMethod([first, second, ...rest], method) {
      const fails = first instanceof Error || (typeof first === 'object' && first !== null && 'err' in first)
      method.apply(this, fails ? [first, 'failure'] : [first, second, ...rest])
    },
  },
})

/** One line per answer, with the route's template instead of the address. */
export function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode, ms: Math.round(reply.elapsedTime), code: request.problemCode,
    })
  })
}
