/** For whoever operates it: is the process alive, and can it serve. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Failure } from '../problems.ts'
import type { Services } from '../services.ts'

const patienceMs = 500
const Ok = Type.Object({ status: Type.Literal('ok') })

/** True when the promise says yes in time. A database that hangs is a database that is away. */
const inTime = (promise: Promise<boolean>): Promise<boolean> => new Promise((resolve) => {
  const timer = setTimeout(() => resolve(false), patienceMs)
  promise.then(resolve, () => resolve(false)).finally(() => clearTimeout(timer))
})

/** `/healthz` and `/readyz`. */
export const healthRoutes = ({ database }: Services, isStopping: () => boolean): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/healthz', {
    schema: { summary: 'The process is alive', response: { 200: Ok } }, config: { policy: 'public', navigable: true },
  }, async () => ({ status: 'ok' as const }))

  app.get('/readyz', {
    schema: { summary: 'It can serve: database reachable, not stopping', response: { 200: Ok } }, config: { policy: 'public', navigable: true },
  }, async () => {
    if (isStopping() || !(await inTime(database.ready()))) throw new Failure('not-ready')
    return { status: 'ok' as const }
  })
}
