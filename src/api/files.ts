/** Files that the server makes for somebody to keep. They are asked for, never followed: a failure is a problem in words and not a page. */
import { read, unreachable, type Outcome } from './client.ts'

export interface TakenFile { name: string; content: Blob }

/** A document of hundreds of pages, or ten thousand cases, on a slow line. */
const patience = 300_000
const nameIn = (response: Response): string => /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'meldt'
/** A wi-fi's login page is no file. */
const isFile = (response: Response) => response.ok && (response.headers.get('content-disposition') ?? '').startsWith('attachment')
const never = (_value: unknown): _value is never => false

/** One file. Each is a line in the audit log. */
export async function getFile(account: string, path: string): Promise<Outcome<TakenFile>> {
  try {
    const response = await fetch(`/api/v1${path}`, { redirect: 'manual', cache: 'no-store', credentials: 'same-origin', signal: AbortSignal.timeout(patience), headers: { 'x-account': account } })
    return isFile(response) ? { kind: 'ok', value: { name: nameIn(response), content: await response.blob() } } : await read(response, never)
  } catch (cause) {
    return unreachable(cause)
  }
}
