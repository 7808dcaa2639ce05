import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { OwnReport } from '#contract/changes.ts'
import MineScreen from '#app/features/mine/MineScreen.vue'
import ReportScreen from '#app/features/mine/ReportScreen.vue'
import { keepChanges } from '#app/db/changes.ts'
import { switchAccount } from '#app/db/device.ts'
import { keptForm } from '#app/db/forms.ts'
import { inAccount } from '#app/db/gateway.ts'
import { newId } from '#app/domain/ids.ts'
import { myReport } from '#app/db/reports.ts'
import { ownReport, timeline } from '../support/ownReport.ts'
import { find, giveKeys, screenText, showScreen, tap } from './screen.ts'

const kari = '0190a000-0000-7000-8000-00000000000a'
let end = () => undefined as void
let seq = 0
/** What the school tells of a report, and the screen that shows it. */
async function told(more: Parameters<typeof ownReport>[1], id = newId()): Promise<OwnReport> {
  seq += 1
  const own = ownReport(id, { seq, openedAt: '2026-11-23T09:30:00Z', openedBy: 'leder', ...more })
  await keepChanges(kari, { changes: [own], cursor: `1.${seq}`, more: false }, false)
  return own
}
async function show(id: string): Promise<void> {
  const screen = await showScreen(ReportScreen, { props: { id } })
  end = screen.end
  // The forms and the plan come when it is known what was begun.
  await vi.waitFor(() => find(/^Vær sammen med noen/))
  await vi.waitFor(() => expect(document.querySelectorAll('main .ds-card').length).toBe(document.querySelectorAll('main .ds-card form, main .ds-card .ds-tag').length))
}
const write = async (field: string, words: string): Promise<void> => {
  const area = document.querySelector<HTMLTextAreaElement>(field)
  if (area === null) throw new Error(`There is no ${field}`)
  area.value = words
  area.dispatchEvent(new Event('input'))
  await flushPromises()
}
const actsOf = async (id: string) => (await myReport(id))?.happenings?.filter(({ waits }) => waits).map(({ content }) => content) ?? []

beforeAll(async () => {
  await giveKeys()
  await switchAccount(kari)
})
afterEach(() => end())

describe('a question from the leader', () => {
  const asked = timeline({ content: { what: 'opened' } }, { content: { v: 1, what: 'question', seen: 1, text: 'Hvem så det?' } })
  const question = asked[1]?.id ?? ''

  it('is answered, and the answer waits on the phone', async () => {
    const { report } = await told({ timeline: asked, status: { state: 'working', question } })
    await show(report)
    expect(screenText()).toContain('Rita Dahl spør deg')
    expect(screenText()).toContain('Du har fått et spørsmål. Svar når du kan.')
    await write('#reply-text', 'En assistent.')
    await tap('Send svar')
    await vi.waitFor(() => expect(screenText()).toContain('Du svarte'))
    expect(screenText()).not.toContain('Rita Dahl spør deg')
    expect(screenText()).toContain('Lagret på telefonen. Sendes av seg selv når du har nett.')
    expect(await actsOf(report)).toEqual([{ v: 1, what: 'reply', seen: 0, text: 'En assistent.' }])
  })

  it('is taken back in the first moment, and the words are not lost', async () => {
    const { report } = await told({ timeline: asked, status: { state: 'working', question } })
    await show(report)
    await write('#reply-text', 'En vikar.')
    await tap('Send svar')
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Angre svaret'))
    await tap('Angre svaret')
    await vi.waitFor(() => expect(document.querySelector<HTMLTextAreaElement>('#reply-text')?.value).toBe('En vikar.'))
    expect(await actsOf(report)).toEqual([])
  })

  it('is not answered with nothing', async () => {
    const { report } = await told({ timeline: asked, status: { state: 'working', question } })
    await show(report)
    await write('#reply-text', ' ')
    await tap('Send svar')
    await vi.waitFor(() => expect(screenText()).toContain('Skriv et svar først.'))
    expect(await actsOf(report)).toEqual([])
  })
})

describe('the answer', () => {
  const closed = { state: 'closed', closedAt: new Date().toISOString(), answeredAt: new Date().toISOString() } as const
  const acts = timeline({ content: { what: 'opened' } }, { content: { v: 1, what: 'close', seen: 1, text: 'Vi har satt inn en voksen til.' } })

  it('stands first, and one says whether it helped', async () => {
    const { report } = await told({ timeline: acts, status: closed })
    await show(report)
    expect(screenText().indexOf('Vi har satt inn en voksen til.')).toBeLessThan(screenText().indexOf('Hva som har skjedd'))
    expect(screenText()).toContain('Ferdig fulgt opp')
    await tap('Nei')
    await write('#verdict-text', 'Jeg er alene der.')
    await tap('Send')
    await vi.waitFor(() => expect(screenText()).toContain('Du har svart at det ikke hjalp.'))
    expect(await actsOf(report)).toEqual([{ v: 1, what: 'verdict', seen: 0, helped: 'no', text: 'Jeg er alene der.' }])
    expect(find('Ta opp igjen').closest('details')?.open).toBe(true)
  })

  it('is not the end: the case is taken up again', async () => {
    const { report } = await told({ timeline: acts, status: closed })
    await show(report)
    await tap('Ta opp igjen')
    await vi.waitFor(() => expect(screenText()).toContain('Du tok saken opp igjen'))
    expect(screenText()).not.toContain('Hjalp det?')
    expect((await myReport(report))?.school?.status).toMatchObject({ state: 'working' })
  })

  it('is the end after the time for that', async () => {
    const { report } = await told({ timeline: acts, status: { ...closed, closedAt: '2026-10-01T10:00:00Z' } })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-23T10:00:00Z') })
    await show(report)
    vi.useRealTimers()
    expect(screenText()).toContain('kan ikke tas opp igjen her')
    expect(screenText()).not.toContain('Ta opp igjen')
  })
})

describe('what has happened and what comes', () => {
  it('is told in order, and the clock is the municipality’s own norm', async () => {
    const { report } = await told({
      timeline: timeline({ content: { what: 'opened' } }, { content: { v: 1, what: 'contact', seen: 1, on: '2026-11-23T10:01:00Z', way: 'phone' } }, { content: { v: 1, what: 'measure', seen: 2, kind: 'extra-adult', owner: 'Rita', due: '2026-12-01', shared: true } }),
      status: { state: 'measures' }, due: [{ what: 'answer', at: '2099-11-30T23:00:00Z' }],
    })
    await show(report)
    const lines = [...document.querySelectorAll('main .steps .step-label')].map(({ textContent }) => textContent ?? '')
    expect(lines.map((line) => line.replace(/ (?:i dag|mandag|i går|\d).*$/, ''))).toEqual(['Lagret', 'Sendt', 'Rita Dahl åpnet den', 'Rita Dahl ringte deg', 'Tiltak: Ekstra voksen', 'Du får et svar', 'Saken blir fulgt opp til den er ferdig'])
    expect(screenText()).toContain('Kommunens egen norm: senest')
    expect(screenText()).not.toContain('Det har tatt lengre tid enn det skal')
    expect(find('Hvem har åpnet den', 'summary').closest('details')?.textContent).toContain('Rita Dahl')
  })

  it('says what to do when the norm has passed', async () => {
    const { report } = await told({ status: { state: 'opened' }, due: [{ what: 'contact', at: '2026-11-20T23:00:00Z' }] })
    await show(report)
    expect(screenText()).toContain('Det har tatt lengre tid enn det skal')
    expect(find('Dine rettigheter og plikter').getAttribute('href')).toBe('/read/rights-duties')
  })

  it('is told of an act that came too late', async () => {
    const { report } = await told({ timeline: timeline({ content: { v: 1, what: 'reopen', seen: 1 }, part: 'reporter', mine: true, idle: 'too-late' }), status: { state: 'closed', closedAt: '2026-10-01T10:00:00Z' } })
    await show(report)
    expect(screenText()).toContain('Fristen for å ta den opp igjen var ute.')
  })

  it('shows a measure as under way until it is done', async () => {
    const acts = timeline({ content: { v: 1, what: 'measure', seen: 0, kind: 'ros-updated', owner: 'Rita', due: '2026-12-01', shared: true } })
    const measure = { id: acts[0]?.id ?? '', kind: 'ros-updated', due: '2026-12-01', state: 'planned', effect: null, shared: true } as const
    const { report } = await told({ timeline: acts, status: { state: 'measures', measures: [measure] } })
    await show(report)
    expect(find(/^Tiltak/, '.step').dataset['state']).toBe('now')
  })
})

describe('a report that was withdrawn', () => {
  it('still shows what was answered, and waits for nothing', async () => {
    const { report } = await told({ withdrawnAt: '2026-11-23T12:00:00Z', timeline: timeline({ content: { v: 1, what: 'answer', seen: 1, text: 'Takk for at du sa fra.' } }), status: { state: 'working', answeredAt: '2026-11-23T10:00:00Z' }, due: [] })
    const screen = await showScreen(ReportScreen, { props: { id: report } })
    end = screen.end
    await vi.waitFor(() => expect(screenText()).toContain('Takk for at du sa fra.'))
    expect(screenText()).not.toContain('Hjalp det?')
    expect(screenText()).not.toContain('Saken blir fulgt opp')
  })
})

describe('a report about one’s leader', () => {
  it('is opened and followed up by the municipality, and nowhere is it said that a leader did', async () => {
    const { report } = await told({ openedBy: 'hms', timeline: timeline({ content: { what: 'opened' }, by: 'Hans Myhre' }), status: { state: 'opened', escalatedAt: '2026-11-23T09:20:00Z' } })
    await show(report)
    const lines = [...document.querySelectorAll('main .steps .step-label')].map(({ textContent }) => textContent ?? '')
    expect(lines.slice(2, 4).map((line) => line.replace(/ (?:i dag|mandag|i går|\d).*$/, ''))).toEqual(['Kommunen følger den opp fra', 'Hans Myhre åpnet den'])
    expect(screenText()).toContain('Åpnet av kommunen')
    expect(screenText()).not.toContain('Åpnet av leder')
  })
})

describe('the list', () => {
  it('says that an answer has come', async () => {
    await told({ timeline: timeline({ content: { v: 1, what: 'answer', seen: 1, text: 'Takk.' } }), status: { state: 'working', answeredAt: '2026-11-23T10:00:00Z' } })
    const screen = await showScreen(MineScreen)
    end = screen.end
    await vi.waitFor(() => expect(screenText()).toContain('Du har fått svar. Si gjerne om det hjalp.'))
    expect(screenText()).toContain('Følges opp')
  })
})

describe('the own plan', () => {
  it('keeps its ticks sealed on the phone and sends nothing', async () => {
    const { report } = await told({})
    await show(report)
    await tap(/^Vær sammen med noen/)
    await vi.waitFor(async () => expect(await keptForm(kari, `plan/${report}`)).toEqual({ company: true }))
    expect(await inAccount(kari, ({ letters }) => letters.where('report').equals(report).count())).toBe(0)
    end()
    await show(report)
    await vi.waitFor(() => expect(find(/^Vær sammen med noen/, 'label').querySelector('input')?.checked).toBe(true))
  })
})
