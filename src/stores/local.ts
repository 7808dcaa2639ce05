/** Writing the municipality's own. It needs a line: nothing is queued, since two administrators could be writing the same row. */
import { defineStore } from 'pinia'
import type { LocalContent } from '#contract/local.ts'
import type { Outcome } from '#app/api/client.ts'

/** How it went, as the form says it. */
export type LocalAnswer = 'done' | 'unreachable' | 'sign-in' | 'conflict' | 'not-yours' | 'full' | 'refused' | 'later'

const answers: Record<string, LocalAnswer> = {
  'version-conflict': 'conflict', 'not-found': 'not-yours', 'too-much': 'full', 'sign-in-needed': 'sign-in', 'wrong-account': 'sign-in',
  'invalid-content': 'refused', 'invalid-request': 'refused', 'foreign-unit': 'refused',
}
const answerOf = (outcome: Outcome<unknown>): LocalAnswer => {
  if (outcome.kind === 'ok') return 'done'
  return outcome.kind === 'problem' ? answers[outcome.code] ?? 'later' : 'unreachable'
}

export const useLocalStore = defineStore('local', () => {
  async function withAccount(act: (account: string) => Promise<LocalAnswer>): Promise<LocalAnswer> {
    const { currentAccount } = await import('#app/db/device.ts')
    const account = await currentAccount()
    return account === null ? 'sign-in' : act(account)
  }

  /** Fetches what others have written. A failure is not told: what the phone has is good. */
  async function refresh(): Promise<void> {
    const { refreshLocal } = await import('#app/sync/refreshLocal.ts')
    await refreshLocal()
  }

  /** `version` is the one that the form was opened on; 0 for a new row. */
  const save = (id: string, content: LocalContent, version: number): Promise<LocalAnswer> => withAccount(async (account) => {
    const [{ putLocal }, { keepLocalRow }] = await Promise.all([import('#app/api/local.ts'), import('#app/db/local.ts')])
    const outcome = await putLocal(account, id, content, version)
    if (outcome.kind === 'ok') await keepLocalRow(outcome.value)
    const answer = answerOf(outcome)
    if (answer === 'conflict') await refresh()
    return answer
  })

  /** `not-yours` also when it was removed by somebody else in the meantime. */
  const remove = (id: string, version: number): Promise<LocalAnswer> => withAccount(async (account) => {
    const [{ deleteLocal }, { dropLocalRow }] = await Promise.all([import('#app/api/local.ts'), import('#app/db/local.ts')])
    const outcome = await deleteLocal(account, id, version)
    if (outcome.kind === 'ok') await dropLocalRow(id)
    const answer = answerOf(outcome)
    if (answer === 'conflict' || answer === 'not-yours') await refresh()
    return answer
  })

  return { save, remove, refresh }
})
