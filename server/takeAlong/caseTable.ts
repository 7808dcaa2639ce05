/** Cases as a table for a spreadsheet: codes in words, times and counts. No text that somebody wrote, and no name: such lists are handed out. */
import type { CaseSummary } from '#contract/changes.ts'
import { schoolZone } from '#contract/workdays.ts'
import { toldTo } from './acts.ts'
import { line } from './csv.ts'
import { factInWords, type Shown } from './facts.ts'
import type { Word, Words } from './words.ts'

/** The answers that are codes, numbers and times; never the free texts. */
const facts = [
  'tiles', 'types', 'count', 'place', 'situation', 'actor', 'actorCount', 'grade', 'adaptedOffer', 'repeated', 'exposed', 'staffRole', 'loneWork', 'newEmployee', 'injury', 'sickLeave', 'triggers', 'weapon', 'intervention',
  'otherPupils', 'damage', 'digitalEvidence', 'witnesses',
] as const satisfies readonly Shown[]

const minutes = new Intl.DateTimeFormat('sv-SE', { timeZone: schoolZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
/** 2026-11-23 10:15 on the school's clock: sorts as text, and a spreadsheet knows it. */
const moment = (iso: string | null | undefined): string => (iso === null || iso === undefined ? '' : minutes.format(new Date(iso)))

type Cell = (summary: CaseSummary, words: Words) => string
const listed = (codes: readonly string[], words: Words) => codes.map((code) => words.code(code)).join(', ')
const yes = (is: boolean, words: Words) => (is ? words.say('yes') : '')

const columns: readonly [Word, Cell][] = [
  ['caseId', ({ report }) => report],
  ['unit', ({ unitName }) => unitName],
  ['received', ({ receivedAt }) => moment(receivedAt)],
  ['occurred', ({ facts: { occurredAt } }) => moment(occurredAt)],
  ['state', ({ status }, words) => words.code(status.state)],
  ['ownSeverity', ({ facts: { severity } }, words) => words.code(`severity-${severity ?? 'none'}`)],
  ['grave', ({ grave }, words) => yes(grave, words)],
  ['level', ({ status }) => String(status.level ?? '')],
  ['risk', ({ status }) => String(status.risk ?? '')],
  ['opened', ({ status, openedAt }) => moment(status.openedAt ?? openedAt)],
  ['contacted', ({ status }) => moment(status.contactedAt)],
  ['answered', ({ status }) => moment(status.answeredAt)],
  ['closed', ({ status }) => moment(status.closedAt)],
  ['signed', ({ status }) => moment(status.signedAt)],
  ['reopened', ({ status }) => moment(status.reopenedAt)],
  ['escalated', ({ status }) => moment(status.escalatedAt)],
  ['withdrawn', ({ withdrawnAt }) => moment(withdrawnAt)],
  ['confidential', ({ status }, words) => yes(status.confidential, words)],
  ['unconfirmed', ({ confirmed }, words) => yes(!confirmed, words)],
  ['immediate', ({ status }, words) => listed(status.immediate, words)],
  ['underlying', ({ status }, words) => listed(status.underlying, words)],
  ['measures', ({ status }, words) => status.measures.map(({ kind, state, due }) => `${words.code(kind)} (${words.code(state)}, ${due})`).join(', ')],
  ['notified', ({ status }, words) => status.notified.map(({ who }) => toldTo(who, words)).join(', ')],
  ['checks', ({ status }, words) => status.checks.map(({ check, outcome }) => `${words.code(check)}: ${words.code(outcome)}`).join(', ')],
  ['objection', ({ status }) => moment(status.objectionAt)],
  ['stopped', ({ status }) => moment(status.stoppedAt)],
  ['verdict', ({ status }, words) => (status.verdict === null ? '' : words.code(status.verdict))],
]

export const tableHead = (words: Words): string => line([...columns.map(([word]) => words.say(word)), ...facts.map((field) => words.field(field))])
export const tableRow = (summary: CaseSummary, words: Words): string =>
  line([...columns.map(([, cellOf]) => cellOf(summary, words)), ...facts.map((field) => factInWords(field, summary.facts, words))])
