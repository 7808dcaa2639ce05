/** Whatever goes wrong, the answer is a problem document and nothing else. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ProblemCode } from '#contract/problem.ts'
import { describeError } from './logs.ts'
import { Failure, failureOf, problemDocument } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest { problemCode: ProblemCode | undefined }
}

const mediaType = 'application/problem+json; charset=utf-8'
const retrySeconds = '5'

const isValidation = (error: unknown): error is FastifyError => error instanceof Error && 'validation' in error && Array.isArray(error.validation)

/** Where it does not fit, never what was written there. */
function validationFailure({ validation, validationContext }: FastifyError): Failure {
  const first = validation?.[0]
  return new Failure('invalid-request', { detail: `${validationContext ?? 'request'}${first?.instancePath ?? ''}: ${first?.keyword ?? 'form'}` })
}

/** Sends a failure as its problem document. */
export function sendFailure(request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply {
  request.problemCode = failure.code
  if (failure.status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', retrySeconds)
  return reply.code(failure.status).header('cache-control', 'no-store').header('content-type', mediaType).serializer(JSON.stringify).send(problemDocument(failure))
}

/** Answers every error of the app. What is not understood is logged without its message. */
export function answerFailures(app: FastifyInstance): void {
  app.decorateRequest('problemCode', undefined)
  app.setErrorHandler((error, request, reply) => {
    const failure = isValidation(error) ? validationFailure(error) : failureOf(error)
    if (failure.status >= 500 && !(error instanceof Failure)) request.log.error(describeError(error), 'a request failed')
    return sendFailure(request, reply, failure)
  })
}

/** For requests that never become one: bad HTTP, headers that are too large, a sender that is too slow. */
export function answerBadConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const body = JSON.stringify(problemDocument(new Failure(status === 431 ? 'too-large' : 'invalid-request', { status })))
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, `Content-Type: ${mediaType}`, `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close', '', body].join('\r\n'))
}
