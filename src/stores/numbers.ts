/** Numbers of the server for a screen: the newest when there is a line, else the last that were shown here. */
import type { Outcome } from '#app/api/client.ts'

export type NumbersState = 'fresh' | 'kept' | 'none' | 'sign-in' | 'refused'
export interface Found<T> { state: NumbersState; answer?: T }

async function account(): Promise<string | null> {
  const { currentAccount } = await import('#app/db/device.ts')
  return currentAccount()
}

/** What was shown last. */
export async function lastNumbers<T>(path: string): Promise<T | undefined> {
  const { keptNumbers } = await import('#app/db/numbers.ts')
  return keptNumbers<T>(await account(), path)
}

/** Asks the server. What it will not tell any more is forgotten here too. */
export async function fetchNumbers<T extends object>(path: string): Promise<Found<T>> {
  const whose = await account()
  if (whose === null) return { state: 'sign-in' }
  const [{ getNumbers }, { keepNumbers }] = await Promise.all([import('#app/api/numbers.ts'), import('#app/db/numbers.ts')])
  const outcome = await getNumbers<T>(whose, path)
  if (outcome.kind === 'ok') {
    await keepNumbers(whose, path, outcome.value)
    return { state: 'fresh', answer: outcome.value }
  }
  if (outcome.kind !== 'problem') return { state: 'none' }
  if (outcome.status === 401 || outcome.code === 'wrong-account') return { state: 'sign-in' }
  if (outcome.status !== 404 && outcome.status !== 403) return { state: 'none' }
  await keepNumbers(whose, path, null)
  return { state: 'refused' }
}

/** What became of something that was sent. `fresh-sign-in`: the person must show who they are once more. `gone`: there is no such thing any more, or it is not theirs. `conflict`: there is something else under that id. */
export type Sent<T> = { is: 'done'; answer: T } | { is: 'sign-in' | 'fresh-sign-in' | 'unreachable' | 'gone' | 'conflict' | 'refused' }
async function send<T>(work: (account: string) => Promise<Outcome<T>>): Promise<Sent<T>> {
  const whose = await account()
  if (whose === null) return { is: 'sign-in' }
  const outcome = await work(whose)
  if (outcome.kind === 'ok') return { is: 'done', answer: outcome.value }
  if (outcome.kind !== 'problem' || outcome.status >= 500 || outcome.status === 429) return { is: 'unreachable' }
  if (outcome.code === 'fresh-sign-in-needed') return { is: 'fresh-sign-in' }
  if (outcome.code === 'not-found') return { is: 'gone' }
  if (outcome.code === 'version-conflict') return { is: 'conflict' }
  return { is: outcome.status === 401 || outcome.code === 'wrong-account' ? 'sign-in' : 'refused' }
}
export const putNumbers = (path: string, body: unknown) => send(async (whose) => (await import('#app/api/numbers.ts')).putNumbers(whose, path, body))
export const postNumbers = <T>(path: string, body: unknown): Promise<Sent<T>> => send<T>(async (whose) => (await import('#app/api/numbers.ts')).postNumbers<T>(whose, path, body))
