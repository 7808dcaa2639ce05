/** The texts that were opened last, by id. Kept on this phone, told to nobody, and gone when the phone goes over to somebody else. */
import { readPreference, writePreference } from './storage.ts'

const howMany = 3
const name = 'lastRead'

export const lastRead = (): string[] => readPreference<string[]>(name) ?? []
export const noteRead = (id: string): void => writePreference(name, [id, ...lastRead().filter((other) => other !== id)].slice(0, howMany))
export const forgetRead = (): void => writePreference(name, [])
