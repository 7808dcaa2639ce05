/** What may go wrong with the phone's own storage, as codes that have words in every language. */
export type StorageCode = 'quota' | 'closed' | 'blocked' | 'newer-schema' | 'no-key' | 'unavailable'

export class StorageError extends Error {
  readonly code: StorageCode
  constructor(code: StorageCode, cause?: unknown) {
    super(`Storage: ${code}`, { cause })
    this.name = 'StorageError'
    this.code = code
  }
}

/** An error and what it was caused by: Dexie keeps it as `inner`, or as the first of `failures`. */
export function chainOf(cause: unknown): unknown[] {
  const chain: unknown[] = []
  for (let next = cause; next !== undefined && next !== null && chain.length < 6;) {
    chain.push(next)
    const { inner, failures, cause: deeper } = next as { inner?: unknown; failures?: unknown[]; cause?: unknown }
    next = inner ?? failures?.[0] ?? deeper
  }
  return chain
}

const named = (cause: unknown) => (cause instanceof Object && 'name' in cause ? String(cause.name) : '')
const codes: Record<string, StorageCode> = {
  QuotaExceededError: 'quota', DatabaseClosedError: 'closed', InvalidStateError: 'closed', OperationError: 'no-key', BlockedError: 'blocked',
}

/** Every failure of the storage leaves this room as a StorageError. */
export function toStorageError(cause: unknown): StorageError {
  const chain = chainOf(cause)
  const ours = chain.find((each) => each instanceof StorageError)
  if (ours) return ours
  // The innermost name says most: "closed because full" is full.
  const code = chain.map((each) => codes[named(each)]).findLast((each) => each !== undefined)
  return new StorageError(code ?? 'unavailable', cause)
}

/** The connection is dead, not the data: worth opening again. WebKit says the last one in its own words. */
export const isLostConnection = (cause: unknown): boolean => chainOf(cause).some((each) =>
  ['DatabaseClosedError', 'InvalidStateError'].includes(named(each))
  || (each instanceof Object && 'message' in each && /Indexed Database server lost|connection is closing|Connection is closing/.test(String(each.message))))
  && !chainOf(cause).some((each) => each instanceof StorageError)
