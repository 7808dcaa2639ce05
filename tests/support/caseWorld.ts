/** A school on a database of its own: people who report, act and read through the API's own routes. */
import { randomUUID } from 'node:crypto'
import type { Case, CaseSummary, Changes, Notice, OwnReport } from '#contract/changes.ts'
import type { CaseContent } from '#contract/caseLetter.ts'
import type { Facts } from '#contract/facts.ts'
import type { DeliveryAnswer } from '#contract/letter.ts'
import { checksToClose } from '#contract/caseCodes.ts'
import { openRoutes, signedIn } from './deliver.ts'
import { freshDatabase } from './postgres.ts'
import { seal } from './seal.ts'

type Without<T> = T extends CaseContent ? Omit<T, 'v' | 'seen'> & { seen?: number } : never
/** What somebody does, without what every act has. */
export type Doing = Without<CaseContent>

export const people = ['kari', 'ola', 'rita', 'vera', 'lars', 'nina', 'siri', 'hans', 'eva'] as const
export type Person = (typeof people)[number]

export async function openCaseWorld() {
  const world = await freshDatabase()
  const routes = await openRoutes(world)
  const ids = new Map<Person, string>()
  for (const name of people) ids.set(name, await world.account(name))
  const idOf = (name: Person): string => ids.get(name) ?? ''

  async function report(by: Person, facts: Facts = { tiles: ['hit'], severity: 2 }): Promise<string> {
    const letter = await seal(world.keyring, { account: idOf(by), facts, at: new Date().toISOString() })
    const [answer] = await routes.deliver(signedIn(idOf(by)), letter)
    if (answer?.status !== 'received') throw new Error(JSON.stringify(answer))
    return letter.id
  }
  async function letter(by: Person, about: string, kind: 'opened' | 'withdrawal' | 'supplement' | 'case', content?: object, id: string = randomUUID()): Promise<DeliveryAnswer & { id: string }> {
    const sealed = await seal(world.keyring, { id, report: about, kind, account: idOf(by), at: new Date().toISOString(), ...(content && { content }) })
    const [answer] = await routes.deliver(signedIn(idOf(by)), sealed)
    if (!answer) throw new Error('No answer')
    return answer
  }
  /** Delivers an act; gives the server's answer. */
  const act = (by: Person, about: string, doing: Doing, id?: string) => letter(by, about, 'case', { v: 1, seen: 0, ...doing }, id)
  const caseOf = async (by: Person, about: string) => {
    const { status, body } = await routes.ask(signedIn(idOf(by)), 'GET', `/cases/${about}`)
    return status === 200 ? body as Case : undefined
  }
  const changes = async (by: Person, after = ''): Promise<Changes> => (await routes.ask(signedIn(idOf(by)), 'GET', `/changes?after=${after}`)).body
  const summary = async (by: Person, about: string) => (await changes(by)).changes.find((one): one is CaseSummary => one.kind === 'case' && one.report === about)
  const own = async (by: Person, about: string) => (await changes(by)).changes.find((one): one is OwnReport => one.kind === 'own' && one.report === about)
  const notices = async (by: Person, about: string) => (await changes(by)).changes.filter((one): one is Notice => one.kind === 'notice' && one.about === about).map(({ what }) => what)

  /** All that closing asks for but the closing itself. */
  async function prepare(by: Person, about: string, { consequence = 2, likelihood = 2 } = {}): Promise<void> {
    await act(by, about, { what: 'contact', on: new Date().toISOString(), way: 'talk' })
    await act(by, about, { what: 'judgement', consequence, likelihood, types: ['FYS-SLAG'] })
    await act(by, about, { what: 'causes', immediate: ['limit'], underlying: ['staffing'] })
    await act(by, about, { what: 'measure', kind: 'extra-adult', owner: 'Rektor', due: '2026-12-01', shared: true, text: 'Ekstra voksen i friminutt' })
    for (const check of checksToClose) await act(by, about, { what: 'check', check, answers: {}, outcome: 'not-needed', done: [], rules: '2026-07-02' })
  }
  return { ...world, routes, idOf, report, letter, act, caseOf, changes, summary, own, notices, prepare, end: async () => { await routes.app.close(); await world.end() } }
}
export type CaseWorld = Awaited<ReturnType<typeof openCaseWorld>>
