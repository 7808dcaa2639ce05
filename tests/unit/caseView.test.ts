// @vitest-environment node
/** A case on a leader's phone: what the server tells, one's own acts on top, the forms, and acts as letters. */
import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aCase, caseEvent, caseSummary, morning } from '../support/caseSummary.ts'
import { everyRow, freshPhone, kari, printed } from './support/phone.ts'
import { createSchool, type School } from './support/school.ts'
import { checksToClose } from '#contract/caseCodes.ts'
import { keepChanges } from '#app/db/changes.ts'
import { keepCase } from '#app/db/caseCopies.ts'
import { undoAct, writeAct } from '#app/db/caseActs.ts'
import { actsLeft, caseById, caseList, noteOpened } from '#app/db/cases.ts'
import { inAccount } from '#app/db/gateway.ts'
import { endGrace, outboxSummary } from '#app/db/outbox.ts'
import { emptyFields, formActs, missingIn, sayingsOf, type ActFields, type FormAct } from '#app/domain/caseForm.ts'
import { scrubSaying } from '#app/domain/caseSaying.ts'
import { caseView, completed, lacksOf, lastOf, measuresIn, withOwn, type OwnAct } from '#app/domain/caseView.ts'
import { newId } from '#app/domain/ids.ts'
import { isIn } from '#app/domain/urgency.ts'
import { syncNow } from '#app/sync/sync.ts'

let school: School
beforeEach(async () => { school = await createSchool(); await freshPhone(school) })
afterEach(() => { vi.restoreAllMocks() })

const report = '0190a000-0000-7000-8000-0000000000d1'
const own = (content: OwnAct['content'], more: Partial<OwnAct> = {}): OwnAct => ({ id: newId(), at: morning, content, waits: true, untold: true, refused: false, free: true, ...more })
const contact = { v: 1, what: 'contact', seen: 1, on: morning, way: 'talk' } as const
const now = new Date('2026-11-23T12:00:00+01:00')
const tell = (...changes: Parameters<typeof keepChanges>[1]['changes']) => keepChanges(kari, { changes, cursor: '1.1', more: false }, false)

describe('a case', () => {
  const due = [{ what: 'contact', at: '2026-11-24T22:59:59.999Z' }, { what: 'close', at: '2026-12-23T22:59:59.999Z' }] as const

  it('is what the server tells, with what was done here on top', () => {
    const told = caseSummary(report, { openedAt: morning, due: [...due], status: { acts: 1 } })
    const { summary } = withOwn(told, [own(contact)], kari)
    expect(summary.status).toMatchObject({ state: 'working', acts: 2, contactedAt: morning })
    expect(summary.due.map(({ what }) => what)).toEqual(['close'])
    expect(told.status.state).toBe('opened')
  })

  it('is not changed by what the server has told already, nor by what was refused', () => {
    const told = caseSummary(report, { status: { acts: 1 } })
    expect(withOwn(told, [own(contact, { untold: false, waits: false }), own(contact, { refused: true })], kari).summary.status).toEqual(told.status)
  })

  it('keeps an act that changes nothing, and says why', () => {
    const act = own({ v: 1, what: 'close', seen: 1, text: 'Ferdig' })
    const view = caseView(caseSummary(report), undefined, [act], kari)
    expect(view.events).toMatchObject([{ id: act.id, idle: 'incomplete', waits: true, mayUndo: true, mine: true, part: 'handler' }])
    expect(lastOf(view, 'close')).toBeUndefined()
  })

  it('has the server’s acts in their order, then its own that the server does not tell, each once', () => {
    const told = caseEvent(1, { what: 'opened' })
    const mine = own(contact)
    const view = caseView(caseSummary(report), aCase(caseSummary(report), { events: [told] }), [own({ what: 'opened' }, { id: told.id }), mine], kari)
    expect(view.events.map(({ id }) => id)).toEqual([told.id, mine.id])
  })

  it('marks what two did at the same time, and nothing that one did oneself', () => {
    const events = [
      caseEvent(1, { what: 'opened' }), caseEvent(2, contact), caseEvent(3, { v: 1, what: 'note', seen: 1, text: 'Samtidig' }, { by: 'Lars Lie', seen: 1 }),
      caseEvent(4, { v: 1, what: 'note', seen: 2, text: 'Videre' }, { by: 'Lars Lie', seen: 3 }), caseEvent(5, { v: 1, what: 'note', seen: 3, text: 'To på rad' }, { by: 'Lars Lie', seen: 3 }),
    ]
    const view = caseView(caseSummary(report), aCase(caseSummary(report), { events }), [], kari)
    expect(view.events.map(({ beside }) => beside)).toEqual([false, false, true, false, false])
  })

  it('joins a measure’s words with how it stands', () => {
    const made = own({ v: 1, what: 'measure', seen: 1, kind: 'extra-adult', owner: 'Avdelingsleder', due: '2026-12-01', shared: true, text: 'I friminutt' })
    const done = own({ v: 1, what: 'measure-state', seen: 2, measure: made.id, state: 'done', effect: 'worked' })
    expect(measuresIn(caseView(caseSummary(report), undefined, [made, done], kari))).toMatchObject([{ id: made.id, owner: 'Avdelingsleder', text: 'I friminutt', state: 'done', effect: 'worked', of: done.id, mayUndo: true }])
  })

  it('of an earlier release is read too', () => {
    const { status: _status, due: _due, part: _part, safetyRepKnows: _knows, ...before } = caseSummary(report, { openedAt: morning })
    expect(completed(before as ReturnType<typeof caseSummary>)).toMatchObject({ status: { state: 'opened', openedAt: morning }, due: [], part: 'guardian' })
  })

  it('lies in one heap, and with what runs out when it does', () => {
    const at = Date.parse(morning)
    const cases = {
      fresh: caseSummary(report), open: caseSummary(report, { openedAt: morning }), closed: caseSummary(report, { openedAt: morning, status: { state: 'closed' } }), verify: caseSummary(report, { openedAt: morning, status: { state: 'verify' } }),
      withdrawn: caseSummary(report, { status: { withdrawnAt: morning } }), due: caseSummary(report, { openedAt: morning, due: [due[0]] }),
    }
    const heapOf = (heap: Parameters<typeof isIn>[0]) => Object.entries(cases).filter(([, one]) => isIn(heap, one, at)).map(([name]) => name)
    expect([heapOf('new'), heapOf('followup'), heapOf('due'), heapOf('done')]).toEqual([['fresh'], ['open', 'verify', 'due'], ['due'], ['closed', 'withdrawn']])
  })
})

describe('a form', () => {
  const summary = caseSummary(report, { facts: { types: ['FYS-SLAG'], triggers: ['limit'] } })
  const filled = (act: FormAct, more: Partial<ActFields> = {}): ActFields => ({
    ...emptyFields(act, summary, now), way: 'talk', consequence: '3', likelihood: '4', underlying: ['staffing'], kind: 'extra-adult', owner: 'KB', state: 'done', effect: 'worked', who: ['leader', 'safety-rep'], to: newId(), text: 'Noen ord', ...more,
  })

  it.each(formActs)('%s lacks nothing when it is filled, and then says something', (act) => {
    expect(missingIn(act, filled(act), now)).toEqual([])
    expect(sayingsOf(act, filled(act), { target: newId(), now })[0]).toMatchObject({ what: act })
  })

  it.each(formActs)('%s says nothing while something is missing', (act) => {
    const empty = emptyFields(act, { ...summary, facts: {} }, now)
    const missing = missingIn(act, { ...empty, state: undefined, due: '' }, now)
    expect(sayingsOf(act, { ...empty, state: undefined, due: '' }, { now })).toHaveLength(missing.length > 0 ? 0 : 1)
  })

  it('begins with what the reporter said, and asks why when a cause is not known', () => {
    const begun = emptyFields('causes', summary, now)
    expect(begun).toMatchObject({ types: ['FYS-SLAG'], immediate: ['limit'], due: '2026-11-30' })
    expect(missingIn('causes', begun, now)).toEqual(['text'])
    expect(missingIn('causes', { ...begun, underlying: ['ros'] }, now)).toEqual([])
  })

  it('tells several at once, and never of a time to come', () => {
    expect(sayingsOf('notified', filled('notified'), { now }).map((said) => 'who' in said && said.who)).toEqual(['leader', 'safety-rep'])
    expect(missingIn('contact', filled('contact', { on: '2026-11-24' }), now)).toEqual(['when'])
    // Work that was dangerous begins again for a reason.
    expect(missingIn('stop-end', filled('stop-end', { text: ' ' }), now)).toEqual(['text'])
  })

  it('has no id number in its words, and no empty ones', () => {
    expect(JSON.stringify(scrubSaying({ what: 'measure', kind: 'relief', owner: '01010750160', due: '2026-12-01', shared: true, text: 'Se 01010750160' }))).not.toContain('01010750160')
    expect(scrubSaying({ what: 'contact', on: morning, way: 'talk', text: '   ' })).not.toHaveProperty('text')
    expect([...scrubSaying({ what: 'note', text: '🫐'.repeat(5000) }).text]).toHaveLength(4000)
  })
})

describe('an act', () => {
  const lines = async () => (await inAccount(kari, ({ letters }) => letters.where('report').equals(report).toArray())).filter(({ kind }) => kind === 'case')

  it('is a letter and a sealed copy, once however often it is tapped, and shows at once', async () => {
    await tell(caseSummary(report, { status: { acts: 4 } }))
    const id = newId()
    await Promise.all([writeAct(report, { what: 'note', text: 'Et hemmelig notat' }, { id }), writeAct(report, { what: 'note', text: 'Et hemmelig notat' }, { id })])
    expect(await lines()).toHaveLength(1)
    expect((await everyRow()).map(({ row }) => printed(row)).join()).not.toContain('hemmelig')
    expect((await caseById(report))?.events).toMatchObject([{ id, content: { what: 'note', text: 'Et hemmelig notat', seen: 4 }, waits: true, mayUndo: true }])
  })

  it('knows how many came before it, one’s own among them', async () => {
    await tell(caseSummary(report, { status: { acts: 4 } }))
    await noteOpened(report)
    await writeAct(report, { what: 'contact', on: morning, way: 'talk' })
    await writeAct(report, { what: 'note', text: 'Etterpå' })
    expect((await caseById(report))?.events.flatMap(({ content }) => ('seen' in content ? content.seen : []))).toEqual([5, 6])
    expect((await caseList())[0]).toMatchObject({ status: { acts: 7, state: 'working', contactedAt: morning } })
  })

  it('of looking is said once, and again when somebody has said something new', async () => {
    await tell(caseSummary(report, { seq: 0 }))
    await noteOpened(report)
    await noteOpened(report)
    await syncNow()
    await noteOpened(report)
    const openings = () => inAccount(kari, ({ letters }) => letters.filter(({ kind }) => kind === 'opened').count())
    expect([await openings(), (await caseList())[0]?.status.unread]).toEqual([1, false])
    await tell(caseSummary(report, { seq: 1_000, openedAt: morning, status: { unread: true, acts: 3 } }))
    await noteOpened(report)
    expect([await openings(), (await caseList())[0]?.status]).toMatchObject([2, { unread: false, acts: 4 }])
  })

  it('can be undone until somebody was asked to take it', async () => {
    await tell(caseSummary(report))
    const [kept, sent] = [newId(), newId()]
    await writeAct(report, { what: 'note', text: 'Angres' }, { id: kept, grace: true })
    expect(await undoAct(kept)).toBe(true)
    await writeAct(report, { what: 'note', text: 'Sendes' }, { id: sent, grace: true })
    await endGrace()
    await syncNow()
    expect(await undoAct(sent)).toBe(false)
    expect((await lines()).map(({ id }) => id)).toEqual([sent])
  })

  it('that was delivered stays on the screen until the server tells of it', async () => {
    await tell(caseSummary(report, { seq: 0 }))
    await writeAct(report, { what: 'contact', on: morning, way: 'talk' })
    await syncNow()
    expect((await lines())[0]?.receipt).toBeDefined()
    expect((await caseById(report))?.summary.status.contactedAt).toBe(morning)
    await tell(caseSummary(report, { seq: 1_000, status: { contactedAt: null } }))
    expect((await caseById(report))?.summary.status.contactedAt).toBeNull()
  })

  it('in a case that is not theirs any more waits in the outbox; the copies are gone', async () => {
    await tell(caseSummary(report))
    await keepCase(kari, aCase(caseSummary(report)))
    await writeAct(report, { what: 'recuse' })
    await tell({ kind: 'case-gone', report, seq: 9 })
    expect(await caseById(report)).toBeUndefined()
    expect(await caseList()).toEqual([])
    expect(await lines()).toHaveLength(1)
    expect(await inAccount(kari, ({ details }) => details.count())).toBe(0)
  })
})

describe('an act that was turned down', () => {
  it('counts for nothing, is found in its case although that is gone, and can be taken away', async () => {
    await tell(caseSummary(report))
    const id = newId()
    await writeAct(report, { what: 'contact', on: morning, way: 'talk', text: 'Vi snakket' }, { id })
    await inAccount(kari, ({ letters }) => letters.where('id').equals(id).modify({ attempts: 1, refusedBecause: 'not-found', nextAttemptAt: Number.POSITIVE_INFINITY }))
    expect((await caseById(report))?.summary.status.contactedAt).toBeNull()
    await tell({ kind: 'case-gone', report, seq: 9 })
    expect(await outboxSummary()).toMatchObject({ needsYou: 1, inCase: report })
    expect(await actsLeft(report)).toMatchObject([{ id, refused: true, mayUndo: true, content: { text: 'Vi snakket' } }])
    expect(await undoAct(id)).toBe(true)
    expect(await outboxSummary()).toMatchObject({ needsYou: 0 })
    expect(await actsLeft(report)).toEqual([])
  })
})

describe('a notice', () => {
  const notice = { kind: 'notice', report: newId(), seq: 3, about: report, what: 'new', at: morning } as const

  it('is kept sealed, and stays read when everything is told anew', async () => {
    await tell(notice)
    await inAccount(kari, ({ notices }) => notices.where('report').equals(notice.report).modify({ read: 1 }))
    await keepChanges(kari, { changes: [], cursor: '2.1', more: true }, true)
    expect(await inAccount(kari, ({ notices }) => notices.toArray())).toEqual([{ report: notice.report, read: 1 }])
    await tell(notice)
    expect(await inAccount(kari, ({ notices }) => notices.toArray())).toMatchObject([{ report: notice.report, read: 1, box: expect.anything() }])
  })
})

describe('closing', () => {
  it('lacks what the law and the brief ask for, and nothing when all of it is there', () => {
    expect(lacksOf(caseSummary(report, { safetyRepKnows: false }))).toEqual(['contact', 'judgement', 'immediate', 'underlying', 'measures', 'safety-rep', ...checksToClose.map((check) => `check-${check}`)])
    const checks = checksToClose.map((check) => ({ check, outcome: 'not-needed' as const, done: [], at: morning }))
    expect(lacksOf(caseSummary(report, { status: { contactedAt: morning, level: 2, immediate: ['limit'], underlying: ['ros'], noMeasure: true, checks } }))).toEqual([])
  })
})

describe('what is due', () => {
  it('is what runs out by the end of tomorrow: a norm counts to the midnight after its last day', () => {
    const at = (ahead: number) => { const day = new Date(morning); return new Date(day.getFullYear(), day.getMonth(), day.getDate() + ahead) }
    const isDue = (end: number) => isIn('due', caseSummary(report, { due: [{ what: 'contact', at: new Date(end).toISOString() }] }), Date.parse(morning))
    expect([at(1).getTime(), at(2).getTime(), at(2).getTime() + 1].map(isDue)).toEqual([true, true, false])
  })
})
