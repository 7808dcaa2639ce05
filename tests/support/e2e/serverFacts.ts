/** What the server itself says that it has, asked over its real API with the session of the person on the phone. */
import type { Change } from '#contract/changes.ts'
import type { Phone } from './phone.ts'

/** Every change that this person may see, page by page. */
export const changesSeenBy = (phone: Phone): Promise<Change[]> => phone.page.evaluate(async () => {
  const session = await (await fetch('/api/v1/session')).json() as { account: { id: string } | null }
  if (session.account === null) throw new Error('Nobody is signed in')
  const changes: Change[] = []
  for (let cursor = '', more = true; more;) {
    const answer = await fetch(`/api/v1/changes${cursor === '' ? '' : `?after=${encodeURIComponent(cursor)}`}`, { headers: { 'x-account': session.account.id } })
    if (!answer.ok) throw new Error(`changes answered ${answer.status}`)
    const page = await answer.json() as { changes: Change[]; cursor: string; more: boolean }
    changes.push(...page.changes)
    ;({ cursor, more } = page)
  }
  return changes
})

/** The reports that this person wrote and the server keeps, each once. */
export const ownReports = async (phone: Phone): Promise<Set<string>> =>
  new Set((await changesSeenBy(phone)).filter(({ kind }) => kind === 'own').map(({ report }) => report))

/** The cases that reached this leader, each once. */
export const casesSeenBy = async (phone: Phone): Promise<Set<string>> =>
  new Set((await changesSeenBy(phone)).filter(({ kind }) => kind === 'case').map(({ report }) => report))
