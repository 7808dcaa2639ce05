import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import CasePaperScreen from '#app/features/takeAlong/CasePaperScreen.vue'
import ExportScreen from '#app/features/takeAlong/ExportScreen.vue'
import OwnDataScreen from '#app/features/takeAlong/OwnDataScreen.vue'
import { switchAccount } from '#app/db/device.ts'
import { wipePhone } from '#app/db/storage.ts'
import { find, screenText, showScreen, tap } from './screen.ts'

const [rita, report] = ['0190a000-0000-7000-8000-00000000000a', '0190a000-0000-7000-8000-0000000000c1']
const [solbakken, fjordsyn] = [{ id: '0d000000-0000-4000-8000-000000000001', name: 'Solbakken skole' }, { id: '0d000000-0000-4000-8000-000000000002', name: 'Fjordsyn skole' }]

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => { ({ end } = await showScreen(...asked)) }
const asked: [path: string, account: string | null][] = []
let answer: () => Response
const saved: string[] = []
const as = (...grants: { role: string; unit: { id: string; name: string } | null }[]) => localStorage.setItem('meldt.session', JSON.stringify({ inbox: true, demo: true, municipality: 'Demo', grants }))
const problem = (status: number, code: string) => () => new Response(JSON.stringify({ type: 'about:blank', title: 't', status, code }), { status, headers: { 'content-type': 'application/problem+json' } })
const file = (name: string) => () => new Response('bytes', { headers: { 'content-type': 'application/octet-stream', 'content-disposition': `attachment; filename="${name}"` } })
const write = async (label: string, value: string) => {
  const field = find(label, 'label').parentElement?.querySelector('input')
  if (!field) throw new Error(`There is no field «${label}»`)
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await flushPromises()
}

beforeEach(async () => {
  await wipePhone()
  await switchAccount(rita)
  as({ role: 'leder', unit: solbakken }, { role: 'leder', unit: fjordsyn }, { role: 'ansatt', unit: solbakken })
  asked.length = 0
  saved.length = 0
  answer = file('sak-000000c1.pdf')
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    asked.push([path, new Headers(init.headers).get('x-account')])
    return answer()
  })
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function note(this: HTMLAnchorElement) { saved.push(this.download) })
})
afterEach(() => { end(); localStorage.clear(); vi.restoreAllMocks() })

describe('a case on paper', () => {
  it('says what is noted and where it ends up, before it is made; then it is on the phone', async () => {
    await show(CasePaperScreen, { props: { id: report } })
    for (const words of ['står i loggen', 'de siste fem minuttene', 'utenfor Meldt']) expect(screenText()).toContain(words)
    await tap('Lag PDF')
    await vi.waitFor(() => expect(screenText()).toContain('Filen er lagret'))
    expect([asked, saved]).toEqual([[[`/api/v1/cases/${report}/pdf?lang=nb`, rita]], ['sak-000000c1.pdf']])
  })

  it.each([
    ['no line', () => { throw new TypeError('Failed to fetch') }, 'Ingen nett akkurat nå'],
    ['a wi-fi’s own page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'Ingen nett akkurat nå'],
    ['a case that is gone', problem(404, 'not-found'), 'kan ikke tas ut av deg'],
    ['too many', problem(429, 'too-many-requests'), 'mange filer i dag'],
    ['a server that fails', problem(500, 'server-error'), 'Prøv igjen om litt'],
  ])('says so at %s, and nothing is saved', async (_what, given, words) => {
    answer = given
    await show(CasePaperScreen, { props: { id: report } })
    await tap('Lag PDF')
    await vi.waitFor(() => expect(screenText()).toContain(words))
    expect(saved).toEqual([])
    expect(find('Lag PDF')).toBeTruthy()
  })

  it('asks for a fresh sign-in that comes back here', async () => {
    answer = problem(403, 'fresh-sign-in-needed')
    await show(CasePaperScreen, { props: { id: report } })
    await tap('Lag PDF')
    await vi.waitFor(() => expect(find('Logg inn på nytt', 'a').getAttribute('href')).toBe(`/auth/login?step_up=1&return_to=${encodeURIComponent(`/case/${report}/paper`)}`))
  })
})

describe('cases for a spreadsheet', () => {
  it('are those of a school and some days', async () => {
    await show(ExportScreen)
    expect(screenText()).toContain('Uten fritekst og navn')
    await tap('Annet system (JSON)')
    expect(screenText()).toContain('også tekst og navn')
    const school = document.querySelector('select') as HTMLSelectElement
    expect([...school.options].map(({ text }) => text)).toEqual(['Alle', 'Solbakken skole', 'Fjordsyn skole'])
    school.value = fjordsyn.id
    school.dispatchEvent(new Event('change', { bubbles: true }))
    await write('Mottatt fra og med', '2026-09-01')
    await write('Til og med', '2026-08-01')
    expect(screenText()).toContain('Den siste dagen er før den første')
    expect(() => find('Lag filen')).toThrow('There is no')
    await write('Til og med', '2026-11-23')
    await tap('Lag filen')
    await vi.waitFor(() => expect(screenText()).toContain('Filen er lagret'))
    expect(asked.map(([path]) => path)).toEqual([`/api/v1/export/cases?format=json&lang=nb&unit=${fjordsyn.id}&from=2026-09-01&to=2026-11-23`])
  })

  it('are for whoever handles cases', async () => {
    as({ role: 'verneombud', unit: solbakken })
    await show(ExportScreen)
    expect(screenText()).toContain('kan ikke tas ut av deg')
    expect(() => find('Lag filen')).toThrow('There is no')
  })
})

describe('one’s own data', () => {
  it('are told of before they are fetched: what is in them, what is not, and where they end up', async () => {
    answer = file('mine-opplysninger.zip')
    await show(OwnDataScreen)
    for (const words of ['Det du har meldt og lagt til', 'Hva som ikke er med', 'uten lås']) expect(screenText()).toContain(words)
    await tap('Hent opplysningene mine')
    await vi.waitFor(() => expect(saved).toEqual(['mine-opplysninger.zip']))
    expect(asked).toEqual([['/api/v1/export/me?lang=nb', rita]])
  })

  it('need somebody who is signed in', async () => {
    await switchAccount(null)
    await show(OwnDataScreen)
    await tap('Hent opplysningene mine')
    await vi.waitFor(() => expect(find('Logg inn', 'a').getAttribute('href')).toBe(`/auth/login?return_to=${encodeURIComponent('/own-data')}`))
    expect(asked).toEqual([])
  })
})
