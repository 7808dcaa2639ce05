import { call, hasMembers, type Outcome } from './client.ts'

const isAnswer = <T>(value: unknown): value is T => hasMembers(value)
const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined

/** Numbers of whatever shape the path has (contract/statistics.ts). */
export const getNumbers = <T>(account: string, path: string): Promise<Outcome<T>> => call<T>({ path, account, isAnswer })
export const putNumbers = (account: string, path: string, body: unknown): Promise<Outcome<unknown>> => call({ method: 'PUT', path, body, account, isAnswer: isNothing })
export const postNumbers = <T>(account: string, path: string, body: unknown): Promise<Outcome<T>> => call<T>({ method: 'POST', path, body, account, isAnswer: (value): value is T => isNothing(value) || hasMembers(value) })
