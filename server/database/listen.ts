/** Hears what the database says after each commit. A connection of its own; when it breaks, it is made anew. */
import pg from 'pg'
import { loginUrl } from './login.ts'

/** That something changed, and whose it is. `account`: whom it is about or for. `recused`, `partial` and `confidential`: who may not see it; `gone`: who did and does no more. */
export interface Hint {
  tenant: string; unit?: string; account?: string; escalated?: boolean; training?: boolean
  recused?: boolean; partial?: readonly string[]; confidential?: boolean; gone?: 'leder' | 'verneombud'
}

const longestPause = 30_000

/** Calls `heard` for each hint until it is closed. What is said while the line is down is lost: a phone asks by itself now and then. */
export async function listen(url: string, heard: (hint: Hint) => void): Promise<{ close(): Promise<void> }> {
  const connectionString = await loginUrl(url)
  let client: pg.Client | undefined
  let pause = 500
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  function again(): void {
    client = undefined
    if (isClosed) return
    clearTimeout(timer)
    timer = setTimeout(() => { connect().catch(again) }, pause)
    pause = Math.min(pause * 2, longestPause)
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 5_000 })
    next.on('notification', ({ payload }) => { if (payload !== undefined) heard(JSON.parse(payload) as Hint) })
    next.once('error', () => { if (client === next) again() })
    next.once('end', () => { if (client === next) again() })
    await next.connect()
    await next.query('listen meldt')
    if (isClosed) return next.end()
    client = next
    pause = 500
  }

  await connect()
  return {
    async close() {
      isClosed = true
      clearTimeout(timer)
      const last = client
      client = undefined
      await last?.end()
    },
  }
}
