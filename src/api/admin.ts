import type { ImportAnswer, NewGrant, People } from '#contract/admin.ts'
import type { Settings } from '#contract/settings.ts'
import { call, hasMembers, type Outcome } from './client.ts'

const isPeople = (value: unknown): value is People => hasMembers(value, 'units', 'people')
const isImport = (value: unknown): value is ImportAnswer => hasMembers(value, 'committed', 'bad')
const isMade = (value: unknown): value is { id: string } => hasMembers(value, 'id')
const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined
export interface KeptSettings { settings: Settings; version: number }
const isSettings = (value: unknown): value is KeptSettings => hasMembers(value, 'settings', 'version')

export const getPeople = (account: string): Promise<Outcome<People>> => call({ path: '/people', account, isAnswer: isPeople })
export const putUnit = (account: string, id: string, name: string): Promise<Outcome<unknown>> => call({ method: 'PUT', path: `/people/units/${id}`, body: { name }, account, isAnswer: isNothing })
export const postGrant = (account: string, grant: NewGrant): Promise<Outcome<unknown>> => call({ method: 'POST', path: '/people/grants', body: grant, account, isAnswer: isMade })
export const endGrant = (account: string, id: string): Promise<Outcome<unknown>> => call({ method: 'POST', path: `/people/grants/${id}/end`, body: {}, account, isAnswer: isNothing })
export const postImport = (account: string, text: string, commit: boolean): Promise<Outcome<ImportAnswer>> => call({ method: 'POST', path: '/people/import', body: { text, commit }, account, isAnswer: isImport })
export const postSetup = (account: string, code: string): Promise<Outcome<unknown>> => call({ method: 'POST', path: '/setup', body: { code }, account, isAnswer: isNothing })
export const getSettings = (account: string): Promise<Outcome<KeptSettings>> => call({ path: '/settings', account, isAnswer: isSettings })
export const putSettings = (account: string, { settings, version }: KeptSettings): Promise<Outcome<KeptSettings>> =>
  call({ method: 'PUT', path: '/settings', body: settings, account, headers: { 'if-match': `"${version}"` }, isAnswer: isSettings })
