/** What only an administrator does, and only with a line: schools, people, roles, clocks. Nothing of it is kept on the phone. */
import type { ImportAnswer, NewGrant, People } from '#contract/admin.ts'
import type * as api from '#app/api/admin.ts'
import type { KeptSettings } from '#app/api/admin.ts'
import type { Outcome } from '#app/api/client.ts'

/** Why it was not done, as the screens say it. `again`: the sign-in is not fresh enough for this. */
export type Trouble = 'unreachable' | 'sign-in' | 'again' | 'not-yours' | 'conflict' | 'last' | 'refused' | 'later'
export type Answer<T> = { value: T } | { trouble: Trouble }

const troubles: Record<string, Trouble> = {
  'sign-in-needed': 'sign-in', 'wrong-account': 'sign-in', 'fresh-sign-in-needed': 'again', 'not-found': 'not-yours', 'version-conflict': 'conflict', 'last-administrator': 'last', 'invalid-content': 'refused', 'invalid-request': 'refused',
}
const answerOf = <T>(outcome: Outcome<T>): Answer<T> => {
  if (outcome.kind === 'ok') return { value: outcome.value }
  return { trouble: outcome.kind === 'problem' ? troubles[outcome.code] ?? 'later' : 'unreachable' }
}

type Api = typeof api
async function ask<T>(act: (by: Api, account: string) => Promise<Outcome<T>>): Promise<Answer<T>> {
  const [made, { currentAccount }] = await Promise.all([import('#app/api/admin.ts'), import('#app/db/device.ts')])
  const account = await currentAccount()
  return account === null ? { trouble: 'sign-in' } : answerOf(await act(made, account))
}

export const fetchPeople = (): Promise<Answer<People>> => ask((by, account) => by.getPeople(account))
export const saveUnit = (id: string, name: string) => ask((by, account) => by.putUnit(account, id, name))
export const giveRole = (grant: NewGrant) => ask((by, account) => by.postGrant(account, grant))
export const endRole = (id: string) => ask((by, account) => by.endGrant(account, id))
export const bringTable = (text: string, commit: boolean): Promise<Answer<ImportAnswer>> => ask((by, account) => by.postImport(account, text, commit))
export const begin = (code: string) => ask((by, account) => by.postSetup(account, code))
export const fetchSettings = (): Promise<Answer<KeptSettings>> => ask((by, account) => by.getSettings(account))
export const saveSettings = (kept: KeptSettings): Promise<Answer<KeptSettings>> => ask((by, account) => by.putSettings(account, kept))
