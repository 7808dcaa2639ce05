/** Files that the server makes: a case on paper, an export, one's own data. They need a line, and a sign-in that is fresh. */
import type { TakenFile } from '#app/api/files.ts'
import type { Outcome } from '#app/api/client.ts'

/** Why there was no file, as the screen says it. `again`: the sign-in is not fresh enough for this. */
export type NoFile = 'unreachable' | 'sign-in' | 'again' | 'not-yours' | 'enough' | 'later'

const reasons: Record<string, NoFile> = { 'sign-in-needed': 'sign-in', 'wrong-account': 'sign-in', 'fresh-sign-in-needed': 'again', 'not-found': 'not-yours', 'too-many-requests': 'enough' }
const reasonOf = (outcome: Outcome<unknown>): NoFile => (outcome.kind === 'problem' ? reasons[outcome.code] ?? 'later' : 'unreachable')

/** The file, or why not. */
export async function takeFile(path: string): Promise<TakenFile | NoFile> {
  const [{ currentAccount }, { getFile }] = await Promise.all([import('#app/db/device.ts'), import('#app/api/files.ts')])
  const account = await currentAccount()
  if (account === null) return 'sign-in'
  const outcome = await getFile(account, path)
  return outcome.kind === 'ok' ? outcome.value : reasonOf(outcome)
}
