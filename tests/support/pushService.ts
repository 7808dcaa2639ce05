/**
 * A double of a push service (Google's, Apple's …), on this machine: it takes what a server sends, as RFC 8030 says, and the phone's half of RFC 8291 opens it with the phone's
 * private key. It is no real one: it tells nobody, and checks no signature but keeps what was sent.
 */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { openPort } from './openPort.ts'

export interface Received { path: string; headers: IncomingHttpHeaders; body: Buffer }

/** A phone's subscription at this address, and how it reads what comes. */
export function openPhone(endpoint: string) {
  const own = createECDH('prime256v1')
  const point = own.generateKeys()
  const auth = randomBytes(16)
  return {
    subscription: { endpoint, keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') } },
    read(body: Buffer): string {
      const [salt, idLength] = [body.subarray(0, 16), body.readUInt8(20)]
      const sender = body.subarray(21, 21 + idLength)
      const shared = Buffer.from(hkdfSync('sha256', own.computeSecret(sender), auth, Buffer.concat([Buffer.from('WebPush: info\0'), point, sender]), 32))
      const derive = (name: string, length: number) => Buffer.from(hkdfSync('sha256', shared, salt, Buffer.from(`Content-Encoding: ${name}\0`), length))
      const sealed = body.subarray(21 + idLength)
      const opened = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12)).setAuthTag(sealed.subarray(-16))
      const plain = Buffer.concat([opened.update(sealed.subarray(0, -16)), opened.final()])
      return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8')
    },
  }
}
export type Phone = ReturnType<typeof openPhone>

export async function startPushService() {
  const received: Received[] = []
  const answers = new Map<string, { status: number; headers?: Record<string, string> }>()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? ''
      received.push({ path, headers: request.headers, body: Buffer.concat(parts) })
      const { status, headers } = answers.get(path) ?? { status: 201 }
      response.writeHead(status, headers).end('never read')
    })
  })
  const port = await openPort()
  await new Promise<void>((resolve) => { server.listen(port, 'localhost', resolve) })
  return {
    received,
    addressOf: (path: string) => `http://localhost:${port}${path}`,
    /** From now on, what comes there is answered so. */
    answer: (path: string, status: number, headers?: Record<string, string>) => answers.set(path, { status, ...(headers && { headers }) }),
    end: () => new Promise<void>((resolve) => { server.close(() => resolve()) }),
  }
}
