/** A wipe waits for what is being written, and whoever writes what the network brought looks first whether the phone was emptied meanwhile. */
const name = 'meldt-rows'
const patience = 3_000

/** Where there are no locks, what comes late may find the phone again; nothing is lost by it. */
const locksHere = (): LockManager | undefined => (navigator as { locks?: LockManager | null }).locks ?? undefined

/** Held for a moment, never over a request: many may write at a time. */
export const besideOthers = async <T>(work: () => Promise<T>): Promise<T> => {
  const locks = locksHere()
  return locks === undefined ? work() : locks.request(name, { mode: 'shared' }, work)
}

/** After those who write now. A context that hangs with its lock does not keep the phone from being emptied. */
export async function afterOthers(work: () => Promise<void>): Promise<void> {
  const locks = locksHere()
  if (locks === undefined) return work()
  let isGranted = false
  try {
    await locks.request(name, { mode: 'exclusive', signal: AbortSignal.timeout(patience) }, () => { isGranted = true; return work() })
  } catch (cause) {
    if (isGranted) throw cause
    console.warn('Somebody went on writing', cause)
    await work()
  }
}
