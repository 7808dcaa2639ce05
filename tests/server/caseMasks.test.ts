/** What each part sees of one case in which everything has been said: fields and words, listed. A new field is in nobody's list until somebody writes it here. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkCodes, healthChecks } from '#contract/caseCodes.ts'
import type { Case, CaseEvent } from '#contract/changes.ts'
import type { Facts } from '#contract/facts.ts'
import { openCaseWorld, type CaseWorld, type Person } from '../support/caseWorld.ts'

const on = '2026-11-23T10:00:00.000Z'
const facts: Facts = {
  tiles: ['hit'], types: ['FYS-SLAG'], severity: 2, place: 'gym', injury: 'doctor', sickLeave: 'yes', reaction: 'upset', wishes: ['leader'],
  before: 'ORD-before', description: 'ORD-description', deescalation: 'ORD-deescalation', done: 'ORD-done', proposal: 'ORD-proposal', cause: 'ORD-cause',
}
let school: CaseWorld
let report: string
beforeAll(async () => {
  school = await openCaseWorld()
  report = await school.report('kari', facts)
  await school.letter('rita', report, 'opened')
  await school.act('rita', report, { what: 'contact', on, way: 'talk', text: 'ORD-contact' })
  await school.act('rita', report, { what: 'judgement', consequence: 2, likelihood: 2, types: ['FYS-SLAG'] })
  await school.act('rita', report, { what: 'causes', immediate: ['limit'], underlying: ['staffing'], text: 'ORD-causes' })
  await school.act('rita', report, { what: 'measure', kind: 'support', owner: 'ORD-owner', due: '2026-12-24', shared: false, text: 'ORD-measure-own' })
  await school.act('rita', report, { what: 'measure', kind: 'extra-adult', owner: 'ORD-owner-shared', due: '2026-12-24', shared: true, text: 'ORD-measure-shared' })
  await school.act('rita', report, { what: 'no-measure', text: 'ORD-no-measure' })
  for (const who of ['nav', '113', 'bht', 'insurance', 'parents'] as const) await school.act('rita', report, { what: 'notified', who, on })
  for (const check of checkCodes) await school.act('rita', report, { what: 'check', check, answers: { 'a': 'yes' }, outcome: 'needed', done: ['called'], rules: '2026-07-02', reference: `ORD-ref-${check}`, text: `ORD-check-${check}` })
  await school.act('rita', report, { what: 'note', text: 'ORD-note' })
  await school.act('rita', report, { what: 'question', text: 'ORD-question' })
  await school.act('kari', report, { what: 'reply', text: 'ORD-reply' })
  await school.act('rita', report, { what: 'answer', text: 'ORD-answer' })
  await school.act('rita', report, { what: 'comment', text: 'ORD-comment-leader' })
  await school.act('vera', report, { what: 'comment', text: 'ORD-comment-guardian' })
  await school.act('vera', report, { what: 'ask-measure', text: 'ORD-ask' })
  await school.act('vera', report, { what: 'stop', on, text: 'ORD-stop' })
  await school.act('vera', report, { what: 'stop-end', on, text: 'ORD-stop-end' })
  await school.act('rita', report, { what: 'escalate', text: 'ORD-escalate' })
  await school.act('rita', report, { what: 'close', text: 'ORD-close' })
  await school.act('vera', report, { what: 'sign', text: 'ORD-sign' })
  await school.act('kari', report, { what: 'verdict', helped: 'no', text: 'ORD-verdict' })
  await school.act('vera', report, { what: 'objection', text: 'ORD-objection' })
  await school.act('kari', report, { what: 'reopen', text: 'ORD-reopen' })
})
afterAll(() => school?.end())

const opened = async (who: Person): Promise<Case> => {
  const found = await school.caseOf(who, report)
  if (!found) throw new Error(`${who} sees no case`)
  return found
}
const words = (said: unknown) => [...new Set(JSON.stringify(said).match(/ORD-[a-z-]+/g))].toSorted()
const whats = (events: readonly CaseEvent[]) => [...new Set(events.map(({ content }) => content.what))].toSorted()
const reporterWords = ['ORD-before', 'ORD-cause', 'ORD-deescalation', 'ORD-description', 'ORD-done', 'ORD-proposal']
const sound = checkCodes.filter((check) => !healthChecks.includes(check))
const checkWords = (checks: readonly string[]) => checks.flatMap((check) => [`ORD-check-${check}`, `ORD-ref-${check}`])
const acts = ['ask-measure', 'causes', 'check', 'close', 'comment', 'contact', 'escalate', 'judgement', 'measure', 'no-measure', 'notified', 'objection', 'opened', 'question', 'answer', 'reopen', 'reply', 'sign', 'stop', 'stop-end']
const common = ['ORD-answer', 'ORD-ask', 'ORD-causes', 'ORD-close', 'ORD-comment-guardian', 'ORD-comment-leader', 'ORD-contact', 'ORD-escalate', 'ORD-measure-own', 'ORD-measure-shared', 'ORD-no-measure', 'ORD-note', 'ORD-objection', 'ORD-owner', 'ORD-owner-shared', 'ORD-question', 'ORD-reopen', 'ORD-reply', 'ORD-sign', 'ORD-stop', 'ORD-stop-end', 'ORD-verdict']

describe('of one and the same case', () => {
  it('the leader sees all', async () => {
    const seen = await opened('rita')
    expect(words(seen)).toEqual([...reporterWords, ...common, ...checkWords(checkCodes)].toSorted())
    expect(whats(seen.events)).toEqual([...acts, 'note', 'verdict'].toSorted())
    expect([seen.reporter, seen.masked, seen.summary.part, seen.summary.facts.injury, seen.summary.status.verdict]).toEqual(['Kari Solheim', false, 'handler', 'doctor', null])
    expect(seen.summary.status.checks.map(({ check }) => check)).toEqual([...checkCodes])
  })

  it('the municipality, to which it was handed on, sees all but health and who it was', async () => {
    const seen = await opened('hans')
    expect(words(seen)).toEqual([...reporterWords, ...common, ...checkWords(sound)].toSorted())
    expect(whats(seen.events)).toEqual([...acts, 'note', 'verdict'].toSorted())
    expect([seen.reporter, seen.masked, seen.summary.part]).toEqual([null, true, 'handler'])
    expect(seen.events.filter(({ part }) => part === 'reporter').map(({ by }) => by)).toEqual([null, null, null])
    expect(JSON.stringify(seen)).not.toMatch(/Kari|doctor|sickLeave|injury":|reaction|wishes/)
    // Of the health checks only that they are answered, and only those that closing asks for.
    expect(seen.summary.status.checks.map(({ check }) => check)).toEqual(checkCodes.filter((check) => check !== 'sick-leave'))
    expect(seen.summary.status.checks.filter(({ check }) => !sound.includes(check)).every(({ outcome, done }) => outcome === 'unsure' && done.length === 0)).toBe(true)
  })

  it('the safety representative sees what was done and what the two said to each other: no words of the reporter, no health, no notes, no names', async () => {
    const seen = await opened('vera')
    expect(words(seen)).toEqual(['ORD-ask', 'ORD-causes', 'ORD-comment-guardian', 'ORD-comment-leader', 'ORD-measure-own', 'ORD-measure-shared', 'ORD-no-measure', 'ORD-objection', 'ORD-owner', 'ORD-owner-shared', 'ORD-sign', 'ORD-stop', 'ORD-stop-end'])
    expect(whats(seen.events)).toEqual(acts.toSorted())
    expect([seen.reporter, seen.masked, seen.summary.part, seen.people]).toEqual([null, true, 'guardian', []])
    expect(seen.events.filter(({ part }) => part === 'reporter').map(({ by }) => by)).toEqual([null, null])
    expect(JSON.stringify(seen)).not.toMatch(/Kari|doctor|sickLeave|injury":|reaction|wishes|"nav"|"113"|"bht"|"insurance"/)
    expect(seen.summary.status.checks.map(({ check }) => check)).toEqual(sound)
    expect(seen.summary.status).toMatchObject({ verdict: null, recused: [] })
  })

  it('the reporter sees their own words and what was meant for them, and nothing of how the leader thinks', async () => {
    const seen = await opened('kari')
    const told = ['ORD-answer', 'ORD-close', 'ORD-measure-shared', 'ORD-owner-shared', 'ORD-question', 'ORD-reopen', 'ORD-reply', 'ORD-verdict']
    expect(words(seen.events)).toEqual(told)
    expect(words(seen)).toEqual([...reporterWords, ...told].toSorted())
    const own = await school.own('kari', report)
    expect([words(own), whats(own?.timeline ?? [])]).toEqual([told, whats(seen.events)])
    expect(whats(seen.events)).toEqual(['answer', 'close', 'contact', 'escalate', 'measure', 'opened', 'question', 'reopen', 'reply', 'stop', 'stop-end', 'verdict'])
    expect(Object.keys(own?.status ?? {}).toSorted()).toEqual(['acts', 'answeredAt', 'closedAt', 'contactedAt', 'escalatedAt', 'measures', 'openedAt', 'question', 'reopenedAt', 'state', 'stoppedAt', 'verdict'])
    expect(own?.status.measures.map(({ kind }) => kind)).toEqual(['extra-adult'])
    expect(seen.summary.status).toMatchObject({ level: null, risk: null, checks: [], immediate: [], underlying: [], notified: [], types: [], noMeasure: false, asked: false, objectionAt: null, assigned: null, recused: [] })
    expect(seen.summary.status.measures.map(({ kind }) => kind)).toEqual(['extra-adult'])
  })

  it('a verdict and who gave the case up are not for the safety representative, in the list either', async () => {
    const other = await school.report('kari')
    await school.prepare('rita', other)
    await school.act('rita', other, { what: 'close', text: 'ORD-close' })
    await school.act('kari', other, { what: 'verdict', helped: 'no' })
    expect((await school.summary('rita', other))?.status.verdict).toBe('no')
    expect((await school.summary('vera', other))?.status.verdict).toBeNull()
    await school.act('rita', other, { what: 'recuse' })
    expect((await school.summary('vera', other))?.status.recused).toEqual([])
  })
})
