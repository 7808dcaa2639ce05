/** Acts of a case as somebody might do them, and a case in each of its states. */
import fc from 'fast-check'
import { actsOf, caseStates, checkCodes, checksToClose, contactWays, effects, measureKinds, measureStates, notifiedCodes, underlyingCauses, type CaseAct, type CasePart, type CaseState, type CaseWhat } from '#contract/caseCodes.ts'
import { fold, type Act, type CaseGround } from '#contract/caseMachine.ts'
import type { CaseContentOf } from '#contract/caseLetter.ts'
import type { CaseStatus } from '#contract/caseStatus.ts'
import { answers, incidentTypes, triggers } from '#contract/vocabulary.ts'

export const who = (nth: number): string => `0190a000-0000-7000-8000-0000000000${nth.toString(16).padStart(2, '0')}`
export const [kari, rita, lars, vera] = [who(1), who(2), who(3), who(4)] as const
export const authors: Record<CasePart, readonly (string | null)[]> = { reporter: [kari], handler: [rita, lars], guardian: [vera], clock: [null] }
export const calm: CaseGround = { grave: false, severity: 1, safetyRepKnows: true }
export const grave: CaseGround = { grave: true, severity: 3, safetyRepKnows: true }
export const monday = '2026-11-23T10:15:00.000Z'

let nth = 0
const plain = { v: 1, seen: 0 } as const
const measure = 'be000000-0000-7000-8000-000000000001'

type Saying<W extends CaseWhat> = W extends CaseAct ? CaseContentOf<W> : { what: W }
/** What each act says when nothing else is said. */
export const sayings: { [W in CaseWhat]: Saying<W> } = {
  opened: { what: 'opened' }, supplement: { what: 'supplement' }, withdrawal: { what: 'withdrawal' },
  contact: { ...plain, what: 'contact', on: monday, way: 'talk' }, judgement: { ...plain, what: 'judgement', consequence: 2, likelihood: 2, types: ['FYS-SLAG'] },
  causes: { ...plain, what: 'causes', immediate: [triggers[0]], underlying: ['staffing'] },
  measure: { ...plain, what: 'measure', kind: 'relief', owner: 'Avdelingsleder', due: '2026-12-01', shared: true }, 'measure-state': { ...plain, what: 'measure-state', measure, state: 'done' },
  'no-measure': { ...plain, what: 'no-measure', text: 'Alt er gjort' }, notified: { ...plain, what: 'notified', who: 'safety-rep', on: monday },
  check: { ...plain, what: 'check', check: 'serious-injury', answers: {}, outcome: 'not-needed', done: [], rules: '2026-07-02' }, note: { ...plain, what: 'note', text: 'Notat' },
  question: { ...plain, what: 'question', text: 'Når?' }, answer: { ...plain, what: 'answer', text: 'Takk' }, assign: { ...plain, what: 'assign', to: lars }, recuse: { ...plain, what: 'recuse' },
  escalate: { ...plain, what: 'escalate' }, confidential: { ...plain, what: 'confidential', on: true }, link: { ...plain, what: 'link', to: who(9) }, close: { ...plain, what: 'close', text: 'Dette gjorde vi' },
  reopen: { ...plain, what: 'reopen' }, comment: { ...plain, what: 'comment', text: 'Hei' }, 'ask-measure': { ...plain, what: 'ask-measure', text: 'To voksne' },
  objection: { ...plain, what: 'objection', text: 'Uenig' }, stop: { ...plain, what: 'stop', on: monday, text: 'Stans' }, 'stop-end': { ...plain, what: 'stop-end', on: monday },
  sign: { ...plain, what: 'sign' }, reply: { ...plain, what: 'reply', text: 'Klokka ni' }, verdict: { ...plain, what: 'verdict', helped: 'yes' },
}

const partFor = (what: CaseWhat): CasePart => (what === 'opened' ? 'handler' : what === 'supplement' || what === 'withdrawal' ? 'reporter' : (['handler', 'guardian', 'reporter'] as const).find((part) => (actsOf[part] as readonly string[]).includes(what)) ?? 'clock')

/** One act. Who may do it does it, unless it is said who. */
export function act<W extends CaseWhat>(what: W, said: Partial<Saying<W>> = {}, more: Partial<Omit<Act, 'content'>> = {}): Act {
  nth += 1
  const part = more.part ?? partFor(what)
  return { id: `be000000-0000-7000-8000-${nth.toString(16).padStart(12, '0')}`, part, author: authors[part][0] ?? null, at: monday, ...more, content: { ...sayings[what], ...said } as Act['content'] }
}

/** Everything that closing asks for, with a measure that `sayings` knows. */
export const preparation = (): Act[] => [act('contact'), act('judgement'), act('causes'), act('measure', {}, { id: measure }), ...checksToClose.map((check) => act('check', { check }))]

const ways: Record<CaseState, () => Act[]> = {
  new: () => [], opened: () => [act('opened')], working: () => [act('contact')], measures: () => [act('measure', {}, { id: measure })],
  verify: () => [...preparation(), act('close')], closed: () => [...preparation(), act('close'), act('sign', {}, { part: 'guardian', author: vera })],
}
/** A grave case that has come this far. */
export const cases = (): Record<CaseState, CaseStatus> => Object.fromEntries(caseStates.map((state) => [state, fold(ways[state](), grave)])) as Record<CaseState, CaseStatus>

const ids = fc.constantFrom(...Array.from({ length: 6 }, (_, n) => who(0x20 + n)))
const some = <T>(values: readonly T[]) => fc.subarray([...values], { maxLength: 3 })
const one = <T>(values: readonly T[]) => fc.constantFrom(...values)
const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }).map((date) => date.toISOString())
const varied: { [W in CaseWhat]?: fc.Arbitrary<object> } = {
  contact: fc.record({ on: instant, way: one(contactWays) }), judgement: fc.record({ consequence: fc.integer({ min: 1, max: 5 }), likelihood: fc.integer({ min: 1, max: 5 }), types: some(incidentTypes) }),
  causes: fc.record({ immediate: some(triggers), underlying: some(underlyingCauses), text: one(['', ' ', 'Vi vet ikke']) }), measure: fc.record({ kind: one(measureKinds), shared: fc.boolean() }),
  'measure-state': fc.record({ measure: ids, state: one(measureStates), effect: one(effects) }, { requiredKeys: ['measure', 'state'] }), notified: fc.record({ who: one(notifiedCodes), on: instant }),
  check: fc.record({ check: one(checkCodes), outcome: one(['needed', 'not-needed', 'unsure'] as const), answers: fc.dictionary(one(['a', 'b']), one(answers)) }),
  assign: fc.record({ to: one([rita, lars]) }), confidential: fc.record({ on: fc.boolean() }), link: fc.record({ to: one([who(9), null]) }), verdict: fc.record({ helped: one(['yes', 'no'] as const) }),
}
const doings = [...(['handler', 'guardian', 'reporter'] as const).flatMap((part) => actsOf[part].map((what) => [part, what] as [CasePart, CaseWhat])),
  ['handler', 'opened'], ['reporter', 'supplement'], ['reporter', 'withdrawal'], ['clock', 'escalate']] as [CasePart, CaseWhat][]

/** Any act by anybody who may do it. */
export const anyAct: fc.Arbitrary<Act> = one(doings).chain(([part, what]) =>
  fc.record({ id: ids, author: one(authors[part]), at: instant, said: varied[what] ?? fc.constant({}) }).map(({ said, ...more }) => act(what, said as never, { ...more, part })))
/** A history that is likelier than chance to reach closing. */
export const anyHistory: fc.Arbitrary<Act[]> = fc.tuple(fc.array(anyAct, { maxLength: 12 }), fc.boolean(), fc.array(anyAct, { maxLength: 25 })).map(([before, isPrepared, after]) => before.concat(isPrepared ? preparation().concat(act('close')) : [], after))
export const anyGround: fc.Arbitrary<CaseGround> = fc.record({ grave: fc.boolean(), severity: one([1, 2, 3, null]), safetyRepKnows: fc.boolean() })
