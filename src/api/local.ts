import type { Local, LocalContent, LocalRow } from '#contract/local.ts'
import { call, hasMembers, type Outcome } from './client.ts'

const isLocal = (value: unknown): value is Local => hasMembers(value, 'tag', 'units', 'mine', 'rows')
const isRow = (value: unknown): value is LocalRow => hasMembers(value, 'version', 'entry')
const isNothing = (value: unknown): value is null => value === null
/** Zero is a row that is to be new. */
const seen = (version: number) => (version === 0 ? {} : { headers: { 'if-match': `"${version}"` } })

/** The municipality's own; a problem with status 304 when `tag` still holds. */
export const getLocal = (tag: string | undefined): Promise<Outcome<Local>> =>
  call({ path: '/local', ...(tag !== undefined && { headers: { 'if-none-match': `"${tag}"` } }), isAnswer: isLocal })

export const putLocal = (account: string, id: string, content: LocalContent, version: number): Promise<Outcome<LocalRow>> =>
  call({ method: 'PUT', path: `/local/${id}`, body: content, account, ...seen(version), isAnswer: isRow })

export const deleteLocal = (account: string, id: string, version: number): Promise<Outcome<null>> =>
  call({ method: 'DELETE', path: `/local/${id}`, body: {}, account, ...seen(version), isAnswer: isNothing })
