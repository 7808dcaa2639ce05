/** A school's cases on the server, asked over the wire as the phones ask. */
import type { Case, Changes } from '#contract/changes.ts'
import type { Deliveries, SealedLetter } from '#contract/letter.ts'
import type { Keys, Session } from '#contract/session.ts'
import { incidentTypes, places, severities } from '#contract/vocabulary.ts'
import { seal, wire } from '../tests/support/seal.ts'
import { Visitor } from '../tests/support/visitor.ts'

const batch = 50
const pick = <T>(values: readonly T[], nth: number): T => values[nth % values.length] as T

/** Somebody signed in, with the server's keys. */
export class Asker {
  readonly visitor: Visitor
  account = ''
  #keys: Keys | undefined
  constructor(origin: string) { this.visitor = new Visitor(origin) }

  async signIn(who: string): Promise<this> {
    await this.visitor.signIn(who)
    const { account } = await (await this.visitor.ask('/api/v1/session')).json() as Session
    this.account = account?.id ?? ''
    this.#keys = await (await this.visitor.ask('/api/v1/keys')).json() as Keys
    return this
  }

  async get<T>(path: string): Promise<{ answer: T; ms: number; bytes: number }> {
    const begun = performance.now()
    const response = await this.visitor.ask(path, { headers: { 'x-account': this.account } })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return { answer: JSON.parse(text) as T, ms: performance.now() - begun, bytes: text.length }
  }

  /** A report about something, of many kinds. */
  report(nth: number): Promise<SealedLetter & { id: string }> {
    const keys = this.#keys
    if (!keys) throw new Error('Sign in first')
    const at = new Date(Date.now() - nth * 60_000).toISOString()
    return seal({ publicKeys: () => keys }, { account: this.account, at, facts: { tiles: ['hit'], types: [pick(incidentTypes, nth)], severity: pick(severities, nth), place: pick(places, nth), occurredAt: at, description: `Det skjedde noe, nummer ${nth}.` } })
  }

  async deliver(letters: SealedLetter[]): Promise<void> {
    const response = await this.visitor.post('/api/v1/letters', { letters: letters.map(wire) }, { 'x-account': this.account })
    const { answers } = await response.json() as Deliveries
    const turned = answers.find(({ status }) => status !== 'received')
    if (turned) throw new Error(JSON.stringify(turned))
  }

  /** As many real letters, sealed, delivered and judged. */
  async deliverMany(from: number, until: number): Promise<void> {
    for (let nth = from; nth < until; nth += batch) await this.deliver(await Promise.all(Array.from({ length: Math.min(batch, until - nth) }, (_, more) => this.report(nth + more))))
  }
}

export type ServerSamples = Record<'first pull of all cases' | 'one page of them' | 'pull when nothing is new' | 'one case opened' | 'delivered → in the leader’s next pull', number[]>

/** What a leader's phone asks of a server with that many cases. Also tells how much the first pull weighs. */
export async function askAll(leader: Asker, reporter: Asker, runs: number): Promise<{ samples: ServerSamples; cases: number; bytes: number }> {
  const samples: ServerSamples = { 'first pull of all cases': [], 'one page of them': [], 'pull when nothing is new': [], 'one case opened': [], 'delivered → in the leader’s next pull': [] }
  let [cases, bytes, cursor] = [0, 0, '']
  const ids: string[] = []
  for (let run = 0; run < runs; run += 1) {
    [cases, bytes, cursor] = [0, 0, '']
    const begun = performance.now()
    for (let more = true; more;) {
      const page = await leader.get<Changes>(`/api/v1/changes?after=${cursor}`)
      samples['one page of them'].push(page.ms)
      const found = page.answer.changes.flatMap((change) => (change.kind === 'case' ? [change.report] : []))
      cases += found.length
      ids.push(...found.slice(0, 3))
      bytes += page.bytes
      ;({ cursor, more } = page.answer)
    }
    samples['first pull of all cases'].push(performance.now() - begun)
  }
  for (let run = 0; run < runs * 5; run += 1) {
    samples['pull when nothing is new'].push((await leader.get(`/api/v1/changes?after=${cursor}`)).ms)
    samples['one case opened'].push((await leader.get<Case>(`/api/v1/cases/${pick(ids, run)}`)).ms)
  }
  for (let run = 0; run < runs * 3; run += 1) {
    const letter = await reporter.report(run)
    const begun = performance.now()
    await reporter.deliver([letter])
    const { answer } = await leader.get<Changes>(`/api/v1/changes?after=${cursor}`)
    if (!answer.changes.some((change) => change.kind === 'case' && change.report === letter.id)) throw new Error('It is not in the inbox')
    samples['delivered → in the leader’s next pull'].push(performance.now() - begun)
    cursor = answer.cursor
  }
  return { samples, cases, bytes }
}
