/** Every route, every role, every id that is somebody else’s: the answer is that of something that was never here. And every act by everybody: the policy table, word for word. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseActs, type CaseAct } from '#contract/caseCodes.ts'
import type { CaseContent } from '#contract/caseLetter.ts'
import { can, type Relation } from '../../server/policy.ts'
import { mayDo } from '#contract/caseMachine.ts'
import type { Grant } from '#contract/session.ts'
import { demoUnits } from '../../server/database/seed.ts'
import { openCaseWorld, people, type CaseWorld, type Person } from '../support/caseWorld.ts'
import { signedIn } from '../support/deliver.ts'
import { seal } from '../support/seal.ts'

const { solbakken, fjordsyn, havnehagen } = demoUnits
const grants: Record<Person, Grant[]> = {
  kari: [{ role: 'ansatt', unit: solbakken }], ola: [{ role: 'ansatt', unit: solbakken }], rita: [{ role: 'leder', unit: solbakken }], vera: [{ role: 'verneombud', unit: solbakken }],
  lars: [{ role: 'leder', unit: fjordsyn }], nina: [{ role: 'ansatt', unit: fjordsyn }], siri: [{ role: 'leder', unit: havnehagen }, { role: 'ansatt', unit: havnehagen }],
  hans: [{ role: 'hms', unit: null }], eva: [{ role: 'eier-admin', unit: null }],
}
interface Placed { name: string; id: string; by: Person; relation: Omit<Relation, 'isReporter' | 'isPartial'>; partial: Person[] }

let school: CaseWorld
const reports: Placed[] = []
beforeAll(async () => {
  school = await openCaseWorld()
  const place = async (name: string, by: Person, unit: { id: string }, more: Partial<Placed['relation']> = {}, partial: Person[] = []) => {
    const id = await school.report(by, { tiles: ['hit'], severity: 2, description: 'Noe', ...(more.isRecused && { aboutLeader: true }) })
    reports.push({ name, id, by, relation: { unit: unit.id, ...more }, partial })
    return id
  }
  await place('plain', 'kari', solbakken)
  await school.act('rita', await place('confidential', 'kari', solbakken, { isConfidential: true }), { what: 'confidential', on: true })
  await place('about the leader', 'kari', solbakken, { isRecused: true, isEscalated: true })
  await school.act('rita', await place('given up', 'kari', solbakken, { isEscalated: true }, ['rita']), { what: 'recuse' })
  await school.act('rita', await place('handed on', 'ola', solbakken, { isEscalated: true }), { what: 'escalate' })
  await place('of another school', 'nina', fjordsyn)
  await place('of the only leader', 'siri', havnehagen, { isEscalated: true })
})
afterAll(() => school?.end())

const relation = (one: Placed, who: Person): Relation => ({ ...one.relation, isReporter: one.by === who, isPartial: one.partial.includes(who) })
const may = (who: Person, action: Parameters<typeof can>[1], one: Placed) => can(grants[who], action, relation(one, who))
const reads = (who: Person, one: Placed) => (['report.read.own', 'case.read', 'case.read.masked', 'case.read.escalated'] as const).some((action) => may(who, action, one))

/** Each route that names something, and who may get it. A new route must say so here. */
const named: Record<string, (who: Person, one: Placed) => boolean> = {
  '/cases/:id': reads,
  '/cases/:id/log': (who, one) => may(who, 'audit.read', one),
  '/cases/:id/pdf': (who, one) => may(who, 'case.export', one),
}
const routed = Object.keys(named)

describe('every route that names a case, for everybody, and for nobody', () => {
  it('is known here', () => {
    const above: string[] = []
    const there = school.routes.app.printRoutes({ commonPrefix: false }).split('\n').flatMap((line) => {
      const [, indent = '', part = '', methods] = /^([\s│├└─]*)(\S+)(?: \((.*)\))?$/.exec(line) ?? []
      above.splice(Math.max(0, indent.length / 4 - 1), above.length, part)
      return methods === undefined ? [] : [above.join('')]
    })
    expect(there).toContain('/api/v1/letters')
    expect(there.filter((route) => route.includes('/cases/')).toSorted()).toEqual(routed.map((route) => `/api/v1${route}`).toSorted())
  })

  it('is there for whom the policy names, and for all others as if it had never been', async () => {
    for (const route of routed) for (const who of people) {
      const ask = async (id: string) => {
        const { status, text, headers } = await school.routes.ask(signedIn(school.idOf(who)), 'GET', route.replace(':id', id))
        const { date: _date, 'content-length': _length, ...rest } = headers
        return { status, text: status === 200 ? '' : text, headers: status === 200 ? {} : rest }
      }
      const nothing = await ask(randomUUID())
      expect(nothing.status).toBe(404)
      for (const one of reports) {
        const answer = await ask(one.id)
        if (named[route]?.(who, one)) expect(answer.status, `${route} ${who} ${one.name}`).toBe(200)
        else expect(answer, `${route} ${who} ${one.name}`).toEqual(nothing)
      }
      for (const id of [school.idOf('kari'), solbakken.id]) expect(await ask(id)).toEqual(nothing)
    }
  })

  it('asks whoever is not signed in to sign in, the same for what is here and what is not', async () => {
    for (const route of routed) {
      const answers = await Promise.all([randomUUID(), ...reports.map(({ id }) => id)].map(async (id) => {
        const { status, text } = await school.routes.ask({ account: null, via: 'device', deviceAccounts: people.map(school.idOf) }, 'GET', route.replace(':id', id))
        return `${status} ${text}`
      }))
      expect(new Set(answers).size).toBe(1)
      expect(answers[0]).toMatch(/^401 /)
    }
  })
})

const said: { [W in CaseAct]: Omit<Extract<CaseContent, { what: W }>, 'v' | 'seen' | 'what'> } = {
  'contact': { on: '2026-11-23T10:00:00Z', way: 'talk' }, 'judgement': { consequence: 1, likelihood: 1, types: [] }, 'causes': { immediate: [], underlying: [] },
  'measure': { kind: 'relief', owner: 'Rektor', due: '2026-12-01', shared: true }, 'measure-state': { measure: randomUUID(), state: 'done' }, 'no-measure': { text: 'x' }, 'notified': { who: 'parents', on: '2026-11-23T10:00:00Z' },
  'check': { check: 'ros', answers: {}, outcome: 'unsure', done: [], rules: '2026-07-02' }, 'note': { text: 'x' }, 'question': { text: 'x' }, 'answer': { text: 'x' }, 'assign': { to: randomUUID() }, 'recuse': {}, 'escalate': {},
  'confidential': { on: true }, 'link': { to: null }, 'close': { text: 'x' }, 'reopen': {}, 'comment': { text: 'x' }, 'ask-measure': { text: 'x' }, 'objection': { text: 'x' }, 'stop': { on: '2026-11-23T10:00:00Z', text: 'x' },
  'stop-end': { on: '2026-11-23T10:00:00Z' }, 'sign': {}, 'reply': { text: 'x' }, 'verdict': { helped: 'yes' },
}
/** These change who may; they are tried only where they are refused. */
const moving: readonly CaseAct[] = ['recuse', 'escalate', 'confidential']

describe('every act by everybody in every case', () => {
  it('is taken from whom the policy names; whoever sees the case hears that they may not, all others that it is unknown', async () => {
    const acts: (CaseAct | 'opened')[] = [...caseActs, 'opened']
    for (const who of people) for (const one of [...reports, undefined]) {
      const about = one?.id ?? randomUUID()
      const allowed = (what: CaseAct | 'opened') => one !== undefined && (what === 'opened' ? may(who, 'case.open', one)
        : (mayDo('handler', what) && may(who, 'case.handle', one)) || (mayDo('guardian', what) && may(who, 'case.guard', one)) || (mayDo('reporter', what) && may(who, 'case.reply', one)))
      const tried = acts.filter((what) => !(moving as readonly string[]).includes(what) || !allowed(what))
      const letters = await Promise.all(tried.map((what) => seal(school.keyring, {
        kind: what === 'opened' ? 'opened' : 'case', report: about, account: school.idOf(who), ...(what !== 'opened' && { content: { v: 1, seen: 0, what, ...said[what] } }),
      })))
      const answers: string[] = []
      for (let at = 0; at < letters.length; at += 10) answers.push(...(await school.routes.deliver(signedIn(school.idOf(who)), ...letters.slice(at, at + 10))).map((answer) => ('code' in answer ? `${answer.status} ${answer.code}` : answer.status)))
      const other = one !== undefined && reads(who, one) ? 'refused not-allowed' : 'refused unknown-report'
      expect(Object.fromEntries(tried.map((what, nth) => [what, answers[nth]])), `${who}, ${one?.name}`).toEqual(Object.fromEntries(tried.map((what) => [what, allowed(what) ? 'received' : other])))
    }
  })

  it('needs a sign-in: a device alone brings none', async () => {
    const { id } = reports[0] as Placed
    for (const who of ['rita', 'vera', 'kari'] as const) {
      const letter = await seal(school.keyring, { kind: 'case', report: id, account: school.idOf(who), content: { v: 1, seen: 0, what: 'reopen' } })
      expect(await school.routes.deliver({ account: null, via: 'device', deviceAccounts: [school.idOf(who)] }, letter)).toEqual([{ status: 'later', id: letter.id, code: 'sign-in-needed' }])
    }
  })
})
