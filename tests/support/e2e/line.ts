/**
 * The line between phones and server: an address that stays while servers come and go. It can be cut and mended, and can answer for one
 * path by itself, as a broken proxy would.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export interface Line {
  origin: string
  /** What went over it, as "POST /api/v1/letters". */
  log: string[]
  /** Every open connection is torn, new ones are refused. */
  cut(): Promise<void>
  mend(): Promise<void>
  /** Paths that match are answered with this status and never reach the server. `undefined` ends it. */
  answer(path: RegExp | undefined, status?: number): void
}

/** Opens a line on `port` that leads to `serverPort`. */
export async function openLine(port: number, serverPort: number): Promise<Line> {
  const sockets = new Set<Socket>()
  const log: string[] = []
  let interrupted: { path: RegExp; status: number } | undefined

  const carry = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const url = incoming.url ?? '/'
    log.push(`${incoming.method} ${url}`)
    if (interrupted?.path.test(url) === true) {
      outgoing.writeHead(interrupted.status, { 'content-type': 'text/plain' }).end('line')
      return
    }
    const onward = request({ host: '127.0.0.1', port: serverPort, method: incoming.method, path: url, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(outgoing)
      answer.once('error', () => outgoing.destroy())
    })
    onward.once('error', () => outgoing.destroy())
    outgoing.once('close', () => onward.destroy())
    incoming.pipe(onward)
  }

  const server = createServer(carry)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const mend = (): Promise<void> => new Promise((resolve, reject) => {
    if (server.listening) return resolve()
    server.once('error', reject)
    server.listen(port, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const cut = (): Promise<void> => new Promise((resolve) => {
    for (const socket of sockets) socket.destroy()
    if (!server.listening) return resolve()
    server.close(() => resolve())
  })
  const answer: Line['answer'] = (path, status = 503) => {
    interrupted = path === undefined ? undefined : { path, status }
  }
  await mend()
  return { origin: `http://localhost:${port}`, log, cut, mend, answer }
}
