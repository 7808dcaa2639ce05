/** The built app: hashed files for ever, the service worker and the page never from a cache, and the page for every address of a screen. */
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendFailure } from './failures.ts'
import { Failure } from './problems.ts'

const reserved = /^\/(?:api|auth|demo-idp)(?:\/|$)/

const cacheFor = (file: string): string => /^assets\/[^?]+$/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache'

/** A screen's address, as opposed to a file's: somebody navigates there, and its last part has no dot. */
const isScreen = ({ headers, method }: FastifyRequest, pathname: string): boolean =>
  (method === 'GET' || method === 'HEAD') && !path.posix.basename(pathname).includes('.') && (headers['sec-fetch-mode'] === 'navigate' || (headers.accept ?? '').includes('text/html'))

/** Serves `folder` and answers what nobody else answers. */
export async function serveApp(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, { root: folder, serve: false, index: false, cacheControl: false, dotfiles: 'ignore', preCompressed: true })

  const sendFile = (reply: FastifyReply, file: string) => reply.header('cache-control', cacheFor(file)).header('vary', 'accept-encoding').sendFile(file)

  app.get<{ Params: { '*': string } }>('/*', { schema: { hide: true }, config: { policy: 'public', navigable: true } }, (request, reply) => {
    const pathname = `/${request.params['*']}`
    if (reserved.test(pathname)) return reply.callNotFound()
    return pathname === '/' || isScreen(request, pathname) ? sendFile(reply, 'index.html') : sendFile(reply, pathname.slice(1))
  })

  app.setNotFoundHandler((request, reply) => sendFailure(request, reply.removeHeader('cache-control'), new Failure('not-found')))
}
