/** The municipality's page and the meetings' pages: what is hidden is said, and never taken for none. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RosMeeting, RosResult, TownNumbers as Answer } from '#contract/statistics.ts'
import MeetingScreen from '#app/features/numbers/MeetingScreen.vue'
import TownNumbers from '#app/features/numbers/TownNumbers.vue'
import { switchAccount } from '#app/db/device.ts'
import { wipePhone } from '#app/db/storage.ts'
import { find, screenText, showScreen } from './screen.ts'

const [hans, solbakken] = ['0190a000-0000-7000-8000-00000000000c', '0d000000-0000-4000-8000-000000000001']
const few = { yes: null, of: null }
const town = (more: Partial<Answer> = {}): Answer => ({
  asOf: '2026-11-23T07:10:00Z', months: [{ month: '2026-09', closedAt: '2026-10-10T22:00:00Z', events: null, reports: null, columns: [] }, { month: '2026-10', closedAt: '2026-11-10T22:00:00Z', events: 55, reports: 49, columns: [] }], quarters: ['2026-1'],
  quarter: {
    quarter: '2026-1', closedAt: '2026-11-10T22:00:00Z', events: 145, followUp: { contactHours: 31, answerDays: null, contacted: few, answered: few, onTime: { yes: 199, of: 200 }, ros: few },
    tables: [{ table: 'severity', cells: [{ code: '2', n: 38 }, { code: 'unsaid', n: 14 }, { code: '1', n: null }, { code: '3', n: null }] }, { table: 'loneWork', cells: [{ code: 'no', n: 39 }, { code: 'yes', n: 24 }, { code: 'unsaid', n: 82 }] },
      { table: 'nearMiss', cells: [{ code: 'no', n: null }, { code: 'yes', n: null }] }, { table: 'measure', cells: [{ code: 'extra-adult', n: 36 }, { code: 'relief', n: 18 }] }, { table: 'worked', cells: [{ code: 'extra-adult', n: 22 }, { code: 'relief', n: null }] }],
  },
  before: null, schools: 9, lastQuarters: ['2025-4', '2026-1'], perPosts: 116.2, perPupils: 141.4, ratesAtLeast: true, coverage: { trained: 4, practised: 3, of: 9, without: ['Fjordsyn'] },
  needing: [{ unit: solbakken, name: 'Solbakken skole', quarters: [null, 35], sum: 35, atLeast: true, needs: true, perPosts: 66.7, perPupils: null, trained: null, practised: null }], ...more,
})
const result: RosResult = { quarter: '2026-1', metOn: '2026-11-12', situation: 'transition', place: null, likelihood: 4, consequence: 4, cause: null, measure: 'extra-adult', owner: 'municipality', due: '2027-01-15', id: 'd', unit: solbakken, doneOn: null, led: 39, days: 40, ledPerWeek: 3.6, sinceLeast: 0, sinceMost: 0.8 }
const meeting = (more: Partial<RosMeeting> = {}): RosMeeting => ({
  asOf: '2026-11-23T07:10:00Z', unit: solbakken, unitName: 'Solbakken skole', quarter: '2026-1', quarters: ['2026-1'], events: 35, eventsBefore: 44, situations: [{ code: 'one-to-one', n: 17 }, { code: 'meal', n: null }, { code: 'lesson', n: null }], situationsBefore: [],
  causes: [{ code: 'staffing', n: null }, { code: 'training', n: null }], triggers: [], measures: [{ kind: 'extra-adult', n: 14, worked: null }], results: [], mayDecide: true, ...more,
})

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => { ({ end } = await showScreen(...asked)) }
const says = (words: string | RegExp) => vi.waitFor(() => expect(screenText()).toMatch(words))
/** The answer below a question. */
const below = (question: string) => find(question, 'h2').closest('section')?.querySelector('p')?.textContent
let answer: object
const asked: string[] = []

beforeEach(async () => {
  await wipePhone()
  await switchAccount(hans)
  localStorage.setItem('meldt.session', JSON.stringify({ inbox: true, demo: true, municipality: 'Demo', grants: [{ role: 'hms', unit: null }] }))
  answer = town()
  asked.length = 0
  vi.stubGlobal('fetch', async (path: string) => { asked.push(path); return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } }) })
})
afterEach(() => { end(); localStorage.clear(); vi.restoreAllMocks() })

describe('the municipality’s page', () => {
  it('claims "most" only where no hidden row can be larger, and says how many are hidden', async () => {
    await show(TownNumbers)
    await says('145 hendelser i perioden')
    expect(below('Hvor alvorlig er det?')).toBe('93 hendelser står i rader som ikke vises, fordi en av dem er liten.')
    expect(below('Var den ansatte alene?')).toBe('Oftest: Ikke alene (39 av 63 der det er oppgitt).')
    expect(below('Hvor mange var nestenhendelser?')).toBe('Ingen av radene kan vises uten å røpe små tall.')
  })
  it('has a dash for a hidden month, "skjult" in its table, and never a zero', async () => {
    await show(TownNumbers)
    await says('55 hendelser i oktober')
    const rows = [...find('Hvor mange hver måned?', 'h2').closest('section')?.querySelectorAll('tbody tr') ?? []].map((row) => [...row.children].map((cell) => cell.textContent))
    expect(rows).toEqual([['september 2026', 'skjult'], ['oktober 2026', '55']])
    expect(find('Hvor mange hver måned?', 'h2').closest('section')?.textContent).toContain('– betyr at tallet er skjult.')
  })
  it('names a school that needs help, with what is at least so much, and a figure that is missing', async () => {
    await show(TownNumbers)
    await says('1 av 9 skoler har hatt mange hendelser over tid')
    const cells = [...find('Skoler som trenger hjelp', 'h2').closest('section')?.querySelectorAll('tbody td') ?? []].map((cell) => cell.textContent?.replace(/\s/g, ' '))
    expect(cells).toEqual(['minst 35', 'minst 66,7', 'mangler', '–vises ikke', '35'])
    expect(screenText()).toContain('minst 116,2 per 100 årsverk')
    expect(screenText()).toContain('199 av 200 (99 %)')
  })
  it('leads to the municipality’s own meeting', async () => {
    await show(TownNumbers)
    await says('Side for kommunens risikomøte')
    expect(find('Side for kommunens risikomøte').getAttribute('href')).toBe('/numbers/meeting?of=town')
  })
})

describe('a meeting’s page', () => {
  it('says what is hidden instead of that nothing stands out', async () => {
    answer = meeting()
    await show(MeetingScreen, { path: `/numbers/meeting?unit=${solbakken}` })
    await says('35 hendelser fra')
    expect(below('I hvilke situasjoner?')).toBe('18 hendelser står i rader som ikke vises, fordi en av dem er liten.')
    expect(below('Hvorfor, slik skolen ser det?')).toBe('Ingen av radene kan vises uten å røpe små tall.')
    expect(find('Hva er prøvd?', 'h2').closest('section')?.querySelector('tbody')?.textContent).toContain('vises ikke')
  })
  it('asks about the pattern in the cases when all is hidden', async () => {
    answer = meeting({ situations: [{ code: 'meal', n: null }, { code: 'lesson', n: null }] })
    await show(MeetingScreen, { path: `/numbers/meeting?unit=${solbakken}` })
    await says('Tallene er for små til å vise hva som går igjen')
    expect(screenText()).not.toContain('Ingenting peker seg ut')
  })
  it.each([
    ['fell', { ...result }, 'Falt fra 3,6 til høyst 0,8 per skoleuke.'],
    ['did not fall', { ...result, sinceLeast: 4, sinceMost: 4.5 }, 'Ikke falt: fra 3,6 til minst 4 per skoleuke.'],
    ['may have', { ...result, sinceLeast: 3, sinceMost: 4 }, 'Det kan ikke sies ennå'],
    ['are looked at too soon', { ...result, days: 9, sinceLeast: null, sinceMost: null }, 'Fire uker etter møtet'],
    ['of the municipality wait for a whole period', { ...result, unit: null, sinceLeast: null, sinceMost: null }, 'Når en hel periode etter møtet'],
    ['were hidden', { ...result, led: null, ledPerWeek: null }, 'Førte hit: tallet vises ikke'],
  ])('tells when events %s', async (_what, one, words) => {
    answer = meeting({ results: [one] })
    await show(MeetingScreen, { path: `/numbers/meeting?unit=${solbakken}` })
    await says(words)
  })
  it('of the municipality asks for its own, and says so when no period is closed', async () => {
    answer = meeting({ unit: null, unitName: null, quarters: [], events: null, situations: [] })
    await show(MeetingScreen, { path: '/numbers/meeting?of=town' })
    await says('Ingen periode er gjort opp ennå')
    expect(asked).toEqual(['/api/v1/ros/town'])
    expect(screenText()).toContain('Risikomøte · Kommunen')
    expect(screenText()).not.toContain('Skriv inn det møtet bestemte')
  })
})
