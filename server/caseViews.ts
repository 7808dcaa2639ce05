/** What of a case may leave the server, for whom. Masks are lists of what is let through, so that a new field is hidden until somebody says otherwise. */
import { checksToClose, healthChecks, type CaseWhat, type DueCode } from '#contract/caseCodes.ts'
import type { CaseContent } from '#contract/caseLetter.ts'
import { dueOf, type Clocks } from '#contract/caseClocks.ts'
import { newCase, type CaseGround } from '#contract/caseMachine.ts'
import type { CaseStatus } from '#contract/caseStatus.ts'
import type { CaseEvent, CaseSummary, OwnReport } from '#contract/changes.ts'
import type { Facts } from '#contract/facts.ts'
import type { Grant } from '#contract/session.ts'
import { graveTypes, healthFields, textFields } from '#contract/vocabulary.ts'
import { decrypt } from './keys/keys.ts'
import { reopen } from './keys/openLetter.ts'
import { can, type Relation } from './policy.ts'
import type { EventRow } from './queries/cases.ts'
import type { ReportRow } from './queries/reports.ts'

/** How much of a case somebody sees: a leader all, the municipality no health, a safety representative no health and none of the reporter's words, an author what is meant for them. */
export type Sight = 'whole' | 'escalated' | 'masked' | 'own'

/** Undefined when it does not exist for them. */
export function sight(grants: readonly Grant[], relation: Relation): Sight | undefined {
  if (relation.isReporter) return 'own'
  if (can(grants, 'case.read', relation)) return 'whole'
  if (can(grants, 'case.read.escalated', relation)) return 'escalated'
  return can(grants, 'case.read.masked', relation) ? 'masked' : undefined
}

const iso = (date: Date | null) => date?.toISOString() ?? null
const without = (facts: Facts, hidden: readonly string[]): Facts => Object.fromEntries(Object.entries(facts).filter(([field]) => !hidden.includes(field)))
/** A report's facts for this sight. Health is for the author and the leader only (arbeidsmiljøloven § 5-1). */
export function factsFor(facts: Facts, seen: Sight): Facts {
  if (seen === 'whole' || seen === 'own') return facts
  return without(facts, seen === 'masked' ? [...textFields, ...healthFields] : healthFields)
}

/** The floor also marks what a doctor has seen: to whoever may not know that, a case is grave by its types alone. */
const graveByTypes = ({ types }: Facts): boolean => types?.some((type) => graveTypes.includes(type)) ?? false

export const groundOf = ({ grave, facts, safetyRepKnows }: Pick<ReportRow, 'grave' | 'facts' | 'safetyRepKnows'>): CaseGround => ({ grave, severity: facts.severity ?? null, safetyRepKnows, types: facts.types ?? [] })

/** When the first thing is due, and when by what whoever may not know of health can tell. */
export function firstDues(status: CaseStatus, row: Pick<ReportRow, 'grave' | 'facts' | 'safetyRepKnows' | 'receivedAt'>, clocks: Clocks): { dueAt: string | null; openDueAt: string | null } {
  const first = (grave: boolean) => dueOf(status, { ...groundOf({ ...row, grave }), receivedAt: row.receivedAt.toISOString() }, clocks)[0]?.at ?? null
  return { dueAt: first(row.grave), openDueAt: first(graveByTypes(row.facts)) }
}

/** What the acts add up to; also for a report from before cases had acts, and for one that went on to the municipality without an act. */
export function statusOf({ status, acts, openedAt, withdrawnAt, escalatedAt }: Pick<ReportRow, 'status' | 'acts' | 'openedAt' | 'withdrawnAt' | 'escalatedAt'>): CaseStatus {
  const folded = status ?? { ...newCase(), acts, openedAt: iso(openedAt), withdrawnAt: iso(withdrawnAt), state: openedAt ? 'opened' : 'new', unread: openedAt === null }
  return { ...folded, escalatedAt: folded.escalatedAt ?? iso(escalatedAt) }
}

const sick: readonly string[] = healthChecks
/** That these were told, tells of somebody's health. */
const toldOfHealth: readonly string[] = ['nav', '113', 'bht', 'insurance']

/** What the reporter is told of where it stands, in whichever answer: how the leader judges and what was looked into is not in it. */
const ownStatus = ({ state, acts, openedAt, contactedAt, measures, question, answeredAt, closedAt, reopenedAt, verdict, stoppedAt, escalatedAt }: CaseStatus) =>
  ({ state, acts, openedAt, contactedAt, measures: measures.filter(({ shared }) => shared), question, answeredAt, closedAt, reopenedAt, verdict, stoppedAt, escalatedAt })

function statusFor(status: CaseStatus, seen: Sight): CaseStatus {
  if (seen === 'whole') return status
  if (seen === 'own') return { ...newCase(), ...ownStatus(status), withdrawnAt: status.withdrawnAt, unread: false }
  const checks = status.checks.filter(({ check }) => !sick.includes(check))
  // That a check which every case needs is answered tells nothing of anybody; what came of it does. Without it the municipality could not know when it may close.
  const answered = status.checks.filter(({ check }) => !sick.includes(check) || checksToClose.includes(check)).map((one) => (sick.includes(one.check) ? { check: one.check, outcome: 'unsure' as const, done: [], at: one.at } : one))
  // What the reporter thought of the answer, and who was partial, is between them and whoever handles it.
  return seen === 'escalated' ? { ...status, checks: answered } : { ...status, checks, notified: status.notified.filter(({ who }) => !toldOfHealth.includes(who)), verdict: null, recused: [] }
}
/** Of the clocks, what the reporter waits for themselves. */
const ownDue = ({ what }: { what: DueCode }) => what === 'open' || what === 'contact' || what === 'answer'

/** A row of the inbox. */
export function caseSummary(row: ReportRow, seen: Sight, relation: Relation, grants: readonly Grant[], clocks: Clocks): CaseSummary {
  const status = statusOf(row)
  const grave = seen === 'whole' ? row.grave : graveByTypes(row.facts)
  const part = can(grants, 'case.handle', relation) ? 'handler' : 'guardian'
  return {
    kind: 'case', report: row.id, seq: row.seq, unit: row.unit, unitName: row.unitName, receivedAt: row.receivedAt.toISOString(), openedAt: iso(row.openedAt), openedBy: row.openedByRole,
    withdrawnAt: iso(row.withdrawnAt), confirmed: row.confirmed, grave, letters: row.letters, facts: factsFor(row.facts, seen),
    status: statusFor(status, seen), due: dueOf(status, { ...groundOf({ ...row, grave }), receivedAt: row.receivedAt.toISOString() }, clocks).filter((due) => seen !== 'own' || ownDue(due)), safetyRepKnows: row.safetyRepKnows, part,
  }
}

/** What of the acts the reporter is told, in which words. A measure only when it was meant for them too. */
export const toldReporter: readonly CaseWhat[] = ['opened', 'contact', 'question', 'reply', 'answer', 'measure', 'measure-state', 'close', 'sign', 'reopen', 'escalate', 'assign', 'verdict', 'stop', 'stop-end', 'withdrawal']
const reporterReads: readonly CaseWhat[] = ['question', 'reply', 'answer', 'measure', 'measure-state', 'close', 'verdict']
/** What the two who look after the same people say to each other, and the employer's side of what happened (arbeidsmiljøloven § 6-2). */
const guardianReads: readonly CaseWhat[] = ['causes', 'measure', 'measure-state', 'no-measure', 'comment', 'ask-measure', 'objection', 'stop', 'stop-end', 'sign']
const guardianNeverSees: readonly CaseWhat[] = ['note', 'recuse', 'verdict']

function isShown(row: EventRow, seen: Sight, shared: ReadonlySet<string>, reader: string): boolean {
  const codes = row.codes as { shared?: boolean; measure?: string; check?: string; who?: string }
  if (seen === 'masked') return !guardianNeverSees.includes(row.what) && !(codes.check !== undefined && sick.includes(codes.check)) && !(codes.who !== undefined && toldOfHealth.includes(codes.who))
  if (seen === 'escalated') return !(codes.check !== undefined && sick.includes(codes.check))
  if (seen !== 'own') return true
  if (row.what === 'measure') return codes.shared === true
  if (row.what === 'measure-state') return codes.measure !== undefined && shared.has(codes.measure)
  // What others did without effect is theirs to know; one's own is shown with why.
  return toldReporter.includes(row.what) && (row.idle === null || row.author === reader)
}

const readsText = (row: EventRow, seen: Sight, reader: string): boolean => {
  if (seen === 'whole' || seen === 'escalated' || row.author === reader) return true
  if (seen === 'own') return reporterReads.includes(row.what) || (row.what === 'reopen' && row.part === 'handler')
  return guardianReads.includes(row.what) || (row.what === 'reopen' && row.part !== 'reporter')
}

/** The codes that the reporter needs of each act. The leader's way of thinking (judgement, causes, checks) is not in their list at all. */
async function contentOf(row: EventRow, key: Buffer, mayRead: boolean): Promise<CaseEvent['content']> {
  if (row.what === 'opened' || row.what === 'supplement' || row.what === 'withdrawal') return { what: row.what }
  const whole = row.header && row.body && row.cekSealed && mayRead ? await reopen({ header: row.header, body: row.body, contentKey: decrypt(key, row.cekSealed, row.id) }) as CaseContent : undefined
  return whole ?? { v: 1, what: row.what, seen: row.seen, ...row.codes, ...hiddenTexts(row.what) } as CaseContent
}
/** A text that the schema asks for, where the reader may not read it: said as nothing. */
const untold = '–'
const hiddenTexts = (what: CaseWhat): { owner?: string; text?: string } => {
  if (what === 'measure') return { owner: untold }
  return mustSpeak.includes(what) ? { text: untold } : {}
}
const mustSpeak: readonly CaseWhat[] = ['no-measure', 'note', 'question', 'answer', 'close', 'comment', 'ask-measure', 'objection', 'stop', 'reply']

/** The acts as this reader may see them, in their order. `key` is the report's. The municipality is known by its role to the author. */
export async function eventsFor(rows: readonly EventRow[], key: Buffer, { seen, reader }: { seen: Sight; reader: string }): Promise<CaseEvent[]> {
  const shared = new Set(rows.filter(({ what, codes }) => what === 'measure' && (codes as { shared?: boolean }).shared === true).map(({ id }) => id))
  return Promise.all(rows.filter((row) => isShown(row, seen, shared, reader)).map(async (row): Promise<CaseEvent> => ({
    id: row.id, nth: row.nth, seen: row.seen, part: row.part, by: nameFor(row, key, seen, reader), mine: row.author === reader, at: row.at.toISOString(), receivedAt: row.receivedAt.toISOString(), idle: row.idle,
    content: await contentOf(row, key, readsText(row, seen, reader)),
  })))
}
/** The reporter is no name to whoever may not know it. */
const nameFor = (row: EventRow, key: Buffer, seen: Sight, reader: string): string | null =>
  row.authorName === null || (row.part === 'reporter' && (seen === 'masked' || seen === 'escalated') && row.author !== reader) ? null : decrypt(key, row.authorName, `${row.id}/name`).toString()

/** To its author: what has become of it. Only shared measures, and of the clocks what they wait for themselves. */
export async function ownReport(row: ReportRow, events: readonly EventRow[], key: Buffer | undefined, reader: string, clocks: Clocks): Promise<OwnReport> {
  const whole = statusOf(row)
  const due = dueOf(whole, { ...groundOf(row), receivedAt: row.receivedAt.toISOString() }, clocks).filter(ownDue)
  return {
    kind: 'own', report: row.id, seq: row.seq, receivedAt: row.receivedAt.toISOString(), openedAt: iso(row.openedAt), openedBy: row.openedByRole, withdrawnAt: iso(row.withdrawnAt), confirmed: row.confirmed,
    status: ownStatus(whole), due, timeline: key ? await eventsFor(events, key, { seen: 'own', reader }) : [],
  }
}
