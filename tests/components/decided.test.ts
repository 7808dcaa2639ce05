/** One decision of a risk meeting: its cases, marking, correcting and taking back; and the case that says what was decided after it. */
import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Grant } from '#contract/session.ts'
import type { RosLinks, RosMeeting, RosResult } from '#contract/statistics.ts'
import CaseDecisions from '#app/features/cases/CaseDecisions.vue'
import DecidedScreen from '#app/features/numbers/DecidedScreen.vue'
import DecisionScreen from '#app/features/numbers/DecisionScreen.vue'
import { keepChanges } from '#app/db/changes.ts'
import { switchAccount } from '#app/db/device.ts'
import { keepNumbers } from '#app/db/numbers.ts'
import { wipePhone } from '#app/db/storage.ts'
import { newId } from '#app/domain/ids.ts'
import { caseSummary } from '../support/caseSummary.ts'
import { find, screenText, showScreen, tap } from './screen.ts'

const [rita, solbakken] = ['0190a000-0000-7000-8000-00000000000d', '0d000000-0000-4000-8000-000000000001']
const id = '0190a000-0000-7000-8000-0000000000d1'
const decision = { quarter: '2026-1', metOn: '2026-11-12', situation: 'transition', place: null, likelihood: 4, consequence: 4, cause: 'staffing', measure: 'extra-adult', owner: 'leader', due: '2027-01-15' } as const
const result: RosResult = { ...decision, id, unit: solbakken, doneOn: null, led: null, days: 11, ledPerWeek: null, sinceLeast: null, sinceMost: null }
const meeting = (more: Partial<RosMeeting> = {}): RosMeeting => ({
  asOf: '2026-11-23T07:10:00Z', unit: solbakken, unitName: 'Solbakken skole', quarter: '2026-1', quarters: ['2026-1'], events: 35, eventsBefore: 44, situations: [], situationsBefore: [], causes: [], triggers: [], measures: [], results: [result], mayDecide: true, ...more,
})

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => { const screen = await showScreen(...asked); end = screen.end; return screen }
const says = (words: string | RegExp) => vi.waitFor(() => expect(screenText()).toMatch(words))
const path = `/numbers/meeting/decided/${id}?unit=${solbakken}`
const open = () => show(DecidedScreen, { path, props: { id } })
let [page, links] = [meeting(), { asOf: '', links: [] } as RosLinks]
let isCut = false
let asked = 0
const sent: { path: string; body: unknown }[] = []
const link = (reports: string[], doneOn: string | null = null) => ({ asOf: '2026-11-23T07:10:00Z', links: [{ ...decision, id, doneOn, reports }] })
const grant = (role: Grant['role']) => localStorage.setItem('meldt.session', JSON.stringify({ inbox: true, demo: true, municipality: 'Demo', grants: [{ role, unit: role === 'hms' ? null : { id: solbakken, name: 'Solbakken skole' } }] }))
/** Cases on this phone, one for each day. */
async function told(...days: string[]): Promise<string[]> {
  const cases = days.map((day, nth) => { const at = `${day}T10:00:00+01:00`; return caseSummary(newId(), { seq: nth + 1, unit: solbakken, receivedAt: at, facts: { tiles: ['hit'], occurredAt: at } }) })
  await keepChanges(rita, { cursor: '1.1', more: false, changes: cases }, true)
  return cases.map(({ report }) => report)
}

beforeEach(async () => {
  await wipePhone()
  await switchAccount(rita)
  grant('leder')
  ;[page, links, isCut, asked] = [meeting(), link([]), false, 0]
  sent.length = 0
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    asked += 1
    if (isCut) throw new TypeError('Failed to fetch')
    if ((init.method ?? 'GET') === 'GET') return new Response(JSON.stringify(address.includes('/ros/links') ? links : page), { headers: { 'content-type': 'application/json' } })
    sent.push({ path: address.replace('/api/v1', ''), body: JSON.parse(String(init.body)) })
    return new Response(null, { status: 204 })
  })
})
afterEach(() => { end(); localStorage.clear(); vi.restoreAllMocks(); vi.unstubAllGlobals() })

describe('what a meeting decided', () => {
  it('leads to the cases behind it that are on this phone, the newest first', async () => {
    const [older = '', newer = ''] = await told('2026-09-10', '2026-10-12')
    links = link([older, newer, newId()])
    await open()
    await says('Sakene bak')
    await vi.waitFor(() => expect([...document.querySelectorAll('.link-list a')].map((one) => one.getAttribute('href'))).toEqual([`/case/${newer}`, `/case/${older}`]))
    expect(find(/12\. okt\./).getAttribute('href')).toBe(`/case/${newer}`)
  })

  it('shows a few of many cases, and more when asked', async () => {
    links = link(await told(...Array.from({ length: 23 }, () => '2026-09-10')))
    await open()
    await vi.waitFor(() => expect(document.querySelectorAll('.link-list a')).toHaveLength(20))
    await tap('Vis flere')
    expect(document.querySelectorAll('.link-list a')).toHaveLength(23)
    expect(screenText()).not.toContain('Vis flere')
  })

  it('is marked as done, and as not done after all', async () => {
    await open()
    await says('Merk som gjort')
    page = meeting({ results: [{ ...result, doneOn: '2026-11-20' }] })
    await tap(/^Merk som gjort/)
    await says('Gjort 20. november 2026')
    await tap('Ikke gjort likevel')
    await vi.waitFor(() => expect(sent.map((one) => one.path)).toEqual([`/ros/${id}/done`, `/ros/${id}/done`]))
    expect(sent[1]?.body).toEqual({ on: null })
  })

  it('is taken back only after asking; without a line it stands, and that is said', async () => {
    const { router } = await open()
    await says('Merk som gjort')
    await tap('Trekk tilbake')
    await tap('La det stå')
    expect(sent).toEqual([])
    isCut = true
    await tap('Trekk tilbake')
    const withdraw = find('Trekk tilbake', 'dialog button')
    withdraw.click()
    await vi.waitFor(() => expect(document.querySelector('dialog')?.textContent).toContain('Ikke lagret: fikk ikke kontakt'))
    isCut = false
    withdraw.click()
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/numbers/meeting'))
    expect(sent).toEqual([{ path: `/ros/${id}/withdraw`, body: {} }])
  })

  it('is only read by the safety representative', async () => {
    grant('verneombud')
    page = meeting({ mayDecide: false })
    await open()
    await says('Sakene bak')
    for (const word of ['Merk som gjort', 'Rett', 'Trekk tilbake']) expect(screenText()).not.toContain(word)
  })

  it('that is no longer there says so', async () => {
    page = meeting({ results: [] })
    await open()
    await says('Dette er ikke bestemt lenger')
  })

  it('is corrected from what stood, under a new id and instead of the old one', async () => {
    await keepNumbers(rita, `/ros?unit=${solbakken}`, meeting())
    const { router } = await show(DecisionScreen, { path: `/numbers/meeting/new?unit=${solbakken}&quarter=2026-1&replaces=${id}` })
    await says('Rett det møtet bestemte')
    const due = await vi.waitFor(() => { const found = document.getElementById('ros-due') as HTMLInputElement | null; if (!found) throw new Error('no form'); return found })
    due.value = '2027-02-01'
    due.dispatchEvent(new Event('change', { bubbles: true }))
    await tap('Lagre')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/numbers/meeting'))
    expect(sent).toHaveLength(1)
    expect(sent[0]?.path).toMatch(new RegExp(String.raw`^/ros/(?!${id})[\da-f-]{36}\?unit=${solbakken}&replaces=${id}$`))
    expect(sent[0]?.body).toEqual({ ...decision, due: '2027-02-01' })
  })
})

describe('a decision whose answer was lost', () => {
  it('is corrected when something was changed before it was sent again', async () => {
    const kept: string[] = []
    vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
      if ((init.method ?? 'GET') === 'GET') return new Response(JSON.stringify(page), { headers: { 'content-type': 'application/json' } })
      const asked = new URL(address, 'https://meldt.example')
      const one = asked.pathname.split('/').at(-1) ?? ''
      if (kept.includes(one)) return new Response(JSON.stringify({ type: 'about:blank', title: 't', status: 409, code: 'version-conflict' }), { status: 409, headers: { 'content-type': 'application/problem+json' } })
      kept.push(one)
      sent.push({ path: `${asked.searchParams.get('replaces')}`, body: JSON.parse(String(init.body)) })
      if (kept.length === 1) throw new TypeError('Failed to fetch')
      return new Response(null, { status: 204 })
    })
    await keepNumbers(rita, `/ros?unit=${solbakken}`, meeting())
    const { router } = await show(DecisionScreen, { path: `/numbers/meeting/new?unit=${solbakken}&quarter=2026-1&replaces=${id}` })
    await vi.waitFor(() => find('Lagre'))
    await tap('Lagre')
    await says('Ikke lagret ennå')
    await tap('1 Svært lite trolig')
    await tap('Lagre')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/numbers/meeting'))
    expect(sent.map((one) => one.path)).toEqual([id, kept[0]])
    expect(sent[1]?.body).toEqual({ ...decision, likelihood: 1 })
  })
})

describe('a case', () => {
  const report = newId()
  const openCase = () => show(CaseDecisions, { props: { summary: { report, unit: solbakken } } })
  it('says what was decided after it, with or without a line', async () => {
    links = link([report], '2026-11-20')
    await openCase()
    await says('Tatt opp i risikomøte')
    expect(find(/Ekstra voksen\. Gjort/).getAttribute('href')).toBe(path)
    end()
    isCut = true
    await openCase()
    await says('Tatt opp i risikomøte')
  })
  it('says nothing when it led to nothing, and does not ask for those who may not know', async () => {
    links = link([newId()])
    await openCase()
    await vi.waitFor(() => expect(asked).toBe(1))
    await flushPromises()
    expect(screenText()).toBe('')
    end()
    grant('hms')
    links = link([report])
    await openCase()
    await new Promise((resolve) => { setTimeout(resolve, 100) })
    expect([screenText(), asked]).toEqual(['', 1])
  })
})
