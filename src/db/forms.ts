/** What somebody has begun to write in a small form and not saved yet: one box of the safe for each form, with id numbers gone. */
import { scrubIdNumbers } from '#app/domain/guard.ts'
import { inAccount } from './gateway.ts'
import { openSafe } from './vault.ts'

const texts = ['title', 'text', 'message', 'owner', 'reference']
const scrubbed = (form: object): object => Object.fromEntries(Object.entries(form).map(([name, value]: [string, unknown]) =>
  [name, typeof value === 'string' && texts.includes(name) ? scrubIdNumbers(value).text : value]))

/** What was begun, by the form's name. */
export const keptForm = (account: string | null, name: string): Promise<object | undefined> => inAccount(account, async (database) => {
  const row = await database.meta.get(`form/${name}`)
  return row && (await openSafe(database)).unlock<object>(`form/${name}`, row.value as ArrayBuffer)
})

/** Null forgets it: it was saved. */
export const keepForm = (account: string | null, name: string, form: object | null): Promise<void> => inAccount(account, async (database) => {
  const key = `form/${name}` as const
  const box = form && await (await openSafe(database)).lock(key, scrubbed(form))
  await database.transaction('rw', database.meta, async () => {
    if (box) await database.meta.put({ key, value: box })
    else await database.meta.delete(key)
  })
})
