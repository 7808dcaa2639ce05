import { describe, expect, it } from 'vitest'
import { unsaid, type Counted } from '#contract/counting.ts'
import { closedYears, countedOf, filled, heatOf, inOrder, monthsIn, mostOf, mostShown, ownNumbers, percentOf, saidOf, topOf, weeksIn, yearOn } from '#app/domain/numbers.ts'
import type { ReportView } from '#app/domain/model.ts'
import { csvOf, jsonOf, linesOf, sheetOf } from '#app/ui/chart.ts'

const report = (id: string, occurredAt: string, more: Partial<Counted> & { facts?: Partial<Counted['facts']> } = {}): Counted =>
  ({ id, receivedAt: Date.parse(occurredAt), withdrawn: false, event: null, ...more, facts: { occurredAt, tiles: ['hit'], ...more.facts } })
const now = Date.parse('2026-11-23T12:00:00+01:00')

describe('rows that nothing is missing from', () => {
  it('has every month, July with June', () => expect(monthsIn({ from: '2026-05-15', to: '2026-09-02' })).toEqual(['2026-05', '2026-06', '2026-08', '2026-09']))
  it('has every week, also the one that is not over', () => expect(weeksIn({ from: '2026-12-24', to: '2027-01-05' })).toEqual(['2026-W52', '2026-W53', '2027-W01']))
  it('is zero where there is no row, and stays hidden where it is hidden', () => expect(filled(['a', 'b', 'c'], [{ code: 'b', n: null }, { code: 'c', n: 3 }])).toEqual([{ code: 'a', n: 0 }, { code: 'b', n: null }, { code: 'c', n: 3 }]))
  it('finds the same month a year on', () => expect(yearOn('2025-11')).toBe('2026-11'))
  it('comes in order, what nobody said last', () => expect(inOrder([{ code: unsaid, n: 4 }, { code: '8-10', n: 1 }, { code: '1-2', n: 2 }], unsaid).map(({ code }) => code)).toEqual(['1-2', '8-10', unsaid]))
})

describe('what there is most of', () => {
  it.each([
    ['the largest', [{ code: 'a', n: 2 }, { code: 'b', n: 5 }], { code: 'b', n: 5 }],
    ['nothing when two are alike', [{ code: 'a', n: 5 }, { code: 'b', n: 5 }], undefined],
    ['nothing of nothing', [{ code: 'a', n: 0 }], undefined],
    ['never what nobody said, nor what is hidden', [{ code: unsaid, n: 9 }, { code: 'b', n: null }, { code: 'c', n: 4 }], { code: 'c', n: 4 }],
    ['nothing when it is too few to be most', [{ code: 'a', n: 2 }, { code: 'b', n: 1 }], undefined],
  ])('is %s', (_what, cells, most) => expect(mostOf(cells, unsaid)).toEqual(most))
  it('is only said when no hidden row can be larger', () => {
    const cells = [{ code: 'a', n: 38 }, { code: 'b', n: 14 }, { code: 'c', n: null }]
    expect([mostShown(cells, unsaid, 145).isSure, mostShown(cells, unsaid, 80).isSure, mostShown(cells, unsaid).isSure, mostShown(cells.slice(0, 2), unsaid).isSure]).toEqual([false, true, false, true])
  })
  it('names those that share it, when they are few', () => {
    const cells = ['a', 'b', 'c', 'd'].map((code) => ({ code, n: 6 }))
    expect([topOf(cells.slice(0, 2)), topOf(cells), topOf([{ code: 'a', n: 1 }])]).toEqual([{ codes: ['a', 'b'], n: 6 }, undefined, undefined])
  })
  it('is all, or none, in percent only when it is', () => expect([percentOf(199, 200), percentOf(200, 200), percentOf(1, 300), percentOf(0, 300), percentOf(2, 3)]).toEqual([99, 100, 1, 0, 67]))
  it('is of those that have an answer', () => expect([saidOf([{ code: unsaid, n: 31 }], unsaid, 61), saidOf([], unsaid, 61)]).toEqual([30, 61]))
})

describe('the week', () => {
  it('has Monday to Friday, and the hours from the first to the last', () => {
    const heat = heatOf([{ code: '2-10', n: 3 }, { code: '5-13', n: 1 }])
    expect([heat.days, heat.hours, heat.at(2, 10), heat.at(1, 12)]).toEqual([[1, 2, 3, 4, 5], [10, 11, 12, 13], 3, 0])
  })
  it('has the Saturday when something happened then', () => expect(heatOf([{ code: '6-9', n: 1 }]).days).toHaveLength(6))
  it('is empty without events', () => expect(heatOf([]).hours).toEqual([]))
})

describe('one’s own', () => {
  it('counts what waits, marks it, and leaves out what was withdrawn and practice', () => {
    const own = ownNumbers([
      report('a', '2026-11-02T10:00:00+01:00'), report('b', '2026-11-20T10:00:00+01:00', { receivedAt: null, facts: { count: 3 } }), report('c', '2026-11-20T11:00:00+01:00', { withdrawn: true }),
      report('d', '2026-11-20T11:00:00+01:00', { practice: true }), report('e', '2026-03-02T10:00:00+01:00'), report('f', '2024-03-02T10:00:00+01:00'),
    ], now)
    expect(own).toMatchObject({ year: 4, reports: 2, waiting: 3, total: 5 })
    expect(own.months.at(-1)).toEqual({ code: '2026-11', n: 4 })
    expect(own.months[0]?.code).toBe('2025-12')
    expect(own.months.reduce((sum, { n }) => sum + (n ?? 0), 0)).toBe(own.total)
  })

  it('is withdrawn as soon as one has said so, and received when another phone sent it', () => {
    const view: ReportView = { id: 'a', savedAt: '2026-11-02T10:00:00+01:00', facts: {}, differing: [], letters: [{ id: 'a', kind: 'report', at: '', attempts: 0 }, { id: 'b', kind: 'withdrawal', at: '', attempts: 0 }] }
    expect(countedOf(view)).toMatchObject({ withdrawn: true, receivedAt: null, facts: { occurredAt: view.savedAt } })
  })
})

describe('closed years', () => {
  const month = (code: string, n: number | null, events: number | null = (n ?? 0) + 6) => ({ month: code, events, columns: [{ code: 'violence', n }, { code: 'threats', n: events === null || n === null ? null : 6 }, { code: 'neither', n: events === null ? null : 0 }] })
  it('is whole with all its months, and at least so many when one is hidden', () => {
    const whole = monthsIn({ from: '2025-01-01', to: '2026-01-01' }).map((code) => month(code, 10))
    expect(closedYears([...whole, month('2026-01', 7), month('2026-02', null, null)])).toEqual([
      { year: 2025, from: '2025-01', to: '2025-12', isWhole: true, isAtLeast: false, violence: 110, threats: 66, undivided: 0 },
      { year: 2026, from: '2026-01', to: '2026-02', isWhole: false, isAtLeast: true, violence: 7, threats: 6, undivided: 0 },
    ])
  })
  it('has all events of a month whose columns are hidden, undivided', () => {
    expect(closedYears([month('2026-01', 40), month('2026-02', null, 31)])[0]).toMatchObject({ violence: 40, threats: 6, undivided: 31, isAtLeast: false })
  })
  it('is hidden when all of it is', () => expect(closedYears([month('2026-01', null, null)])[0]).toMatchObject({ violence: null, threats: null, undivided: 0, isAtLeast: true }))
})

describe('a chart as a table and as files', () => {
  const words = { rowHeading: 'Måned', series: ['Hendelser', 'Meldinger'], hidden: 'skjult', locale: 'nb', heading: 'Hvor ofte?', about: 'Solbakken; talt', aboutHeading: 'Gjelder' }
  const bars = [{ label: 'nov; 26', values: [1200, null], partial: true }, { label: '=1+1', values: [0, 2] }]
  it('says the same in words', () => expect(sheetOf(bars, words).slice(1).map((row) => row.map((cell) => cell.replace(/\s/g, ' ')))).toEqual([['nov; 26', '1 200', 'skjult'], ['=1+1', '0', '2']]))
  it('opens in a spreadsheet, and no cell is a formula', () => expect(csvOf(bars, words)).toBe('\uFEFFMåned;Hendelser;Meldinger;Gjelder\r\n"nov; 26";1200;;"Solbakken; talt"\r\n\'=1+1;0;2;"Solbakken; talt"\r\n'))
  it('has commas in English', () => expect(csvOf(bars, { ...words, locale: 'en' })).toContain('Måned,Hendelser'))
  it('is null for a program where it is hidden', () => expect(JSON.parse(jsonOf(bars, words))).toEqual({
    question: 'Hvor ofte?', about: 'Solbakken; talt', series: ['Hendelser', 'Meldinger'], rows: [{ label: 'nov; 26', values: [1200, null], partial: true }, { label: '=1+1', values: [0, 2], partial: false }],
  }))
  it('calls a row by its whole name, which no spreadsheet takes for another day', () => {
    expect([csvOf([{ label: 'nov 26', name: 'november 2026', values: [1, 2] }], words), sheetOf([{ label: 'nov 26', name: 'november 2026', values: [1, 2] }], words)[1]?.[0]]).toEqual([expect.stringContaining('\r\nnovember 2026;1;2;'), 'november 2026'])
  })
  it('breaks a label between words', () => expect(linesOf('Av- og påkledning', 9)).toEqual(['Av- og', 'påkledning']))
})
