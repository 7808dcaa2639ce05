import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import CheckScreen from '#app/features/reports/CheckScreen.vue'
import DetailsScreen from '#app/features/reports/DetailsScreen.vue'
import PracticeScreen from '#app/features/reports/PracticeScreen.vue'
import ReceiptScreen from '#app/features/reports/ReceiptScreen.vue'
import { newDraft } from '#app/composables/useDraft.ts'
import { keepDraft, keptDrafts, openDraft, supplementDraft } from '#app/db/drafts.ts'
import { myReport, myReports, saveReport } from '#app/db/reports.ts'
import type { Facts } from '#contract/facts.ts'
import { find, giveKeys, isChosen, screenText, showScreen, tap } from './screen.ts'

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => {
  const screen = await showScreen(...asked)
  end = screen.end
  return screen
}
const saved = async (facts: Facts = { tiles: ['hit'], severity: 2, occurredAt: '2026-11-23T10:15:00+01:00' }): Promise<string> => {
  const draft = { ...newDraft('report'), facts }
  await saveReport(draft)
  return draft.id
}
const describeIt = async (text: string): Promise<void> => {
  const field = document.querySelector<HTMLTextAreaElement>('#text-description')
  if (field === null) throw new Error('There is no field for what happened')
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('blur', { bubbles: true }))
  await flushPromises()
}
beforeAll(giveKeys)
afterEach(() => end())

describe('the receipt', () => {
  it('says that it is saved here, and not that it is sent', async () => {
    const id = await saved()
    await show(ReceiptScreen, { props: { id } })
    await vi.waitFor(() => expect(document.querySelector('h1')?.textContent).toBe('Lagret på denne telefonen'))
    expect(screenText()).toContain('Sendes når du har nett')
    expect(screenText()).not.toMatch(/Sendt i dag/)
  })

  it('lets it be undone without a trace', async () => {
    const id = await saved()
    await show(ReceiptScreen, { props: { id } })
    await vi.waitFor(() => find(/^Angre/, 'button'))
    await tap(/^Angre/)
    await vi.waitFor(() => expect(document.querySelector('h1')?.textContent).toBe('Hendelsen er slettet'))
    expect(await myReport(id)).toBeUndefined()
  })

  it('tells what a Kladd lacks', async () => {
    const draft = { ...newDraft('report'), kept: true }
    await keepDraft(draft)
    await show(ReceiptScreen, { props: { id: draft.id } })
    await vi.waitFor(() => expect(screenText()).toContain('Mangler: hva som skjedde'))
    expect(find('Fyll ut', 'a').getAttribute('href')).toBe(`/?draft=${draft.id}`)
    await tap('Slett kladden')
    await vi.waitFor(async () => expect(await keptDrafts()).toHaveLength(0))
  })
})

describe('the details', () => {
  it('start with what is known and keep only what is new', async () => {
    const id = await saved({ tiles: ['hit'], place: 'corridor', occurredAt: '2026-11-23T10:15:00+01:00' })
    await show(DetailsScreen, { props: { id }, path: `/report/${id}/details` })
    await vi.waitFor(() => expect(document.querySelector('#field-place input:checked')?.getAttribute('value')).toBe('corridor'))
    await describeIt('Elev A slo med linjal')
    await vi.waitFor(async () => expect((await supplementDraft(id))?.facts).toEqual({ description: 'Elev A slo med linjal' }))
  })

  it('take out a national identity number and ask about what looks like a name, which the person may leave', async () => {
    const id = await saved()
    await show(DetailsScreen, { props: { id }, path: `/report/${id}/details` })
    await vi.waitFor(() => document.querySelector('#text-description') ?? Promise.reject(new Error('not yet')))
    await describeIt('Da slo Torbjørg meg, 13097248022 heter hun')
    await vi.waitFor(() => expect(screenText()).toContain('Vi fjernet et fødselsnummer fra teksten.'))
    expect(screenText()).toContain('Ser ut som et navn: «Torbjørg».')
    await tap('Bytt til «elev A»')
    await vi.waitFor(async () => expect((await supplementDraft(id))?.facts.description).toMatch(/^Da slo elev A meg, \[nummer fjernet\]/))
  })

  it('say where a colleague’s acts belong', async () => {
    const id = await saved()
    await show(DetailsScreen, { props: { id }, path: `/report/${id}/details` })
    await vi.waitFor(() => document.querySelector('#field-actor input') ?? Promise.reject(new Error('not yet')))
    document.querySelector<HTMLElement>('#field-actor input[value=ANSATT]')?.click()
    await flushPromises()
    expect(screenText()).toContain('rutinen for konflikt eller varsling')
  })
})

describe('the check page', () => {
  it('shows every answer with a way to change it, and sends what is new', async () => {
    const id = await saved()
    await keepDraft({ ...newDraft('supplement', id), facts: { done: 'Vi gikk ut' } })
    const { router } = await show(CheckScreen, { props: { id }, path: `/report/${id}/check` })
    await vi.waitFor(() => expect(screenText()).toContain('Vi gikk ut'))
    expect([...document.querySelectorAll('dl a')].every((link) => /field=/.test(link.getAttribute('href') ?? ''))).toBe(true)
    await tap('Send til leder')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe(`/report/${id}`))
    expect((await myReport(id))?.facts).toMatchObject({ tiles: ['hit'], done: 'Vi gikk ut' })
    expect(await supplementDraft(id)).toBeUndefined()
  })

  it('stops only when nobody said what happened, and says so above the button', async () => {
    const id = await saved()
    await keepDraft({ ...newDraft('supplement', id), facts: { tiles: [] } })
    await show(CheckScreen, { props: { id }, path: `/report/${id}/check` })
    await vi.waitFor(() => find('Send til leder'))
    await tap('Send til leder')
    expect(screenText()).toContain('For å gå videre må du rette opp følgende feil')
    expect(find('Velg hva som skjedde', 'a')).toBeDefined()
  })
})

describe('practice', () => {
  it('writes nothing', async () => {
    const before = (await myReports(50)).length
    await show(PracticeScreen, { path: '/practice' })
    await tap('Trussel')
    expect(isChosen('Trussel')).toBe(true)
    await tap('Lagre på telefonen')
    await vi.waitFor(() => expect(screenText()).toContain('Dette var en øving.'))
    expect(await myReports(50)).toHaveLength(before)
    expect(await openDraft()).toBeUndefined()
  })
})
