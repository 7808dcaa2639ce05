import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { People } from '#contract/admin.ts'
import { defaultFeatures } from '#contract/features.ts'
import { defaultSettings } from '#contract/settings.ts'
import ClocksScreen from '#app/features/admin/ClocksScreen.vue'
import GrantScreen from '#app/features/admin/GrantScreen.vue'
import ImportScreen from '#app/features/admin/ImportScreen.vue'
import PeopleScreen from '#app/features/admin/PeopleScreen.vue'
import SetupScreen from '#app/features/admin/SetupScreen.vue'
import UnitsScreen from '#app/features/admin/UnitsScreen.vue'
import MoreScreen from '#app/features/settings/MoreScreen.vue'
import { switchAccount } from '#app/db/device.ts'
import { keptForm } from '#app/db/forms.ts'
import { keepLocal } from '#app/db/local.ts'
import { wipePhone } from '#app/db/storage.ts'
import { find, screenText, showScreen, tap } from './screen.ts'

const [eva, rita, grantId, solbakken] = ['0190a000-0000-7000-8000-00000000000e', '0190a000-0000-7000-8000-00000000000a', '0190a000-0000-7000-8000-0000000000f1', '0d000000-0000-4000-8000-000000000001']
const town: People = {
  units: [{ id: solbakken, name: 'Solbakken skole' }],
  people: [
    { id: eva, subject: 'eva', name: 'Eva Lund', hasSignedIn: true, grants: [] },
    { id: rita, subject: 'rita', name: 'Rita Moe', hasSignedIn: false, grants: [{ id: grantId, role: 'leder', unit: solbakken, from: '2026-08-01T00:00:00+02:00', to: '2027-07-31T22:00:00.000Z', isActive: true }] },
  ],
}

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => {
  const screen = await showScreen(...asked)
  end = screen.end
  return screen
}
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const problem = (status: number, code: string) => new Response(JSON.stringify({ type: 'about:blank', title: 't', status, code }), { status, headers: { 'content-type': 'application/problem+json' } })
const done = () => new Response(null, { status: 204 })
const sent: { what: string; match: string | null; body: unknown }[] = []
/** What the server answers, by method and path. */
let answers: Record<string, () => Response> = {}
const write = async (id: string, text: string, event = 'input'): Promise<void> => {
  const field = document.getElementById(id) as HTMLInputElement | null
  if (field === null) throw new Error(`There is no field ${id}`)
  field.value = text
  field.dispatchEvent(new Event(event, { bubbles: true }))
  await flushPromises()
}
const valueOf = (id: string) => (document.getElementById(id) as HTMLInputElement | null)?.value
const says = (words: string | RegExp) => vi.waitFor(() => expect(screenText()).toMatch(words))
/** Leaves the page for a sign-in, once what stands in the form is kept. */
const leave = async (form: string, said: object) => { await vi.waitFor(async () => expect(await keptForm(eva, form)).toMatchObject(said)); end() }

beforeEach(async () => {
  await wipePhone()
  await switchAccount(eva)
  localStorage.setItem('meldt.session', JSON.stringify({ inbox: false, demo: true, municipality: 'Demo', grants: [{ role: 'eier-admin', unit: null }] }))
  sent.length = 0
  answers = { 'GET /people': () => json(town), 'GET /settings': () => json({ settings: defaultSettings, version: 3 }) }
  vi.stubGlobal('__APP_VERSION__', '1')
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const what = `${init.method ?? 'GET'} ${path.replace('/api/v1', '')}`
    if (what.startsWith('P')) sent.push({ what, match: new Headers(init.headers).get('if-match'), body: JSON.parse(String(init.body)) })
    const answer = answers[what]
    if (answer === undefined) throw new TypeError('Failed to fetch')
    return answer()
  })
})
afterEach(() => { end(); localStorage.clear(); vi.unstubAllGlobals() })

describe('people and roles', () => {
  it('say who has which role, where, and which day is the last', async () => {
    await show(PeopleScreen)
    await says(/Rita Moe ?rita · har ikke logget inn ennå ?Leder · Solbakken skole · til og med 31\. juli 2027/)
    await write('people-find', 'solbakken')
    expect(screenText()).not.toContain('Eva Lund')
  })

  it('end a role only after asking, and say why when it is the last administrator', async () => {
    answers[`POST /people/grants/${grantId}/end`] = () => problem(409, 'last-administrator')
    await show(PeopleScreen)
    await says('Rita Moe')
    await tap(/^Avslutt rollen ?Rita/)
    expect(sent).toEqual([])
    await says('Rollen slutter å gjelde med en gang')
    await tap('Avslutt rollen')
    await says('Dette er den siste administratoren')
    expect(sent.map(({ what }) => what)).toEqual([`POST /people/grants/${grantId}/end`])
  })

  it('say that there is no line', async () => {
    delete answers['GET /people']
    await show(PeopleScreen)
    await says('Dette krever nett')
  })
})

describe('a role', () => {
  const fill = async () => {
    await write('grant-person', rita, 'change')
    await tap(/^Verneombud/)
    await write('grant-unit', solbakken, 'change')
  }

  it('says what is missing, and sends nothing before it is there', async () => {
    await show(GrantScreen)
    await says('Hvem?')
    await tap('Gi en rolle')
    await says(/Skriv en bruker-id.*Skriv et navn.*Velg en rolle.*Velg hvor/)
    await write('grant-person', rita, 'change')
    await tap(/^Leder/)
    await write('grant-unit', solbakken, 'change')
    await write('grant-to', '2099-01-01', 'change')
    await tap('Gi en rolle')
    await says('høyst 400 dager senere')
    expect(sent).toEqual([])
  })

  it('for the whole municipality does not become one for a school, nor the other way', async () => {
    await show(GrantScreen)
    await says('Hvem?')
    await tap(/^HMS/)
    await write('grant-unit', 'whole', 'change')
    await tap(/^Leder/)
    expect(valueOf('grant-unit')).toBe('')
    await write('grant-unit', solbakken, 'change')
    await tap(/^Administrator/)
    expect(valueOf('grant-unit')).toBe('')
  })

  it('asks for a fresh sign-in, and what was filled in is there afterwards', async () => {
    answers['POST /people/grants'] = () => problem(403, 'fresh-sign-in-needed')
    await show(GrantScreen, { path: '/admin/grant' })
    await says('Hvem?')
    await fill()
    await tap('Gi en rolle')
    await says('derfor må du logge inn på nytt')
    expect(find('Logg inn på nytt', 'a').getAttribute('href')).toBe('/auth/login?step_up=1&return_to=%2Fadmin%2Fgrant')
    await leave('grant/', { person: rita, role: 'verneombud', unit: solbakken })
    answers['POST /people/grants'] = () => json({ id: grantId }, 201)
    const { router } = await show(GrantScreen, { path: '/admin/grant' })
    await vi.waitFor(() => expect([valueOf('grant-person'), valueOf('grant-unit')]).toEqual([rita, solbakken]))
    await tap('Gi en rolle')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/admin/people'))
    expect(sent.at(-1)?.body).toMatchObject({ person: { id: rita }, role: 'verneombud', unit: solbakken })
  })
})

describe('a school', () => {
  it('is made, named, and its name survives a fresh sign-in', async () => {
    await show(UnitsScreen)
    await says('Solbakken skole')
    await tap('Ny skole')
    await tap('Lagre')
    await says('Skriv et navn')
    await write('unit-name', 'Nyheim skole')
    await leave('unit', { name: 'Nyheim skole' })
    await show(UnitsScreen)
    await vi.waitFor(() => expect(valueOf('unit-name')).toBe('Nyheim skole'))
    const put = () => sent.find(({ what }) => what.startsWith('PUT /people/units/'))
    await tap('Lagre')
    await says('Dette krever nett')
    answers[put()?.what ?? ''] = done
    await tap('Lagre')
    await says('Nyheim skole er lagret.')
    expect(put()?.body).toEqual({ name: 'Nyheim skole' })
  })
})

describe('a table', () => {
  it('is tried first; each bad row is named by its number; then it is brought in as a whole', async () => {
    const answer = (more: object) => () => json({ committed: false, rows: 2, units: 0, people: 1, grants: 1, bad: [], ...more })
    answers['POST /people/import'] = answer({ bad: [{ row: 3, fault: 'role', value: '=sjef' }] })
    await show(ImportScreen)
    await vi.waitFor(() => expect(valueOf('import-text')).toBe(''))
    await write('import-text', 'unit;subject;name;role;from;to')
    await tap('Prøv tabellen')
    await says(/Rader som må rettes: 1.*Rad 3: Rollen finnes ikke: «=sjef»/)
    expect(screenText()).not.toContain('Ja, gjør det')
    answers['POST /people/import'] = answer({})
    await write('import-text', 'unit;subject;name;role;from;to\n')
    expect(screenText()).not.toContain('Rad 3')
    await tap('Prøv tabellen')
    await says('Alt ser riktig ut')
    answers['POST /people/import'] = answer({ committed: true })
    await tap('Ja, gjør det')
    await says('Gjort: 0 nye skoler, 1 nye personer og 1 nye roller.')
    expect(sent.map(({ body }) => (body as { commit: boolean }).commit)).toEqual([false, false, true])
  })
})

describe('deadlines and features', () => {
  it('are whole numbers within their bounds, over the version that was seen', async () => {
    answers['PUT /settings'] = () => json({ settings: { ...defaultSettings, clocks: { ...defaultSettings.clocks, open: 2 } }, version: 4 })
    await show(ClocksScreen)
    await vi.waitFor(() => expect(valueOf('clock-open')).toBe(String(defaultSettings.clocks.open)))
    await write('clock-open', '1,5', 'change')
    await tap('Lagre')
    await says('Skriv hele tall')
    expect(sent).toEqual([])
    await write('clock-open', '2', 'change')
    // A holiday that lies outside of its season is a slip of the finger.
    for (const week of ['4', '12']) {
      await write('clock-break.winter', week, 'change')
      await tap('Lagre')
      await says('Skriv hele tall')
    }
    expect(sent).toEqual([])
    await write('clock-break.winter', '8', 'change')
    await tap('Lagre')
    await says('Lagret. Telefonene')
    expect(sent).toEqual([{ what: 'PUT /settings', match: '"3"', body: { ...defaultSettings, clocks: { ...defaultSettings.clocks, open: 2 }, breaks: { autumn: 41, winter: 8 } } }])
  })

  it('are kept through a fresh sign-in, and not over what somebody else has set', async () => {
    answers['PUT /settings'] = () => problem(403, 'fresh-sign-in-needed')
    await show(ClocksScreen)
    await vi.waitFor(() => expect(valueOf('clock-answer')).toBeDefined())
    await write('clock-answer', '9', 'change')
    await tap('Lagre')
    await says('logge inn på nytt')
    await leave('clocks', { days: { answer: '9' } })
    answers['GET /settings'] = () => json({ settings: defaultSettings, version: 4 })
    answers['PUT /settings'] = () => problem(412, 'version-conflict')
    await show(ClocksScreen)
    await vi.waitFor(() => expect(valueOf('clock-answer')).toBe('9'))
    await tap('Lagre')
    await says('Noen andre har endret dette')
    expect(sent.at(-1)?.match).toBe('"3"')
    end()
    await show(ClocksScreen)
    await vi.waitFor(() => expect(valueOf('clock-answer')).toBe(String(defaultSettings.clocks.answer)))
  })

  it('that are off are not offered', async () => {
    localStorage.setItem('meldt.session', JSON.stringify({ inbox: true, demo: true, municipality: 'Demo', grants: [{ role: 'hms', unit: null }] }))
    const state = { tag: 't', units: [], mine: [], rows: [] }
    await keepLocal({ ...state, features: defaultFeatures })
    await show(MoreScreen)
    await vi.waitFor(() => { find('Ta ut saker', 'a'); find('Opplæring og øvelse', 'a') })
    await keepLocal({ ...state, features: { push: false, training: false, exports: false } })
    await vi.waitFor(() => expect(screenText()).not.toMatch(/Ta ut saker|Opplæring/))
  })
})

describe('the first administrator', () => {
  it('begins with the operator’s code, and is told when it is not right', async () => {
    answers['POST /setup'] = () => problem(404, 'not-found')
    const { router } = await show(SetupScreen)
    await write('setup-code', ' the-operators-code ')
    await tap('Begynn')
    await says('Koden er ikke riktig')
    answers['POST /setup'] = done
    await tap('Begynn')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/admin'))
    expect(sent[0]?.body).toEqual({ code: 'the-operators-code' })
  })
})
