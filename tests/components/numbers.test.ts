import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { tableCodes } from '#contract/counting.ts'
import type { Numbers, SchoolNumbers as Answer, Series } from '#contract/statistics.ts'
import MineNumbers from '#app/features/numbers/MineNumbers.vue'
import SchoolNumbers from '#app/features/numbers/SchoolNumbers.vue'
import SeriesNumbers from '#app/features/numbers/SeriesNumbers.vue'
import { newDraft } from '#app/composables/useDraft.ts'
import { switchAccount } from '#app/db/device.ts'
import { keptNumbers } from '#app/db/numbers.ts'
import { saveReport } from '#app/db/reports.ts'
import { wipePhone } from '#app/db/storage.ts'
import { find, giveKeys, screenText, showScreen, tap } from './screen.ts'

const [rita, solbakken, fjordsyn] = ['0190a000-0000-7000-8000-00000000000a', '0d000000-0000-4000-8000-000000000001', '0d000000-0000-4000-8000-000000000002']
const followUp = { contactHours: 5.5, answerDays: null, contacted: { yes: 9, of: 10 }, answered: { yes: null, of: null }, onTime: { yes: 6, of: 8 }, ros: { yes: 2, of: 8 } }
const numbers = (events: number, more: Partial<Record<string, { code: string; n: number }[]>> = {}): Numbers =>
  ({ events, reports: events - 1, late: 1, tables: [...tableCodes, 'cause' as const, 'measure' as const].map((table) => ({ table, cells: more[table] ?? [] })), followUp })
const school = (events: number, more = {}): Answer => ({
  asOf: '2026-11-23T07:10:00Z', unit: solbakken, unitName: 'Solbakken skole', period: 'year', span: { from: '2026-08-01', to: '2026-11-24' }, spanBefore: { from: '2025-08-01', to: '2025-11-24' },
  now: numbers(events, { month: [{ code: '2026-09', n: 4 }, { code: '2026-11', n: 11 }], hour: [{ code: '2-10', n: 6 }, { code: '3-11', n: 2 }], place: [{ code: 'corridor', n: 9 }, { code: 'unsaid', n: 6 }], severity: [{ code: '3', n: 2 }, { code: '1', n: 3 }] }),
  before: numbers(7, { month: [{ code: '2025-11', n: 3 }] }), repeated: [{ situation: 'transition', place: 'wardrobe', n: 5, grave: 1 }], ...more,
})

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => { ({ end } = await showScreen(...asked)) }
const as = (...grants: { role: string; unit: { id: string; name: string } | null }[]) => localStorage.setItem('meldt.session', JSON.stringify({ inbox: true, demo: true, municipality: 'Demo', grants }))
const json = (body: unknown) => () => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
const problem = (status: number, code: string) => () => new Response(JSON.stringify({ type: 'about:blank', title: 't', status, code }), { status, headers: { 'content-type': 'application/problem+json' } })
const noLine = () => { throw new TypeError('Failed to fetch') }
const says = (words: string | RegExp) => vi.waitFor(() => expect(screenText()).toMatch(words))
const asked: string[] = []
let answer: () => Response
/** The table below a question, as rows of words. */
const tableOf = (question: string): string[][] => [...find(question, 'h2').closest('section')?.querySelectorAll('tr') ?? []].map((row) => [...row.children].map((cell) => cell.textContent ?? ''))

beforeEach(async () => {
  await wipePhone()
  await switchAccount(rita)
  as({ role: 'leder', unit: { id: solbakken, name: 'Solbakken skole' } })
  asked.length = 0
  answer = json(school(15))
  vi.stubGlobal('fetch', async (path: string) => { asked.push(path); return answer() })
})
afterEach(() => { end(); localStorage.clear(); vi.restoreAllMocks(); vi.useRealTimers() })

describe('one’s own numbers', () => {
  it('say what will be here when nothing is', async () => {
    await show(MineNumbers)
    await says('Det du melder, blir talt her')
    expect(asked).toEqual([])
  })

  it('count what waits to be sent, without asking anybody', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T09:00:00Z') })
    await giveKeys()
    await saveReport({ ...newDraft('report'), facts: { tiles: ['hit'], types: ['FYS-SLAG'], occurredAt: '2026-11-20T10:00:00+01:00' } })
    await show(MineNumbers)
    await says('Du har meldt én hendelse dette skoleåret')
    expect(screenText()).toContain('Én av dem venter på sending')
    expect(tableOf('Hvor ofte skjer det?').at(-1)).toEqual(['november 2026', '1'])
    expect(tableOf('Hva skjer?').at(-1)).toEqual(['Slag', '1'])
    expect(asked).toEqual([])
  })
})

describe('a school’s numbers', () => {
  it('answer each question in a sentence, with the same numbers in a table', async () => {
    await show(SchoolNumbers)
    await says('15 hendelser siden 1. august 2026. 14 meldinger forteller om dem. Flest i november (11). 7 i samme tid året før. Én ble meldt mer enn en uke etterpå.')
    expect(asked).toEqual([`/api/v1/statistics/school?unit=${solbakken}&period=year`])
    expect(tableOf('Hvor ofte skjer det?')).toEqual([['Måned', 'I perioden', 'Året før'], ['august 2026', '0', '0'], ['september 2026', '4', '0'], ['oktober 2026', '0', '0'], ['november 2026', '11', '3']])
    // Nothing is drawn here: the rest of the page does not wait for that for long.
    await vi.waitFor(() => find('Hvor skjer det?', 'h2'))
    expect(tableOf('Hvor skjer det?')).toEqual([['Sted', 'Hendelser'], ['Gang eller trapp', '9'], ['Ikke oppgitt', '6']])
    for (const words of ['Oftest tirsdag kl. 10–11 (6)', 'Oftest: Gang eller trapp (9 av 9 der det er oppgitt).', 'Flere meldinger kan bety bedre meldekultur', 'Overgang, Garderobe. 5 hendelser, 1 med skade', '5,5 timer', '6 av 8 (75 %)', 'For få til å si noe']) expect(screenText()).toContain(words)
    expect(tableOf('Hvor alvorlig er det?').slice(1).map(([label]) => label)).toEqual(['Ingen skade', 'Skade – trengte hjelp'])
    expect(document.querySelectorAll('canvas[role="img"][aria-labelledby]').length).toBeGreaterThan(3)
    expect(find('Side for ROS-møtet').getAttribute('href')).toBe(`/numbers/meeting?unit=${solbakken}`)
  })

  it('ask anew for another period and another school', async () => {
    as({ role: 'leder', unit: { id: solbakken, name: 'Solbakken skole' } }, { role: 'verneombud', unit: { id: fjordsyn, name: 'Fjordsyn skole' } }, { role: 'ansatt', unit: { id: fjordsyn, name: 'Fjordsyn skole' } })
    await show(SchoolNumbers)
    await says('15 hendelser')
    await tap('Forrige skoleår')
    await tap('Fjordsyn skole')
    await vi.waitFor(() => expect(asked.at(-1)).toBe(`/api/v1/statistics/school?unit=${fjordsyn}&period=last-year`))
  })

  it('say nothing of a trend with fewer than five', async () => {
    answer = json(school(4))
    await show(SchoolNumbers)
    await says('For få hendelser til å vise trend')
    expect(screenText()).not.toContain('Flest i')
  })

  it('say that there is nothing', async () => {
    answer = json(school(0))
    await show(SchoolNumbers)
    await says('Ingen hendelser er meldt i denne perioden')
  })

  it('stay without a line, with the time they are from', async () => {
    await show(SchoolNumbers)
    await says('15 hendelser')
    end()
    answer = noLine
    await show(SchoolNumbers)
    await says(/Tall fra .* \(uten nett\)/)
    expect(screenText()).toContain('15 hendelser')
  })

  it.each([
    ['without a line and nothing from before', noLine, 'Tallene kan ikke hentes nå'],
    ['when one is not signed in', problem(401, 'sign-in-needed'), 'Logg inn for å se tallene'],
    ['when they are not one’s own', problem(404, 'not-found'), 'Disse tallene er for dem som leder en skole'],
  ])('say so %s', async (_what, given, words) => {
    answer = given
    await show(SchoolNumbers)
    await says(words)
  })

  it('are forgotten when they are not one’s own any more', async () => {
    const path = `/statistics/school?unit=${solbakken}&period=year`
    await show(SchoolNumbers)
    await says('15 hendelser')
    expect(await keptNumbers(rita, path)).toBeDefined()
    end()
    answer = problem(404, 'not-found')
    await show(SchoolNumbers)
    await says('Disse tallene er for dem')
    expect(await keptNumbers(rita, path)).toBeUndefined()
    expect(screenText()).not.toContain('15 hendelser')
  })

  it('are not asked for by whoever leads no school', async () => {
    as({ role: 'ansatt', unit: { id: solbakken, name: 'Solbakken skole' } })
    await show(SchoolNumbers)
    await flushPromises()
    expect(asked).toEqual([])
    expect(screenText()).not.toContain('Kommunen')
  })
})

describe('Bergen’s series', () => {
  const month = (code: string, n: number | null): Series['months'][number] => ({ month: code, closedAt: '2026-11-11T00:00:00Z', events: n, reports: n, columns: ['violence', 'threats', 'neither'].map((column) => ({ code: column, n })) })
  it('stands as it was given, then a break, then what Meldt has closed', async () => {
    answer = json({ asOf: '2026-11-23T07:10:00Z', months: [month('2026-09', 12), month('2026-10', null)] })
    await show(SeriesNumbers)
    await says('Fra 1 764 i 2019 til 3 892 i 2022. 2023 har bare tall til 13. november: 4 658.')
    await says('Tallet for oktober vises ikke')
    const rows = tableOf('Hvor mye er meldt i Bergen?').map((row) => row.map((cell) => cell.replace(/\s/g, ' ')))
    expect(rows[0]).toEqual(['År', 'Fysisk vold', 'Trusler og trakassering', 'Sum'])
    expect(rows[5]).toEqual(['2023 til 13. nov.', '3 893', '765', '4 658'])
    expect(rows[6]).toEqual(['2026 Meldt sep–okt minst', '12', '12', '24'])
    expect(tableOf('Hva er meldt i Meldt, måned for måned?').at(-1)).toEqual(['oktober 2026', 'skjult', 'skjult'])
    for (const words of ['Bergen kommunes egen oversikt', 'Andre kilder, som aviser', 'bedre meldekultur']) expect(screenText()).toContain(words)
  })

  it('needs no server for the years before', async () => {
    answer = noLine
    await show(SeriesNumbers)
    await says('Tallene kan ikke hentes nå')
    expect(tableOf('Hvor mye er meldt i Bergen?')).toHaveLength(6)
  })
})
