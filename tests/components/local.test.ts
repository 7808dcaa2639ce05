import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Local, LocalEntry } from '#contract/local.ts'
import CallScreen from '#app/features/help/CallScreen.vue'
import LocalFormScreen from '#app/features/local/LocalFormScreen.vue'
import LocalScreen from '#app/features/local/LocalScreen.vue'
import { switchAccount } from '#app/db/device.ts'
import { keepLocal, localForms, localView } from '#app/db/local.ts'
import { wipePhone } from '#app/db/storage.ts'
import { contentOf, emptyForm, formMistakes } from '#app/domain/localForm.ts'
import { find, screenText, showScreen, tap } from './screen.ts'

const [solbakken, fjordsyn] = ['0d000000-0000-4000-8000-000000000001', '0d000000-0000-4000-8000-000000000002']
const [office, nurse, other, note] = [1, 2, 3, 4].map((nth) => `0190a000-0000-7000-8000-00000000000${nth}`) as [string, string, string, string]
const eva = '0190a000-0000-7000-8000-00000000000e'
const number = (id: string, unit: string | null, label: string, of: 'office' | 'bht' = 'office'): LocalEntry => ({ kind: 'number', id, unit, of, label, number: '55 00 00 01' })
const state = (): Local => ({
  tag: 't', units: [{ id: fjordsyn, name: 'Fjordsyn skole' }, { id: solbakken, name: 'Solbakken skole' }], mine: [solbakken], features: { push: true, training: true, exports: true },
  rows: [
    { version: 1, entry: number(nurse, null, 'Bedriftshelsetjenesten', 'bht') }, { version: 3, entry: number(office, solbakken, 'Kontoret') }, { version: 1, entry: number(other, fjordsyn, 'Kontoret der') },
    { version: 1, entry: { kind: 'addition', id: note, unit: solbakken, item: 'alarm', title: 'Hos oss', texts: { nb: 'Knappen er ved døra.' }, updatedAt: '2026-11-23T08:00:00Z' } },
  ],
})

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => {
  const screen = await showScreen(...asked)
  end = screen.end
  return screen
}
/** What the server answers to a write; the default is no line. */
let answer: () => Response = () => { throw new TypeError('Failed to fetch') }
const sent: { method: string; match: string | null; body: unknown }[] = []
const asAdmin = () => localStorage.setItem('meldt.session', JSON.stringify({ inbox: false, demo: true, municipality: 'Demo', grants: [{ role: 'eier-admin', unit: null }] }))
const write = async (id: string, text: string): Promise<void> => {
  const field = document.getElementById(id) as HTMLInputElement | null
  if (field === null) throw new Error(`There is no field ${id}`)
  field.value = text
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }))
  await flushPromises()
}
const edit = async (id: string, kind = 'number') => {
  const screen = await show(LocalFormScreen, { props: { id }, path: `/local/${id}?kind=${kind}` })
  await vi.waitFor(() => find('Lagre', 'button'))
  return screen
}

beforeEach(async () => {
  await wipePhone()
  await switchAccount(eva)
  await keepLocal(state())
  asAdmin()
  sent.length = 0
  answer = () => { throw new TypeError('Failed to fetch') }
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit = {}) => {
    if ((init.method ?? 'GET') === 'GET') throw new TypeError('Failed to fetch')
    sent.push({ method: init.method ?? '', match: new Headers(init.headers).get('if-match'), body: JSON.parse(String(init.body)) })
    return answer()
  })
})
afterEach(() => { end(); localStorage.clear(); vi.restoreAllMocks() })
const reply = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status, headers: { 'content-type': status < 300 ? 'application/json' : 'application/problem+json' } })

describe('Ring noen', () => {
  const calls = () => [...document.querySelectorAll<HTMLAnchorElement>('a[href^="tel:"]')].map((link) => [(link.textContent ?? '').replace(/\s+/g, ' ').trim(), link.getAttribute('href')])

  it('has the own school’s numbers first, then the municipality’s, and no other school’s', async () => {
    await show(CallScreen)
    await vi.waitFor(() => expect(calls().slice(4)).toEqual([['Kontoret: 55 00 00 01', 'tel:55000001'], ['Bedriftshelsetjenesten: 55 00 00 01', 'tel:55000001']]))
    expect(screenText()).toContain('Skolen min: Solbakken skole')
  })

  it('follows the school that is chosen', async () => {
    await show(CallScreen)
    await vi.waitFor(() => find(/^Skolen min/, 'summary'))
    const select = document.querySelector('select') as HTMLSelectElement
    select.value = fjordsyn ?? ''
    select.dispatchEvent(new Event('change', { bubbles: true }))
    await vi.waitFor(() => expect(calls()[4]?.[0]).toBe('Kontoret der: 55 00 00 01'))
    expect((await localView()).school).toBe(fjordsyn)
  })

  it('has the public numbers when the phone’s storage is shut', async () => {
    await wipePhone()
    vi.spyOn(indexedDB, 'open').mockImplementation(() => { throw new DOMException('shut', 'UnknownError') })
    await show(CallScreen)
    await flushPromises()
    expect(calls().map(([, href]) => href)).toEqual(['tel:113', 'tel:112', 'tel:110', 'tel:116117'])
    expect(screenText()).toContain('Skolen din har ikke lagt inn egne telefonnumre ennå.')
  })
})

describe('the lists', () => {
  it('are for administrators only', async () => {
    localStorage.clear()
    await show(LocalScreen)
    expect(screenText()).toContain('Denne siden er for administratorer')
    expect(document.querySelectorAll('a[href^="/local/"]')).toHaveLength(0)
  })

  it('show every school’s rows, and one school’s when asked', async () => {
    await show(LocalScreen)
    await vi.waitFor(() => expect(document.querySelectorAll('a[href*="kind=number"]')).toHaveLength(4))
    await write(document.querySelector('select')?.id ?? '', fjordsyn ?? '')
    expect(screenText()).toContain('Kontoret der')
    expect(screenText()).not.toContain('Bedriftshelsetjenesten')
  })
})

describe('the form', () => {
  it('says what must be mended, and sends nothing', async () => {
    await edit(office)
    await write('local-label', ' ')
    await write('local-number', 'ring meg')
    await tap('Lagre')
    expect(screenText()).toContain('Telefonnummer: Skriv bare tall')
    expect(screenText()).toContain('Det som står på knappen: Må fylles ut.')
    expect(sent).toEqual([])
  })

  it('sends what is tidied, on the version that was read', async () => {
    answer = () => reply({ version: 4, entry: { ...number(office, solbakken ?? null, 'Kontoret'), number: '+47 55 00 00 99' } })
    const { router } = await edit(office)
    await write('local-number', ' +47 55-00-00\u00A099 ')
    await tap('Lagre')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/local'))
    expect(sent).toEqual([{ method: 'PUT', match: '"3"', body: { kind: 'number', unit: solbakken, of: 'office', label: 'Kontoret', number: '+47 55 00 00 99' } }])
    expect((await localView()).rows.find(({ entry }) => entry.id === office)?.version).toBe(4)
    expect(await localForms()).toEqual({})
  })

  it('keeps what was written when there is no line, also over a restart', async () => {
    await edit(note, 'addition')
    await write('local-texts.nb', 'Ny tekst om knappen.')
    await tap('Lagre')
    await vi.waitFor(() => expect(screenText()).toContain('Fikk ikke kontakt med serveren'))
    end()
    await vi.waitFor(async () => expect(Object.keys(await localForms())).toEqual([note]))
    await edit(note, 'addition')
    expect((document.getElementById('local-texts.nb') as HTMLTextAreaElement).value).toBe('Ny tekst om knappen.')
    end()
    await show(LocalScreen)
    await vi.waitFor(() => expect(screenText()).toContain('Ikke lagret ennå'))
  })

  it('shows another’s edit, and writes over it only when told to', async () => {
    answer = () => reply({ type: 'about:blank', title: '', status: 409, code: 'version-conflict' }, 409)
    await edit(office)
    await write('local-number', '55 00 00 77')
    await keepLocal({ ...state(), rows: [{ version: 8, entry: number(office, solbakken ?? null, 'Resepsjonen') }] })
    await tap('Lagre')
    await vi.waitFor(() => expect(screenText()).toContain('Noen andre har endret dette'))
    expect(screenText()).toContain('Resepsjonen')
    await tap('Behold mitt')
    await tap('Lagre')
    await vi.waitFor(() => expect(sent.map(({ match }) => match)).toEqual(['"3"', '"8"']))
  })

  it('asks before it removes', async () => {
    answer = () => new Response(null, { status: 204 })
    const { router } = await edit(office)
    await tap('Fjern')
    expect(sent).toEqual([])
    find('Fjern', 'dialog button').click()
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/local'))
    expect(sent).toEqual([{ method: 'DELETE', match: '"3"', body: {} }])
    expect((await localView()).rows.map(({ entry }) => entry.id)).not.toContain(office)
  })
})

describe('what a form becomes', () => {
  it('is tidied: pasted signs, line ends and addresses', () => {
    expect(contentOf({ ...emptyForm('addition'), item: 'alarm', title: ' A\u200B\tb ', nb: 'En\r\n\r\n\r\n\r\nto\u202E ', nn: ' ' }))
      .toEqual({ kind: 'addition', unit: null, item: 'alarm', title: 'A b', texts: { nb: 'En\n\nto' } })
    expect(contentOf({ ...emptyForm('link'), title: 'R', url: 'www.bergen.kommune.no/x ' })).toMatchObject({ url: 'https://www.bergen.kommune.no/x', item: null })
  })

  it('may not hold an identity number', () => {
    expect(formMistakes({ ...emptyForm('number'), label: 'Mor 010107 50160', number: '113' })).toEqual([{ field: 'label', fault: 'id-number' }])
  })
})
