import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { checksToClose } from '#contract/caseCodes.ts'
import type { CaseSummary } from '#contract/changes.ts'
import ActScreen from '#app/features/cases/ActScreen.vue'
import CaseScreen from '#app/features/cases/CaseScreen.vue'
import InboxScreen from '#app/features/cases/InboxScreen.vue'
import { writeAct } from '#app/db/caseActs.ts'
import { keepCase } from '#app/db/caseCopies.ts'
import { caseById } from '#app/db/cases.ts'
import { keepChanges } from '#app/db/changes.ts'
import { switchAccount } from '#app/db/device.ts'
import { keptForm } from '#app/db/forms.ts'
import { inAccount } from '#app/db/gateway.ts'
import { newId } from '#app/domain/ids.ts'
import { aCase, caseEvent, caseSummary, morning } from '../support/caseSummary.ts'
import { find, giveKeys, screenText, showScreen, tap } from './screen.ts'

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => {
  const screen = await showScreen(...asked)
  end = screen.end
  return screen
}
const rita = '0190a000-0000-7000-8000-00000000000b'
const titles = () => [...document.querySelectorAll('main .list h2 a')].map((link) => link.textContent)
const tell = (...changes: CaseSummary[]) => keepChanges(rita, { cursor: '3', more: false, changes }, true)
const soon = new Date(Date.now() + 60_000).toISOString()
const long = new Date(Date.now() - 5 * 24 * 60 * 60 * 1000).toISOString()

beforeAll(async () => {
  await giveKeys()
  await switchAccount(rita)
})
afterEach(() => end())

describe('the inbox', () => {
  const cases = () => [
    caseSummary('0190a000-0000-7000-8000-0000000000d0', { facts: { tiles: ['threat'], severity: 3, place: 'wardrobe' }, openedAt: morning, due: [{ what: 'answer', at: soon }] }),
    caseSummary('0190a000-0000-7000-8000-0000000000d1', { facts: { tiles: ['hit'], severity: 2, contactToday: true } }),
    caseSummary('0190a000-0000-7000-8000-0000000000d2', { facts: { tiles: ['bite'], severity: 1 }, openedAt: morning, status: { state: 'closed', closedAt: morning } }),
    ...['d3', 'd4', 'd5', 'd6'].map((last) => caseSummary(`0190a000-0000-7000-8000-0000000000${last}`, { facts: { tiles: ['damage'] }, openedAt: morning })),
  ]

  it('has four heaps with counts, and says who asks for contact today', async () => {
    await tell(...cases())
    await show(InboxScreen)
    await vi.waitFor(() => expect(titles()).toEqual(['Slag eller spark']))
    expect(screenText()).toContain('Ber om kontakt i dag')
    await tap('Følges opp 5')
    expect(titles()[0]).toBe('Trussel')
    await tap('Forfaller 1')
    expect(titles()).toEqual(['Trussel'])
    expect(screenText()).toContain('Dette er kommunens egen norm, ikke loven.')
    await tap('Ferdig 1')
    expect(titles()).toEqual(['Biting, kloring, spytting'])
  })

  it('is searched by the words of its codes, over all heaps', async () => {
    await tell(...cases())
    await show(InboxScreen)
    await vi.waitFor(() => expect(screenText()).toContain('Søk i innboksen'))
    const box = document.querySelector<HTMLInputElement>('input[type=search]')
    if (!box) throw new Error('There is no search')
    box.value = 'garderobe TRUS'
    box.dispatchEvent(new Event('input'))
    await flushPromises()
    expect(titles()).toEqual(['Trussel'])
    expect(screenText()).toContain('1 treff')
  })
})

describe('a case', () => {
  const open = async (summary: CaseSummary, more: Parameters<typeof aCase>[1] = {}) => {
    await tell(summary)
    await keepCase(rita, aCase(summary, more))
    return show(CaseScreen, { props: { id: summary.report } })
  }

  it('shows what each letter says, and nothing that it does not say', async () => {
    const id = newId()
    const letter = (letterId: string, kind: 'report' | 'supplement' | 'opened', facts: CaseSummary['facts']) => ({ id: letterId, kind, at: morning, receivedAt: morning, confirmed: true, facts })
    await open(caseSummary(id), { letters: [letter(id, 'report', { tiles: ['hit'], severity: 2 }), letter(newId(), 'supplement', { description: 'Elev A slo' }), letter(newId(), 'opened', {})] })
    await vi.waitFor(() => expect(screenText()).toContain('Elev A slo'))
    await flushPromises()
    expect(screenText()).toContain('Kari Solheim')
    expect(screenText()).not.toContain('Ikke vurdert')
  })

  it('says first that somebody should talk with the person affected, and what runs out by the norm', async () => {
    await open(caseSummary(newId(), { openedAt: morning, due: [{ what: 'contact', at: long }] }))
    await vi.waitFor(() => expect(screenText()).toContain('Først: snakk med den ansatte'))
    expect(screenText()).toContain('Frist ute')
    expect(screenText()).toContain('Snakke med den ansatte: skulle vært gjort')
    expect(screenText()).toContain('kommunens egen norm, ikke loven')
  })

  it('shows the log with what was done at the same time, what changed nothing, and why', async () => {
    await open(caseSummary(newId(), { openedAt: morning, status: { acts: 3 } }), { events: [
      caseEvent(1, { what: 'opened' }), caseEvent(2, { v: 1, what: 'note', seen: 1, text: 'Ritas notat' }), caseEvent(3, { v: 1, what: 'close', seen: 1, text: 'Larsens svar' }, { by: 'Lars Lie', seen: 1, idle: 'incomplete' }),
    ] })
    await vi.waitFor(() => expect(screenText()).toContain('Logg · 3'))
    expect(screenText()).toContain('Skrevet samtidig som noe annet')
    expect(screenText()).toContain('Endret ikke noe: Noe manglet før saken kunne avsluttes.')
  })

  it('offers a safety representative what is theirs, and nothing else', async () => {
    await open(caseSummary(newId(), { part: 'guardian', openedAt: morning }), { masked: true, reporter: null })
    await vi.waitFor(() => expect(screenText()).toContain('Skriv en kommentar'))
    expect(['Be om et tiltak', 'Stans farlig arbeid'].every((words) => screenText().includes(words))).toBe(true)
    expect(['Avslutt saken', 'Internt notat', 'Legg til tiltak', 'Svar uten å avslutte'].some((words) => screenText().includes(words))).toBe(false)
  })

  it('that is grave is signed by another than the one who closed it', async () => {
    const verify = { state: 'verify', closedAt: morning, level: 3 } as const
    const { end: leave } = await open(caseSummary(newId(), { openedAt: morning, status: { ...verify, closedBy: rita } }))
    await vi.waitFor(() => expect(screenText()).toContain('Du avsluttet den, så en annen må skrive under.'))
    leave()
    await open(caseSummary(newId(), { part: 'guardian', openedAt: morning, status: { ...verify, closedBy: newId() } }))
    await vi.waitFor(() => expect(find('Skriv under', 'a')).toBeTruthy())
  })
})

describe('a case that is not theirs any more', () => {
  it('shows what was written in it and did not arrive, and lets it be sent again or taken away', async () => {
    const id = newId()
    await tell(caseSummary(id))
    await writeAct(id, { what: 'note', text: 'Det jeg rakk å skrive' })
    await inAccount(rita, ({ letters }) => letters.where('report').equals(id).modify({ attempts: 1, refusedBecause: 'not-found', nextAttemptAt: Number.POSITIVE_INFINITY }))
    await tell()
    await show(CaseScreen, { props: { id } })
    await vi.waitFor(() => expect(screenText()).toContain('Det jeg rakk å skrive'))
    expect(screenText()).toContain('Saken finnes ikke her')
    expect(find('Send på nytt', 'button')).toBeTruthy()
    await tap('Slett: Internt notat')
    await vi.waitFor(() => expect(screenText()).not.toContain('Det jeg rakk å skrive'))
  })
})

describe('a form', () => {
  const begin = async (act: string, summary: CaseSummary, path = '/') => {
    await tell(summary)
    await keepCase(rita, aCase(summary, { people: [{ id: rita, name: 'Rita Berg' }, { id: newId(), name: 'Lars Lie' }] }))
    return show(ActScreen, { path, props: { id: summary.report, act } })
  }
  const write = async (id: string, words: string) => {
    const field = document.querySelector<HTMLTextAreaElement | HTMLInputElement>(`#${id}`)
    if (!field) throw new Error(`There is no field ${id}`)
    field.value = words
    field.dispatchEvent(new Event('input'))
    await flushPromises()
  }
  const actsIn = async (id: string) => (await caseById(id))?.events.map(({ content }) => content) ?? []

  it('says what is missing, then saves, and the case shows it with a way to undo it', async () => {
    const summary = caseSummary(newId(), { openedAt: morning })
    const { router } = await begin('contact', summary)
    await vi.waitFor(() => expect(screenText()).toContain('Hvordan?'))
    await tap('Lagre')
    await vi.waitFor(() => expect(screenText()).toContain('Velg hvordan'))
    await tap('Samtale')
    await write('act-text', 'Hun vil ha fri i morgen')
    await tap('Lagre')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe(`/case/${summary.report}`))
    expect(await actsIn(summary.report)).toMatchObject([{ what: 'contact', way: 'talk', text: 'Hun vil ha fri i morgen' }])
    end()
    await show(CaseScreen, { props: { id: summary.report } })
    await vi.waitFor(() => expect(screenText()).toContain('Lagret: Kontakt.'))
    await tap('Angre')
    await vi.waitFor(() => expect(screenText()).toContain('Først: snakk med den ansatte'))
    expect(await actsIn(summary.report)).toEqual([])
  })

  it('brings back what was begun', async () => {
    const summary = caseSummary(newId(), { openedAt: morning })
    await begin('note', summary)
    await vi.waitFor(() => expect(document.querySelector('#act-text')).toBeTruthy())
    await write('act-text', 'Halvveis')
    end()
    await vi.waitFor(async () => expect(await keptForm(rita, `case/${summary.report}/note/`)).toMatchObject({ text: 'Halvveis' }))
    await show(ActScreen, { props: { id: summary.report, act: 'note' } })
    await vi.waitFor(() => expect(document.querySelector<HTMLTextAreaElement>('#act-text')?.value).toBe('Halvveis'))
  })

  it('for closing says in plain words what remains, with the way to it', async () => {
    const summary = caseSummary(newId(), { openedAt: morning, status: { stoppedAt: morning } })
    await begin('close', summary)
    await vi.waitFor(() => expect(screenText()).toContain('Dette gjenstår før saken kan avsluttes'))
    expect(find('Snakk med den ansatte', 'a').getAttribute('href')).toBe(`/case/${summary.report}/do/contact`)
    expect(find('Politianmeldelse', 'a').getAttribute('href')).toBe(`/case/${summary.report}/check/police`)
    expect(screenText()).toContain('Verneombudet må oppheve stansen')
  })

  it('for closing asks for the answer when nothing remains, and says that a second must sign', async () => {
    const checks = checksToClose.map((check) => ({ check, outcome: 'not-needed' as const, done: [], at: morning }))
    const ready = { contactedAt: morning, level: 3, immediate: ['limit'], underlying: ['ros'], noMeasure: true, checks } as const
    const summary = caseSummary(newId(), { openedAt: morning, status: { ...ready, immediate: [...ready.immediate], underlying: [...ready.underlying] } })
    await begin('close', summary)
    await vi.waitFor(() => expect(screenText()).toContain('Svar til den som meldte'))
    expect(screenText()).toContain('må én til se over den og skrive under')
    await tap('Send svaret og avslutt')
    await vi.waitFor(() => expect(screenText()).toContain('Skriv noen ord'))
    await write('act-text', 'Vi har satt inn en ekstra voksen.')
    await tap('Send svaret og avslutt')
    await vi.waitFor(async () => expect((await caseById(summary.report))?.summary.status.state).toBe('verify'))
  })

  it('gives the case to another by name, and not to oneself', async () => {
    await begin('assign', caseSummary(newId(), { openedAt: morning }))
    await vi.waitFor(() => expect(screenText()).toContain('Lars Lie'))
    expect(screenText()).not.toContain('Rita Berg')
  })

  it('is not there for who may not', async () => {
    await begin('close', caseSummary(newId(), { part: 'guardian' }))
    await vi.waitFor(() => expect(screenText()).toContain('Dette kan ikke gjøres nå.'))
  })
})
