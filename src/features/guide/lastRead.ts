/** The texts that were opened last, by id. Kept on this phone, told to nobody. */
import { readPreference, writePreference } from '#app/stores/storage.ts'

const howMany = 3
export const lastRead = (): string[] => readPreference<string[]>('lastRead') ?? []
export const noteRead = (id: string): void => writePreference('lastRead', [id, ...lastRead().filter((other) => other !== id)].slice(0, howMany))
