/** The door to PostgreSQL. Every transaction runs under one of two roles; row-level security does the rest. */
import pg from 'pg'
import { loginUrl } from './login.ts'
import { migrate } from './migrate.ts'

/** Who a transaction runs as. */
export interface Actor { account: string | null }
export type Sql = { query<R>(text: string, values?: unknown[]): Promise<R[]> }

export interface Database {
  /** One transaction as this person: role meldt_app, and only what is theirs. */
  asActor<T>(actor: Actor, work: (sql: Sql) => Promise<T>): Promise<T>
  /** The same, but all of its statements see one moment, and none of them can write: for whoever puts several answers together. */
  asReader<T>(actor: Actor, work: (sql: Sql) => Promise<T>): Promise<T>
  /** One transaction with the server's own eyes: accounts, sessions, devices. */
  asServer<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  ready(): Promise<boolean>
  close(): Promise<void>
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const int8 = 20

/** Counters are far below 2^53, so a bigint is a number here. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format)) as ReturnType<typeof pg.types.getTypeParser>,
}

/** Long statements are worth a prepared plan; the text itself is the name's source, so a name can never mean two things. */
function statements() {
  const names = new Map<string, string>()
  return (text: string): string => {
    const known = names.get(text)
    if (known !== undefined) return known
    const name = `s${names.size + 1}`
    names.set(text, name)
    return name
  }
}

/** Brings the schema up to date, then opens the pool. */
export async function openDatabase(url: string): Promise<Database> {
  await migrate(url)
  const pool = new pg.Pool({ connectionString: await loginUrl(url), max: 12, statement_timeout: 5_000, idle_in_transaction_session_timeout: 15_000, connectionTimeoutMillis: 5_000, types })
  // A connection that breaks while idle is dropped by the pool; the next request gets a new one, and /readyz tells.
  pool.on('error', () => undefined)
  const nameOf = statements()

  async function transaction<T>(begin: string, work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let broken: Error | undefined
    const sql: Sql = {
      async query<R>(text: string, values?: unknown[]) {
        const { rows } = values ? await client.query({ name: nameOf(text), text, values }) : await client.query(text)
        return rows as R[]
      },
    }
    try {
      await client.query(begin)
      const answer = await work(sql)
      await client.query('commit')
      return answer
    } catch (cause) {
      await client.query('rollback').catch((error: Error) => { broken = error })
      throw cause
    } finally {
      client.release(broken)
    }
  }

  async function asPerson<T>(begin: string, { account }: Actor, work: (sql: Sql) => Promise<T>): Promise<T> {
    if (account !== null && !uuid.test(account)) throw new TypeError('An account is a uuid')
    return transaction(`${begin}; set local role meldt_app; set local "app.account" = '${account ?? ''}'`, work)
  }

  return {
    asActor: (actor, work) => asPerson('begin', actor, work),
    asReader: (actor, work) => asPerson('begin isolation level repeatable read, read only', actor, work),
    asServer: (work) => transaction('begin; set local role meldt_server', work),
    ready: () => pool.query('select 1').then(() => true, () => false),
    close: () => pool.end(),
  }
}
