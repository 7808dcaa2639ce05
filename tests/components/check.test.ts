import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CaseSummary } from '#contract/changes.ts'
import CheckScreen from '#app/features/cases/CheckScreen.vue'
import CheckTrialScreen from '#app/features/cases/CheckTrialScreen.vue'
import ChecksScreen from '#app/features/cases/ChecksScreen.vue'
import { keepCase } from '#app/db/caseCopies.ts'
import { caseById } from '#app/db/cases.ts'
import { keepChanges } from '#app/db/changes.ts'
import { switchAccount } from '#app/db/device.ts'
import { newId } from '#app/domain/ids.ts'
import { aCase, caseEvent, caseSummary, morning } from '../support/caseSummary.ts'
import { find, giveKeys, isChosen, screenText, showScreen, tap } from './screen.ts'

const rita = '0190a000-0000-7000-8000-00000000000b'
let end = () => undefined as void
let seq = 0
async function told(more: Parameters<typeof caseSummary>[1] = {}): Promise<CaseSummary> {
  seq += 1
  const summary = caseSummary(newId(), { seq, openedAt: morning, ...more })
  await keepChanges(rita, { cursor: `1.${seq}`, more: false, changes: [summary] }, true)
  return summary
}
async function show(id: string, check: string) {
  const screen = await showScreen(CheckScreen, { path: `/case/${id}/check/${check}`, props: { id, check } })
  end = screen.end
  return screen
}
const answered = async (question: string, answer: string) => {
  const group = await vi.waitFor(() => {
    const found = [...document.querySelectorAll('fieldset')].find((one) => one.querySelector('legend')?.textContent?.includes(question))
    if (found === undefined) throw new Error(`Nobody asks «${question}»: ${screenText()}`)
    return found
  })
  const choice = [...group.querySelectorAll('label')].find((one) => one.textContent?.trim() === answer)
  choice?.querySelector('input')?.click()
  await flushPromises()
}
const acts = async (id: string) => (await caseById(id))?.events.map(({ content }) => content) ?? []

beforeAll(async () => {
  await giveKeys()
  await switchAccount(rita)
})
afterEach(() => end())

describe('a check in a case', () => {
  it('asks one thing after the other, says what follows, and keeps what was done', async () => {
    const { report } = await told()
    const { router } = await show(report, 'serious-injury')
    await answered('Er en ansatt død, skadet eller syk', 'Ja')
    expect(screenText()).toContain('Svar på spørsmålene')
    await answered('Er det dødsfall, eller kan skaden', 'Ja')
    await answered('Henger det sammen med jobben', 'Ja')
    expect(screenText()).toContain('Varsle Arbeidstilsynet og politiet straks.')
    expect(screenText().replaceAll('\u2060', '')).toContain('Arbeidsgiveren · loven: straks og på raskeste måte · arbeidsmiljøloven § 5-2')
    expect(screenText()).toContain('I kraft per')
    await tap(/^Ring nærmeste politi/)
    await tap('Lagre sjekken')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe(`/case/${report}`))
    expect(await acts(report)).toEqual([
      expect.objectContaining({ what: 'check', check: 'serious-injury', outcome: 'needed', answers: { hurt: 'yes', grave: 'yes', work: 'yes' }, done: ['police'], rules: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) }),
    ])
  })

  it('begins with what the report has said, and says so', async () => {
    const { report } = await told({ facts: { tiles: ['hit'], intervention: 'yes' } })
    await show(report, 'intervention')
    await vi.waitFor(() => expect(screenText()).toContain('Fylt ut fra meldingen.'))
    expect(isChosen('Ja')).toBe(true)
    await answered('Grep en ansatt inn fysisk', 'Nei')
    expect(screenText()).toContain('Ikke nødvendig')
    expect(screenText()).not.toContain('Fylt ut fra meldingen.')
  })

  it('takes a step back when an answer changes: what is not asked any more is not kept', async () => {
    const { report } = await told()
    const { router } = await show(report, 'serious-injury')
    for (const question of ['Er en ansatt død', 'Er det dødsfall', 'Henger det sammen']) await answered(question, 'Ja')
    await tap(/^Ring Arbeidstilsynet/)
    await answered('Er en ansatt død', 'Nei')
    await tap('Lagre sjekken')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe(`/case/${report}`))
    expect(await acts(report)).toEqual([expect.objectContaining({ outcome: 'not-needed', answers: { hurt: 'no' }, done: [] })])
  })

  it('comes back with what was said last time', async () => {
    const checks = [{ check: 'ros' as const, outcome: 'needed' as const, done: ['assess'], at: morning }]
    const summary = await told({ status: { state: 'working', checks } })
    await keepCase(rita, aCase(summary, { events: [caseEvent(1, { v: 1, what: 'check', seen: 0, check: 'ros', answers: { covered: 'no', changed: 'no' }, outcome: 'needed', done: ['assess'], rules: '2026-01-01', reference: '26/117' })] }))
    await show(summary.report, 'ros')
    await vi.waitFor(() => expect(screenText()).toContain('Sist: Noe skal gjøres'))
    expect(screenText()).toContain('Spørsmålene er endret siden sist.')
    expect(find(/^Kartlegg og vurder risikoen/).querySelector('input')?.checked).toBe(true)
    expect(document.querySelector<HTMLInputElement>('#check-reference')?.value).toBe('26/117')
  })

  it('leads out when it is whistleblowing, and keeps nothing', async () => {
    const { report } = await told()
    await show(report, 'whistleblowing')
    await vi.waitFor(() => expect(find('Les om varsling').getAttribute('href')).toBe('/read/speak-up'))
    expect(document.querySelectorAll('input, textarea, form')).toHaveLength(0)
  })

  it('is not for a safety representative, not in a closed case, and says nothing of health to the municipality', async () => {
    const guarded = await told({ part: 'guardian' })
    await show(guarded.report, 'ros')
    await vi.waitFor(() => expect(screenText()).toContain('Dette kan ikke gjøres nå.'))
    end()
    const closed = await told({ status: { state: 'closed' } })
    await show(closed.report, 'ros')
    await vi.waitFor(() => expect(screenText()).toContain('Dette kan ikke gjøres nå.'))
    end()
    const masked = await told({ status: { state: 'working', checks: [{ check: 'work-injury', outcome: 'unsure', done: [], at: morning }] } })
    await keepCase(rita, aCase(masked, { masked: true }))
    await show(masked.report, 'work-injury')
    await vi.waitFor(() => expect(screenText()).toContain('Lederen har svart.'))
    expect(document.querySelectorAll('input')).toHaveLength(0)
  })
})

describe('the checks without a case', () => {
  it('are all there, and are tried without anything being kept', async () => {
    const list = await showScreen(ChecksScreen)
    await vi.waitFor(() => expect(document.querySelectorAll('main a[href^="/checks/"]')).toHaveLength(10))
    list.end()
    const trial = await showScreen(CheckTrialScreen, { props: { check: 'child-welfare' } })
    end = trial.end
    for (const question of ['Er det grunn til å tro', 'alvorlig sykdom', 'utviklingen sin', 'menneskehandel']) await answered(question, question.startsWith('Er') ? 'Ja' : 'Nei')
    expect(screenText()).toContain('Hver ansatt · loven: uten ugrunnet opphold')
    expect([...document.querySelectorAll('button')].map((one) => one.textContent)).not.toContain('Lagre sjekken')
  })
})
