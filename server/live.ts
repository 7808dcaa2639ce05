/** Who is looking right now, and whom a hint is for. A hint is an empty message: it says "ask", never what. */
import type { Grant } from '#contract/session.ts'
import type { Hint } from './database/listen.ts'

export interface Looker { account: string; tenant: string; session: string | undefined; grants: readonly Grant[]; send(): void; end(): void }

/** More windows than this of one person: the oldest is closed. */
const mostPerAccount = 6

const has = ({ grants }: Looker, roles: readonly string[], unit: string | undefined) => grants.some((grant) => roles.includes(grant.role) && (grant.unit === null || grant.unit.id === unit))

/** As row-level security has it: the unit's leaders unless it is about them or they are partial, its safety representatives unless it is confidential, hms when it was handed on. */
function sees(looker: Looker, { unit, recused = false, confidential = false, escalated = false, partial = [] }: Hint): boolean {
  const leads = has(looker, ['leder'], unit)
  if (recused && leads) return false
  return (leads && !partial.includes(looker.account)) || (!confidential && has(looker, ['verneombud'], unit)) || (escalated && !partial.includes(looker.account) && has(looker, ['hms'], unit))
}

/** Whether this person may see what the hint is about. */
export function isFor(looker: Looker, hint: Hint): boolean {
  if (looker.tenant !== hint.tenant) return false
  if (hint.account === looker.account) return true
  if (hint.unit === undefined) return false
  if (hint.training === true) return has(looker, ['leder', 'verneombud', 'hms', 'eier-admin'], hint.unit)
  if (hint.gone !== undefined) return has(looker, [hint.gone], hint.unit)
  return sees(looker, hint)
}

export function createLive() {
  const lookers = new Set<Looker>()
  return {
    /** Gives back how to leave. */
    join(looker: Looker): () => void {
      const own = [...lookers].filter(({ account }) => account === looker.account)
      for (const oldest of own.slice(0, Math.max(0, own.length - mostPerAccount + 1))) oldest.end()
      lookers.add(looker)
      return () => { lookers.delete(looker) }
    },
    hear(hint: Hint): void {
      for (const looker of lookers) if (isFor(looker, hint)) looker.send()
    },
    /** Somebody signed out: what they look at is theirs no more. */
    endSession(session: string): void {
      for (const looker of lookers) if (looker.session === session) looker.end()
    },
    endAll(): void {
      for (const looker of lookers) looker.end()
    },
    get count() { return lookers.size },
  }
}
export type Live = ReturnType<typeof createLive>
