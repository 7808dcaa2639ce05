/** A school's whole world for one test file: a line, the real server behind it, and as many phones as wanted. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from './freePort.ts'
import { openLine, type Line } from './line.ts'
import { Phone, type PhoneWishes } from './phone.ts'
import { startServer, type RunningServer } from './server.ts'

export interface World {
  origin: string
  line: Line
  folder: string
  /** The server is up again, on the same data. */
  startServer(dist?: string): Promise<void>
  stopServer(): Promise<void>
  killServer(): Promise<void>
  serverSaid(): string
  /** A phone that is on and has opened nothing yet. */
  phone(name: string, wishes?: PhoneWishes): Promise<Phone>
  /** What any phone did that none may do. */
  complaints(): string[]
  end(): Promise<void>
}

export async function createWorld(more: Record<string, string> = {}): Promise<World> {
  const folder = mkdtempSync(path.join(tmpdir(), 'meldt-world-'))
  const dataDir = path.join(folder, 'data')
  const serverPort = await freePort()
  const line = await openLine(await freePort(), serverPort)
  const phones: Phone[] = []
  let server: RunningServer | undefined
  let saidBefore = ''

  const leave = async (how: 'stop' | 'kill'): Promise<void> => {
    await server?.[how]()
    saidBefore += server?.said() ?? ''
    server = undefined
  }
  const begin = async (dist?: string): Promise<void> => {
    server = await startServer({ port: serverPort, baseUrl: line.origin, dataDir, more, ...(dist === undefined ? {} : { dist }) })
  }
  try {
    await begin()
  } catch (cause) {
    await line.cut()
    throw cause
  }
  return {
    origin: line.origin,
    line,
    folder,
    startServer: begin,
    stopServer: () => leave('stop'),
    killServer: () => leave('kill'),
    serverSaid: () => saidBefore + (server?.said() ?? ''),
    async phone(name, wishes = {}) {
      const phone = new Phone(path.join(folder, `phone-${name}`), line.origin, wishes)
      phones.push(phone)
      await phone.on()
      return phone
    },
    complaints: () => phones.flatMap((phone) => phone.complaints.map((complaint) => `${path.basename(phone.profile)}: ${complaint}`)),
    async end() {
      for (const phone of phones) await phone.off()
      await leave('stop')
      await line.cut()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
