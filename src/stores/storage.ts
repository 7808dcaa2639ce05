/** The one door to localStorage: small preferences that tell nothing about anybody. A browser that refuses it only forgets them. */
const prefix = 'meldt.'

export function readPreference<T>(name: string): T | undefined {
  try {
    const text = localStorage.getItem(prefix + name)
    return text === null ? undefined : JSON.parse(text) as T
  } catch (cause) {
    console.info('A preference could not be read', name, cause)
    return undefined
  }
}

export function writePreference(name: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value))
  } catch (cause) {
    console.info('A preference could not be kept', name, cause)
  }
}

/** "Slett alt": every preference of ours. */
export function forgetPreferences(): void {
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(prefix))) localStorage.removeItem(key)
  } catch (cause) {
    console.info('The preferences could not be forgotten', cause)
  }
}
