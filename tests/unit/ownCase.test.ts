/** What has happened to one's own report: the server's word, and what was said here since. */
import { describe, expect, it } from 'vitest'
import type { CaseContent } from '#contract/caseLetter.ts'
import { answerIn, mayReopen, verdictIn, withOwnActs, type OwnAct } from '#app/domain/ownCase.ts'
import { periodAt, planPeriods, planSteps, stepsOf } from '#app/domain/ownPlan.ts'
import { ownReport, timeline } from '../support/ownReport.ts'
import nb from '../../src/i18n/nb/plan.json'
import { newId } from '#app/domain/ids.ts'

const asked = timeline({ content: { what: 'opened' } }, { content: { v: 1, what: 'question', seen: 1, text: 'Hvem så det?' } })
const question = asked[1]?.id ?? ''
const said = (content: CaseContent, more: Partial<OwnAct> = {}): OwnAct => ({ id: newId(), at: '2026-11-23T11:00:00+01:00', isSent: false, content, ...more })

describe('one’s own acts', () => {
  it('count at once, and wait until they are sent', () => {
    const { school, happenings } = withOwnActs(ownReport('a', { timeline: asked, status: { state: 'working', question } }), [said({ v: 1, what: 'reply', seen: 2, text: 'Elev B' })])
    expect(school.status.question).toBeNull()
    expect(happenings.map(({ content, waits, mine }) => [content.what, waits, mine])).toEqual([['opened', false, false], ['question', false, false], ['reply', true, true]])
  })

  it('do not move a state that only the school knows', () => {
    const { school } = withOwnActs(ownReport('a', { timeline: asked, status: { state: 'working', question } }), [said({ v: 1, what: 'reply', seen: 2, text: 'Elev B' })])
    expect(school.status.state).toBe('working')
  })

  it('say why they change nothing', () => {
    const { happenings } = withOwnActs(ownReport('a'), [said({ v: 1, what: 'reply', seen: 0, text: 'Elev B' }, { isSent: true })])
    expect(happenings).toMatchObject([{ idle: 'no-question', waits: false }])
  })

  it('reopen what was closed', () => {
    const closed = ownReport('a', { status: { state: 'closed', closedAt: '2026-11-20T10:00:00Z', answeredAt: '2026-11-20T10:00:00Z' } })
    expect(withOwnActs(closed, [said({ v: 1, what: 'reopen', seen: 3 })]).school.status).toMatchObject({ state: 'working', closedAt: null })
  })
})

describe('reopening', () => {
  const closed = ownReport('a', { status: { state: 'closed', closedAt: '2026-11-01T10:00:00Z' } }).status
  it.each([['2026-11-30T10:00:00Z', true], ['2026-12-01T10:00:00Z', true], ['2026-12-01T10:00:01Z', false]])('at %s: %s', (now, isPossible) => expect(mayReopen(closed, new Date(now))).toBe(isPossible))
  it('is not offered for what is open', () => expect(mayReopen(ownReport('a', { status: { state: 'working' } }).status, new Date())).toBe(false))
})

describe('the answer', () => {
  const acts = (...contents: CaseContent[]) => withOwnActs(ownReport('a', { timeline: timeline(...contents.map((content) => ({ content }))) }), []).happenings
  const answer = { v: 1, what: 'answer', seen: 0, text: 'Vi har satt inn en voksen til.' } as const
  const close = { v: 1, what: 'close', seen: 2, text: 'Ferdig.' } as const
  const no = { v: 1, what: 'verdict', seen: 1, helped: 'no' } as const

  it('is the last one', () => expect(answerIn(acts(answer, no, close))?.content).toEqual(close))
  it('has a verdict when it was given after it', () => {
    expect(verdictIn(acts(answer, no))).toBe('no')
    expect(verdictIn(acts(answer, no, close))).toBeUndefined()
    expect(verdictIn(acts())).toBeUndefined()
  })
})

describe('the own plan', () => {
  it('opens at what is closest', () => {
    const at = (iso: string) => periodAt('2026-11-23T10:00:00+01:00', new Date(iso))
    expect([at('2026-11-23T20:00:00Z'), at('2026-11-25T10:00:00Z'), at('2026-12-10T10:00:00Z')]).toEqual(['today', 'week', 'month'])
  })
  it('asks of an injury only whoever was hurt', () => {
    const ids = (facts: Parameters<typeof stepsOf>[1]) => planPeriods.flatMap((period) => stepsOf(period, facts).map(({ id }) => id))
    expect(ids({ injury: 'doctor' })).toContain('doctor')
    expect(ids({ injury: 'doctor' })).not.toContain('body')
    expect(ids({})).not.toContain('injury')
  })
  it('has words for each step and no others', () => expect(Object.keys(nb.step).toSorted()).toEqual(planSteps.map(({ id }) => id).toSorted()))
})
