import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BiKey } from '#contract/statistics.ts'
import { dayAt, daysAfter } from '#contract/workdays.ts'
import BiScreen from '#app/features/numbers/BiScreen.vue'
import DecisionScreen from '#app/features/numbers/DecisionScreen.vue'
import FiguresScreen from '#app/features/numbers/FiguresScreen.vue'
import { switchAccount } from '#app/db/device.ts'
import { keptForm } from '#app/db/forms.ts'
import { wipePhone } from '#app/db/storage.ts'
import { find, screenText, showScreen, tap } from './screen.ts'

const [rita, solbakken, fjordsyn, keyId] = ['0190a000-0000-7000-8000-00000000000a', '0d000000-0000-4000-8000-000000000001', '0d000000-0000-4000-8000-000000000002', '0190a000-0000-7000-8000-0000000000b1']
const today = dayAt(Date.now())

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => {
  const screen = await showScreen(...asked)
  end = screen.end
  return screen
}
const json = (body: unknown, status = 200) => () => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const problem = (status: number, code: string) => () => new Response(JSON.stringify({ type: 'about:blank', title: 't', status, code }), { status, headers: { 'content-type': 'application/problem+json' } })
const done = () => new Response(null, { status: 204 })
const noLine = () => { throw new TypeError('Failed to fetch') }
const says = (words: string | RegExp) => vi.waitFor(() => expect(screenText()).toMatch(words))
const sent: { path: string; body: unknown }[] = []
/** What the server answers to a question, and to what it is told. */
let [answer, taken] = [noLine as () => Response, done as () => Response]

const box = (id: string): HTMLInputElement => {
  const found = document.getElementById(id) as HTMLInputElement | null
  if (found === null) throw new Error(`There is no field ${id}`)
  return found
}
const write = async (id: string, text: string): Promise<void> => {
  box(id).value = text
  box(id).dispatchEvent(new Event('change', { bubbles: true }))
  await flushPromises()
}
/** What is read out with a field. */
const wordsWith = (element: Element) => (element.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent).join(' ')
const links = () => [...document.querySelectorAll('ds-error-summary a')].map((link) => link.textContent)
const cardOf = (name: string) => find(name, 'h2').closest('.card')

beforeEach(async () => {
  await wipePhone()
  await switchAccount(rita)
  localStorage.setItem('meldt.session', JSON.stringify({ inbox: true, demo: true, municipality: 'Demo', grants: [{ role: 'leder', unit: { id: solbakken, name: 'Solbakken skole' } }] }))
  sent.length = 0
  ;[answer, taken] = [noLine, done]
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    if ((init.method ?? 'GET') === 'GET') return answer()
    sent.push({ path: path.replace('/api/v1', ''), body: JSON.parse(String(init.body)) })
    return taken()
  })
})
afterEach(() => { end(); localStorage.clear(); vi.restoreAllMocks(); vi.unstubAllGlobals() })

describe('what a meeting decided', () => {
  const path = `/numbers/meeting/new?unit=${solbakken}&quarter=2025-2`
  const open = async () => {
    const screen = await show(DecisionScreen, { path })
    await vi.waitFor(() => box('ros-situation'))
    return screen
  }
  const fill = async () => {
    await write('ros-situation', 'transition')
    await tap('4 Trolig')
    await tap('2 Lite alvorlig')
    await write('ros-measure', 'extra-adult')
    await tap('Leder')
    await write('ros-due', daysAfter(today, 30))
  }

  it('names each thing that is missing, with a link to it and the same words at the field', async () => {
    await open()
    await write('ros-metOn', '')
    await tap('Lagre')
    await says('For å gå videre må du rette opp følgende feil')
    expect(links()).toEqual(['Velg en situasjon', 'Velg hvor sannsynlig det er', 'Velg hvor alvorlig det kan bli', 'Velg hva som skal gjøres', 'Velg hvem som har ansvaret', 'Skriv når møtet var', 'Skriv når det skal være gjort'])
    expect(document.activeElement?.tagName).toBe('DS-ERROR-SUMMARY')
    expect(document.title).toMatch(/^Feil: /)
    for (const id of ['ros-situation', 'ros-metOn', 'ros-due']) expect([id, box(id).getAttribute('aria-invalid')]).toEqual([id, 'true'])
    expect(wordsWith(box('ros-due'))).toBe('Skriv når det skal være gjort')
    expect(wordsWith(find('Leder', 'label').closest('fieldset') as Element)).toBe('Velg hvem som har ansvaret')
    expect(sent).toEqual([])

    await tap('Velg hvem som har ansvaret')
    expect(document.activeElement).toBe(find('Leder', 'label').querySelector('input'))
    await tap('Velg en situasjon')
    expect(document.activeElement).toBe(box('ros-situation'))
    await fill()
    expect(links()).toEqual(['Skriv når møtet var'])
    await write('ros-metOn', today)
    expect(links()).toEqual([])
    expect(document.title).not.toMatch(/Feil/)
    expect(box('ros-due').hasAttribute('aria-invalid')).toBe(false)
  })

  it('is not due before the meeting, and the meeting has been, after the period', async () => {
    await open()
    await fill()
    await write('ros-due', daysAfter(today, -1))
    await tap('Lagre')
    await says('rette opp')
    expect(links()).toEqual(['Fristen kan ikke være før møtet'])
    expect(wordsWith(box('ros-due'))).toBe('Fristen kan ikke være før møtet')
    await write('ros-metOn', daysAfter(today, 1))
    expect(links()).toEqual(['Møtet kan ikke være fram i tid', 'Fristen kan ikke være før møtet'])
    await write('ros-metOn', '2026-01-31')
    expect(links()).toEqual(['Møtet kan ikke være før perioden er slutt'])
    expect(sent).toEqual([])
    await write('ros-metOn', today)
    await write('ros-due', today)
    await tap('Lagre')
    await vi.waitFor(() => expect(sent).toHaveLength(1))
  })

  it('is kept when the line is cut, and sent again it is the same', async () => {
    taken = noLine
    await open()
    await fill()
    await tap('Lagre')
    await says('Ikke lagret ennå')
    end()
    taken = done
    const { router } = await open()
    await says('Vi tok vare på det du hadde begynt på')
    await tap('Lagre')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/numbers/meeting'))
    expect(sent).toHaveLength(2)
    expect(sent[1]).toEqual(sent[0])
    expect(sent[0]?.path).toMatch(new RegExp(String.raw`^/ros/[\da-f-]{36}\?unit=${solbakken}$`))
    expect(sent[0]?.body).toEqual({ quarter: '2025-2', metOn: today, situation: 'transition', place: null, likelihood: 4, consequence: 2, cause: null, measure: 'extra-adult', owner: 'leader', due: daysAfter(today, 30) })
    expect(await keptForm(rita, `ros-${solbakken}`)).toBeUndefined()
  })
})

describe('posts and pupils', () => {
  const open = async () => {
    answer = json({ figures: [{ unit: solbakken, name: 'Solbakken skole', year: 2026, posts: 42.5, pupils: 310 }, { unit: fjordsyn, name: 'Fjordsyn skole', year: 2026, posts: null, pupils: null }] })
    await show(FiguresScreen)
    await vi.waitFor(() => box(`posts-${fjordsyn}`))
  }

  it('refuse what is no number, at the field', async () => {
    await open()
    await write(`posts-${fjordsyn}`, '-3')
    await write(`pupils-${fjordsyn}`, '10.5')
    await tap(/^Lagre ?Fjordsyn/)
    for (const name of ['posts', 'pupils']) expect([box(`${name}-${fjordsyn}`).getAttribute('aria-invalid'), wordsWith(box(`${name}-${fjordsyn}`))]).toEqual(['true', 'Skriv et tall fra 0 og oppover, eller la feltet stå tomt.'])
    expect(document.activeElement).toBe(box(`posts-${fjordsyn}`))
    expect(cardOf('Solbakken skole')?.textContent).not.toContain('Skriv et tall')
    // What is mended is said no more; what is not still is.
    await write(`posts-${fjordsyn}`, '12.5')
    expect(['posts', 'pupils'].map((name) => box(`${name}-${fjordsyn}`).getAttribute('aria-invalid'))).toEqual([null, 'true'])
    expect(sent).toEqual([])
  })

  it('take letters for no number, though the field says that it is empty', async () => {
    await open()
    vi.spyOn(box(`pupils-${solbakken}`), 'validity', 'get').mockReturnValue({ badInput: true } as ValidityState)
    await tap(/^Lagre ?Solbakken/)
    expect(wordsWith(box(`pupils-${solbakken}`))).toContain('Skriv et tall')
    expect(sent).toEqual([])
  })

  it('say in the school’s own card that they are saved, until they are changed', async () => {
    await open()
    await write(`posts-${fjordsyn}`, '12.5')
    await tap(/^Lagre ?Fjordsyn/)
    await says('Lagret: Fjordsyn skole')
    expect(sent).toEqual([{ path: expect.stringMatching(`^/statistics/figures/${fjordsyn}/\\d{4}$`), body: { posts: 12.5, pupils: null } }])
    expect(cardOf('Fjordsyn skole')?.querySelector('[role="status"]')?.textContent).toBe('Lagret: Fjordsyn skole')
    expect(cardOf('Solbakken skole')?.textContent).not.toContain('Lagret')
    await write(`posts-${fjordsyn}`, '13')
    expect(screenText()).not.toContain('Lagret')
    taken = noLine
    await tap(/^Lagre ?Fjordsyn/)
    await vi.waitFor(() => expect(cardOf('Fjordsyn skole')?.textContent).toContain('Ikke lagret: fikk ikke kontakt'))
  })
})

describe('a key for a BI tool', () => {
  const secret = 'meldt_abc'
  const key = (more: Partial<BiKey> = {}): BiKey => ({ id: keyId, name: 'Innsikt', createdAt: '2026-11-01T10:00:00Z', expiresAt: '2099-11-01T10:00:00Z', endedAt: null, lastUsedAt: null, ...more })
  const make = async () => {
    answer = json({ keys: [] })
    await show(BiScreen)
    await says('Ingen nøkler')
    box('bi-name').value = 'Innsikt'
    box('bi-name').dispatchEvent(new Event('input', { bubbles: true }))
    ;[answer, taken] = [json({ keys: [key()] }), json({ id: keyId, secret }, 201)]
    await tap('Lag en nøkkel')
    await says(secret)
    await vi.waitFor(() => find(/^Avslutt nøkkelen ?Innsikt/))
    sent.length = 0
  }

  it('shows its secret once', async () => {
    await make()
    end()
    await show(BiScreen)
    await says('Innsikt')
    expect(screenText()).not.toContain(secret)
  })

  it('is ended only after asking, and then its secret is gone', async () => {
    await make()
    await tap(/^Avslutt nøkkelen ?Innsikt/)
    await says('Avslutte nøkkelen nå?')
    await tap('Behold den')
    expect([sent, document.querySelector('dialog')?.open]).toEqual([[], false])
    await tap(/^Avslutt nøkkelen ?Innsikt/)
    ;[answer, taken] = [json({ keys: [key({ endedAt: '2026-11-02T10:00:00Z' })] }), done]
    await tap('Avslutt nøkkelen')
    await says('Avsluttet')
    expect(sent).toEqual([{ path: `/bi/keys/${keyId}/end`, body: {} }])
    expect(screenText()).not.toContain(secret)
    expect(screenText()).not.toContain('Avslutte nøkkelen nå?')
  })

  it('says where it was asked why it could not be ended', async () => {
    await make()
    await tap(/^Avslutt nøkkelen ?Innsikt/)
    taken = problem(403, 'fresh-sign-in-needed')
    await tap('Avslutt nøkkelen')
    await vi.waitFor(() => expect(document.querySelector('dialog')?.textContent).toContain('Vis hvem du er en gang til'))
    expect(screenText()).toContain(secret)
    await tap('Behold den')
    await tap(/^Avslutt nøkkelen ?Innsikt/)
    expect(screenText()).not.toContain('Vis hvem du er')
  })
})
