/** A case as a document: headings, rows and texts in their order. Made from what its reader may see (readCase.ts) and from nothing else. */
import type { Case, CaseLetter } from '#contract/changes.ts'
import { actInWords, toldTo } from './acts.ts'
import { factRows, type Row } from './facts.ts'
import { shortId, type Words } from './words.ts'

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'text' | 'small' | 'box'; text: string }
  | { kind: 'rows'; rows: Row[] }

export interface Circumstances { municipality: string; printedBy: string; at: string }

const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
const rowsOf = (rows: (Row | false | null | undefined)[]): Block[] => {
  const kept = rows.filter((row): row is Row => Boolean(row) && (row as Row).value !== '')
  return kept.length === 0 ? [] : [{ kind: 'rows', rows: kept }]
}

function summaryOf({ summary, reporter }: Case, words: Words, { municipality }: Circumstances): Block[] {
  const { status, facts } = summary
  const at = (iso: string | null) => (iso === null ? '' : words.moment(iso))
  const yes = (is: boolean) => (is ? words.say('yes') : '')
  return [heading(2, words.say('summary')), ...rowsOf([
    { label: words.say('caseId'), value: summary.report },
    { label: words.say('municipality'), value: municipality },
    { label: words.say('unit'), value: summary.unitName },
    { label: words.say('reporter'), value: reporter ?? '' },
    { label: words.say('state'), value: words.code(status.state) },
    { label: words.say('ownSeverity'), value: words.code(`severity-${facts.severity ?? 'none'}`) },
    { label: words.say('grave'), value: yes(summary.grave) },
    { label: words.say('received'), value: at(summary.receivedAt) },
    { label: words.say('opened'), value: at(status.openedAt ?? summary.openedAt) },
    { label: words.say('contacted'), value: at(status.contactedAt) },
    { label: words.say('answered'), value: at(status.answeredAt) },
    { label: words.say('closed'), value: at(status.closedAt) },
    { label: words.say('signed'), value: at(status.signedAt) },
    { label: words.say('reopened'), value: at(status.reopenedAt) },
    { label: words.say('escalated'), value: at(status.escalatedAt) },
    { label: words.say('withdrawn'), value: at(summary.withdrawnAt) },
    { label: words.say('confidential'), value: yes(status.confidential) },
    { label: words.say('unconfirmed'), value: yes(!summary.confirmed) },
  ])]
}

function letterBlocks(letter: CaseLetter, words: Words): Block[] {
  const rows = factRows(letter.facts, words)
  if (rows.length === 0 && letter.kind === 'opened') return []
  return [heading(3, `${words.code(letter.kind)}, ${words.moment(letter.at)}`), ...rowsOf(rows)]
}

function followUp({ summary: { status }, linked }: Case, words: Words): Block[] {
  const causes = (codes: readonly string[]) => codes.map((code) => words.code(code)).join(', ')
  const measures = status.measures.flatMap(({ kind, due, state, effect }): Row[] =>
    [{ label: words.code(kind), value: [words.code(state), `${words.say('due').toLocaleLowerCase(words.tag)} ${words.day(due)}`, ...(effect === null ? [] : [words.code(effect)])].join(', ') }])
  const block = [...rowsOf([
    { label: words.say('level'), value: status.level === null ? '' : words.say('levelOf', { level: status.level }) },
    { label: words.say('risk'), value: status.risk === null ? '' : words.say('riskOf', { risk: status.risk }) },
    { label: words.say('types'), value: causes(status.types) },
    { label: words.say('immediate'), value: causes(status.immediate) },
    { label: words.say('underlying'), value: causes(status.underlying) },
    { label: words.say('causesUnknown'), value: status.causesUnknown ? words.say('yes') : '' },
    { label: words.say('noMeasure'), value: status.noMeasure ? words.say('yes') : '' },
    { label: words.say('verdict'), value: status.verdict === null ? '' : words.code(status.verdict) },
    { label: words.say('objection'), value: status.objectionAt === null ? '' : words.moment(status.objectionAt) },
    { label: words.say('stopped'), value: status.stoppedAt === null ? '' : words.moment(status.stoppedAt) },
    { label: words.say('linked'), value: linked.map(shortId).join(', ') },
  ])]
  const part = (title: string, rows: Row[]): Block[] => (rows.length === 0 ? [] : [heading(3, title), { kind: 'rows', rows }])
  block.push(
    ...part(words.say('measures'), measures),
    ...part(words.say('notified'), status.notified.map(({ who, on }) => ({ label: toldTo(who, words), value: words.moment(on) }))),
    ...part(words.say('checks'), status.checks.map(({ check, outcome, at }) => ({ label: words.code(check), value: `${words.code(outcome)}, ${words.moment(at)}` }))),
  )
  return [heading(2, words.say('followUp')), ...(block.length === 0 ? [{ kind: 'text', text: words.say('nothingYet') } as const] : block)]
}

function course({ events }: Case, words: Words): Block[] {
  const blocks = events.flatMap((event): Block[] => {
    const { title, by, rows, text, idle } = actInWords(event, words)
    return [heading(3, title), { kind: 'small', text: by }, ...rowsOf(rows), ...(text === undefined || text === '' ? [] : [{ kind: 'text', text } as const]), ...(idle === undefined ? [] : [{ kind: 'small', text: idle } as const])]
  })
  return blocks.length === 0 ? [] : [heading(2, words.say('course')), ...blocks]
}

/** The whole document. */
export function caseDocument(found: Case, words: Words, circumstances: Circumstances): Block[] {
  return [
    heading(1, words.say('title', { id: shortId(found.summary.report) })),
    { kind: 'box', text: words.say('personal') },
    ...(found.masked ? [{ kind: 'small', text: words.say('masked') } as const] : []),
    ...summaryOf(found, words, circumstances),
    heading(2, words.say('report')), ...found.letters.flatMap((letter) => letterBlocks(letter, words)),
    ...followUp(found, words),
    ...course(found, words),
  ]
}
