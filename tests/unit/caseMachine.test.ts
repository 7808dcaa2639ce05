// @vitest-environment node
/** Every act in every state, every step that is not to be, and what holds whatever people do in whatever order. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Value } from 'typebox/value'
import { actsOf, caseActs, caseParts, caseStates, checksToClose, type CaseWhat } from '#contract/caseCodes.ts'
import { fold, gravity, idleStep, lacks, levelOf, mayDo, needsSecond, newCase, step, type Act } from '#contract/caseMachine.ts'
import { CaseStatus } from '#contract/caseStatus.ts'
import { act, anyAct, anyGround, anyHistory, calm, cases, grave, kari, lars, monday, preparation, rita, sayings, vera, who } from './support/caseActs.ts'

/** What an act leads to in a grave case that is new, opened, working, measures, verify, closed: the state after it, or why nothing changed. */
const table: Record<CaseWhat, string> = {
  'opened': 'opened opened working measures verify closed',
  'supplement': 'new opened working measures verify closed',
  'withdrawal': 'new opened working measures verify closed',
  'contact': 'working working working measures already-closed already-closed',
  'judgement': 'working working working measures already-closed already-closed',
  'causes': 'working working working measures already-closed already-closed',
  'measure': 'measures measures measures measures already-closed already-closed',
  'measure-state': 'unknown-measure unknown-measure unknown-measure working verify closed',
  'no-measure': 'working working working measures already-closed already-closed',
  'notified': 'working working working measures already-closed already-closed',
  'check': 'working working working measures already-closed already-closed',
  'note': 'opened opened working measures verify closed',
  'question': 'working working working measures already-closed already-closed',
  'answer': 'working working working measures verify closed',
  'assign': 'opened opened working measures verify closed',
  'recuse': 'new opened working measures verify closed',
  'escalate': 'opened opened working measures verify closed',
  'confidential': 'opened opened working measures verify closed',
  'link': 'opened opened working measures verify closed',
  'close': 'incomplete incomplete incomplete incomplete already-closed already-closed',
  'reopen': 'not-closed not-closed not-closed not-closed measures measures',
  'comment': 'opened opened working measures verify closed',
  'ask-measure': 'new opened working measures verify closed',
  'objection': 'not-closed not-closed not-closed not-closed verify closed',
  'stop': 'new opened working measures verify closed',
  'stop-end': 'no-stop no-stop no-stop no-stop no-stop no-stop',
  'sign': 'not-closed not-closed not-closed not-closed own-closing already-signed',
  'reply': 'no-question no-question no-question no-question no-question no-question',
  'verdict': 'no-answer no-answer no-answer no-answer verify closed',
}

describe('each act in each state', () => {
  it('leads where the table says, and one that leads nowhere changes nothing but that it was there', () => {
    for (const what of Object.keys(sayings) as CaseWhat[]) {
      const expected = (table[what] ?? '').split(' ')
      caseStates.forEach((state, nth) => {
        const before = cases()[state]
        const one = act(what)
        const { status, idle } = step(before, one, grave)
        expect(idle ?? status.state, `${what} in ${state}`).toBe(expected[nth])
        if (idle === undefined) return
        const isLookedAt = one.part === 'handler'
        const opens = isLookedAt && before.openedAt === null ? { openedAt: one.at, state: 'opened' } : {}
        expect(status, `${what} in ${state}`).toEqual({ ...before, ...opens, acts: before.acts + 1, unread: !isLookedAt })
      })
    }
  })

  it('has a place for every code', () => {
    expect(Object.keys(table).sort()).toEqual([...caseActs, 'opened', 'supplement', 'withdrawal'].sort())
  })

  it('closes a case at once when nobody has said that it is grave', () => {
    const { status } = step(fold(preparation(), calm), act('close'), calm)
    expect(status).toMatchObject({ state: 'closed', closedBy: rita, signedAt: null })
    expect(step(status, act('sign', {}, { part: 'guardian', author: vera }), calm).idle).toBe('already-closed')
  })
})

describe('who may do what', () => {
  it('is one list for each part: the reporter never handles, the guardian never closes, the clock only hands on', () => {
    expect(Object.fromEntries(caseParts.map((part) => [part, caseActs.filter((what) => mayDo(part, what))]))).toEqual({
      reporter: ['reopen', 'reply', 'verdict'],
      handler: caseActs.filter((what) => !['ask-measure', 'objection', 'stop', 'reply', 'verdict'].includes(what)),
      guardian: ['reopen', 'comment', 'ask-measure', 'objection', 'stop', 'stop-end', 'sign'],
      clock: ['escalate'],
    })
    expect(new Set(Object.values(actsOf).flat()).size).toBe(caseActs.length)
  })
})

describe('how grave it is', () => {
  it('is consequence times likelihood, and the gravest consequence always counts', () => {
    const levels = [1, 2, 3, 4, 5].map((consequence) => [1, 2, 3, 4, 5].map((likelihood) => levelOf(consequence, likelihood)).join(''))
    expect(levels).toEqual(['11112', '11222', '12223', '12233', '33333'])
  })

  it('is the leader’s judgement before the reporter’s own, but the floor always wants two', () => {
    const judged = fold([act('judgement', { consequence: 1, likelihood: 1 })], grave)
    expect([gravity(judged, grave), needsSecond(judged, grave)]).toEqual([1, true])
    expect([gravity(newCase(), grave), gravity(newCase(), { ...calm, severity: 2 }), gravity(newCase(), { ...calm, severity: null })]).toEqual([3, 2, null])
    expect(needsSecond(fold([act('judgement', { consequence: 5, likelihood: 1 })], calm), calm)).toBe(true)
  })
})

describe('closing', () => {
  it('names each thing that is missing, and nothing else', () => {
    expect(lacks(newCase(), { ...grave, safetyRepKnows: false })).toEqual(['contact', 'judgement', 'immediate', 'underlying', 'measures', 'safety-rep', ...checksToClose.map((check) => `check-${check}`)])
    const acts = preparation()
    expect(lacks(fold(acts, calm), calm)).toEqual([])
    for (const one of acts) {
      const lacking = fold(acts.filter((other) => other !== one), calm)
      expect(lacks(lacking, calm), JSON.stringify(one.content)).toHaveLength(one.content.what === 'causes' ? 2 : 1)
      expect(step(lacking, act('close'), calm).idle).toBe('incomplete')
    }
  })

  it('waits for a reply, for an end of the stop, and for the safety representative’s being told', () => {
    const ready = fold(preparation(), calm)
    const after = (...acts: Act[]) => lacks(acts.reduce((status, one) => step(status, one, calm).status, ready), calm)
    expect([after(act('question')), after(act('question'), act('reply'))]).toEqual([['question'], []])
    const lifts = (part: 'guardian' | 'handler') => act('stop-end', {}, { part, author: part === 'guardian' ? vera : rita })
    expect([after(act('stop')), after(act('stop'), lifts('handler')), after(act('stop'), lifts('guardian'))]).toEqual([['stop'], ['stop'], []])
    const alone = { ...calm, safetyRepKnows: false }
    // Where no representative can see the case any more, the stop must not keep it open for ever.
    expect(step(step(ready, act('stop'), alone).status, lifts('handler'), alone).status.stoppedAt).toBeNull()
    expect([lacks(ready, alone), lacks(step(ready, act('notified', { who: 'main-safety-rep' }), alone).status, alone)]).toEqual([['safety-rep'], []])
  })

  it('takes «we do not know» for a cause only with a reason, and a dropped measure for none', () => {
    const said = (text?: string) => lacks(fold([...preparation(), act('causes', { immediate: [], underlying: [], ...(text !== undefined && { text }) })], calm), calm)
    expect([said(), said(' '), said('Vi vet det ikke')]).toEqual([['immediate', 'underlying'], ['immediate', 'underlying'], []])
    const dropped = fold([...preparation(), act('measure-state', { state: 'dropped' })], calm)
    expect([lacks(dropped, calm), lacks(step(dropped, act('no-measure'), calm).status, calm)]).toEqual([['measures'], []])
  })

  it('asks nothing of a withdrawn report, but never leaves a stop of dangerous work behind', () => {
    const withdrawn = fold([act('withdrawal')], grave)
    expect([lacks(withdrawn, grave), step(withdrawn, act('close'), grave).status.state]).toEqual([[], 'closed'])
    expect(step(withdrawn, act('question'), grave).idle).toBe('withdrawn')
    expect(step(step(withdrawn, act('stop'), grave).status, act('close'), grave).idle).toBe('incomplete')
  })

  it('of a grave case is signed by anybody but the one who closed it', () => {
    const closed = cases().verify
    expect(step(closed, act('sign', {}, { author: rita }), grave).idle).toBe('own-closing')
    for (const more of [{ author: lars }, { part: 'guardian', author: vera }] as const) expect(step(closed, act('sign', {}, more), grave).status.state).toBe('closed')
  })

  it('lets the reporter and the safety representative open it again for thirty days, and the leader whenever', () => {
    const closed = cases().closed
    const idle = (what: 'reopen' | 'objection', at: string, more: Partial<Act>) => step(closed, act(what, {}, { at, ...more }), grave).idle
    const [last, later] = ['2026-12-23T10:15:00.000Z', '2026-12-23T10:15:00.001Z']
    for (const more of [{ part: 'reporter', author: kari }, { part: 'guardian', author: vera }] as const) expect([idle('reopen', last, more), idle('reopen', later, more)]).toEqual([undefined, 'too-late'])
    expect([idle('objection', last, {}), idle('objection', later, {})]).toEqual([undefined, 'too-late'])
    expect(idle('reopen', '2027-11-23T10:15:00Z', { part: 'handler', author: rita })).toBeUndefined()
    expect(idle('reopen', '2026-12-23T12:15:00+02:00', { part: 'reporter', author: kari })).toBeUndefined()
  })
})

describe('what was done', () => {
  it('is never undone by what comes after: a question with its reply, causes taken back', () => {
    expect(fold([act('question'), act('reply')], calm).state).toBe('working')
    expect(fold([act('causes'), act('causes', { immediate: [], underlying: [] })], calm).state).toBe('working')
  })

  it('by a leader who then gives the case up is unread by the next, and it is no longer theirs', () => {
    const status = fold([act('opened'), act('assign', { to: rita }), act('recuse')], calm)
    expect(status).toMatchObject({ unread: true, assigned: null, recused: [rita] })
    expect(step(status, act('assign', { to: rita }, { author: lars }), calm).idle).toBe('not-in-unit')
    expect(fold([act('recuse')], calm)).toMatchObject({ state: 'new', openedAt: null })
  })

  it('is asked about anew when a measure is taken up again', () => {
    const [id] = [who(7)]
    const told = (...states: ['planned' | 'done', 'not'?][]) => fold([act('measure', {}, { id }), ...states.map(([state, effect]) => act('measure-state', { measure: id, state, ...(effect && { effect }) }))], calm).measures[0]
    expect(told(['done', 'not'])).toMatchObject({ state: 'done', effect: 'not' })
    expect(told(['done', 'not'], ['planned'], ['done'])).toMatchObject({ state: 'done', effect: null })
  })
})

/** What never changes once it is said. */
const kept = ['openedAt', 'contactedAt', 'escalatedAt', 'withdrawnAt'] as const
/** All but what an act that changes nothing changes too. */
const withoutCount = ({ acts: _acts, unread: _unread, openedAt: _openedAt, state: _state, ...rest }: CaseStatus) => rest
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) { Object.values(value).forEach(freeze); Object.freeze(value) }
  return value
}

describe('whatever people do, in whatever order', () => {
  it('a case is a whole one after each act, no act is lost, and nothing is overwritten silently', () => {
    fc.assert(fc.property(anyHistory, anyGround, (acts, ground) => {
      acts.reduce((before, one, nth) => {
        const { status, idle } = step(freeze(before), freeze(one), ground)
        expect([...Value.Errors(CaseStatus, status)]).toEqual([])
        expect(status.acts).toBe(nth + 1)
        for (const field of kept) if (before[field] !== null) expect(status[field]).toBe(before[field])
        expect(status.measures.map(({ id }) => id).slice(0, before.measures.length)).toEqual(before.measures.map(({ id }) => id))
        expect(status.notified.slice(0, before.notified.length)).toEqual(before.notified)
        expect(status.recused.slice(0, before.recused.length)).toEqual(before.recused)
        if (idle !== undefined) expect(withoutCount(status)).toEqual(withoutCount(before))
        if (before.state !== 'new' && before.state !== 'opened') expect(['new', 'opened']).not.toContain(status.state)
        return status
      }, newCase())
    }), { numRuns: 300 })
  })

  it('is closed only with an answer, with nothing missing, and a grave one by two', () => {
    fc.assert(fc.property(anyHistory, anyGround, (acts, ground) => {
      acts.reduce((before, one) => {
        const { status } = step(before, one, ground)
        const [was, is] = [before, status].map(({ state }) => state === 'closed' || state === 'verify')
        if (!was && is) expect([one.content.what, one.part, lacks(before, ground)]).toEqual(['close', 'handler', []])
        if (was && !is) expect(one.content.what).toBe('reopen')
        expect([status.closedAt !== null, status.closedBy !== null], JSON.stringify(one)).toEqual([is, is])
        if (is) expect(status.answeredAt).not.toBeNull()
        if (before.state === 'verify' && status.state === 'closed') expect([one.content.what, one.author === before.closedBy]).toEqual(['sign', false])
        if (before.state !== 'verify' && status.state === 'closed' && before.state !== 'closed') expect(needsSecond(before, ground) && before.withdrawnAt === null).toBe(false)
        expect(status.signedAt === null || status.state === 'closed').toBe(true)
        return status
      }, newCase())
    }), { numRuns: 300 })
  })

  it('two who work at once keep everything they did, whoever comes first', () => {
    const together = anyAct.filter(({ content: { what }, part }) => part !== 'clock' && !['close', 'reopen', 'sign', 'recuse', 'withdrawal', 'opened', 'link'].includes(what))
    fc.assert(fc.property(fc.array(together, { maxLength: 15 }), fc.array(fc.boolean(), { minLength: 15, maxLength: 15 }), anyGround, (all, side, ground) => {
      const acts = all.map((one, nth) => ({ ...one, id: who(0x30 + nth) }))
      const [mine, theirs] = [acts.filter((_, nth) => side[nth]), acts.filter((_, nth) => !side[nth])]
      const sums = [[...mine, ...theirs], [...theirs, ...mine]].map((order) => fold(order, ground))
      const whole = sums.map(({ acts: count, measures, notified, checks, escalatedAt }) => ({
        count, escalated: escalatedAt !== null, measures: measures.map(({ id, kind }) => `${id}${kind}`).sort(), notified: notified.map((one) => JSON.stringify(one)).sort(), checks: checks.map(({ check }) => check).sort(),
      }))
      expect(whole[0]).toEqual(whole[1])
      expect(whole[0]).toMatchObject({ count: acts.length, measures: acts.flatMap(({ id, content }) => (content.what === 'measure' ? `${id}${content.kind}` : [])).sort() })
    }))
  })

  it('the phone that adds its own acts to what the server told comes to what the server will', () => {
    fc.assert(fc.property(anyHistory, fc.nat(), anyGround, (acts, at, ground) => {
      const cut = at % (acts.length + 1)
      const told = JSON.parse(JSON.stringify(fold(acts.slice(0, cut), ground))) as CaseStatus
      expect(acts.slice(cut).reduce((status, one) => step(status, one, ground).status, told)).toEqual(fold(acts, ground))
    }))
  })

  it('two who close at once: the first has closed it, and the second sees that', () => {
    const ready = fold(preparation(), calm)
    const first = step(ready, act('close', {}, { author: rita }), calm)
    const second = step(first.status, act('close', {}, { author: lars }), calm)
    expect([first.idle, second.idle, second.status.closedBy, second.status.acts]).toEqual([undefined, 'already-closed', rita, ready.acts + 2])
  })

  it('an act that only the server can refuse counts like every other', () => {
    const one = act('link', { to: who(1) })
    expect(idleStep(newCase(), one, 'itself')).toEqual({ status: { ...newCase(), acts: 1, unread: false, openedAt: one.at, state: 'opened' }, idle: 'itself' })
  })
})

describe('two phones whose clocks do not agree', () => {
  const ago = (minutes: number) => new Date(Date.parse(monday) - minutes * 60_000).toISOString()
  const closed: CaseStatus = { ...newCase(), state: 'closed', closedAt: monday, answeredAt: monday, closedBy: rita }

  it('make no answer before the reopening that it follows, and no reopening before the closing', () => {
    const reopened = step(closed, act('reopen', {}, { at: ago(60) }), calm).status
    expect(reopened.reopenedAt).toBe(monday)
    const answered = step({ ...reopened, reopenedAt: monday }, act('answer', {}, { at: ago(120) }), calm).status
    expect(answered.answeredAt).toBe(monday)
    expect(step({ ...closed, state: 'verify' }, act('sign', {}, { at: ago(5), part: 'guardian', author: vera }), calm).status.signedAt).toBe(monday)
  })
})
