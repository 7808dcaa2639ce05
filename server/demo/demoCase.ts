/** One made-up report with everything that was sent about it, as the rows that the real work would have left. */
import { randomBytes } from 'node:crypto'
import { defaultClocks } from '#contract/caseClocks.ts'
import { caseTexts } from '#contract/caseLetter.ts'
import { gravity, newCase, step, type Act } from '#contract/caseMachine.ts'
import { textFields, type Facts } from '#contract/facts.ts'
import { graveTypes } from '#contract/vocabulary.ts'
import { firstDues, groundOf } from '../caseViews.ts'
import { encrypt, type Keyring } from '../keys/keys.ts'
import { lettersAbout, type DemoLetter, type Doer, type Told } from './acts.ts'
import { keptLetter } from './keep.ts'
import { bytes, type CaseRow, type EventRow, type LetterRow, type ReportRow } from './rows.ts'

export interface Person { id: string; name: string }
export type People = Record<Doer, Person>
export interface DemoCase { report: ReportRow; outcome: CaseRow; letters: LetterRow[]; events: EventRow[] }

const iso = (time: number) => new Date(time).toISOString()
const without = (fields: object, hidden: readonly string[]) => Object.fromEntries(Object.entries(fields).filter(([field]) => !hidden.includes(field)))
const notFacts = ['unit', ...textFields]
const notCodes = ['v', 'what', 'seen', ...caseTexts]

const factsIn = ({ content }: DemoLetter): Facts => ('facts' in content ? content.facts : {})
const actOf = ({ id, part, what, at, content }: DemoLetter, author: string): Act =>
  ({ id, part, author, at: iso(at), content: ('what' in content ? content : { what }) as Act['content'] })
/** When somebody did this first. */
const firstOf = (letters: readonly DemoLetter[], what: DemoLetter['what']): string | null => {
  const letter = letters.find((one) => one.what === what)
  return letter ? iso(letter.at) : null
}

export function demoCase(told: Told, { people, tenant, keyring }: { people: People; tenant: string; keyring: Keyring }): DemoCase {
  const { id, unit, course } = told.report
  const key = randomBytes(32)
  const letters = lettersAbout(told)
  const reportLetters = letters.filter(({ kind }) => kind === 'report' || kind === 'supplement')
  const facts = without(Object.assign({}, ...reportLetters.map(factsIn)) as Facts, notFacts) as Facts
  const isRecused = facts.aboutLeader === true
  const isConfidential = letters.some(({ what }) => what === 'confidential')
  const receivedAt = new Date(told.report.receivedAt)
  const grave = facts.injury === 'doctor' || (facts.types?.some((type) => graveTypes.includes(type)) ?? false)
  const ground = { grave, facts, safetyRepKnows: told.guarded && !isConfidential, receivedAt }

  let status = newCase()
  const events = letters.filter(({ what }) => what !== 'report').map((letter): EventRow => {
    const who = people[letter.by]
    const seen = status.acts
    const { status: after, idle } = step(status, actOf(letter, who.id), groundOf(ground))
    status = after
    return {
      id: letter.id, report: id, tenant, unit, author: who.id, name: bytes(encrypt(key, Buffer.from(who.name), `${letter.id}/name`)), part: letter.part, what: letter.what, codes: without(without(letter.content, notCodes), ['facts']),
      nth: status.acts, seen, at: iso(letter.at), received: iso(letter.at), idle: idle ?? null,
    }
  })
  const opened = letters.find(({ what }) => what === 'opened')
  const escalated = isRecused ? told.report.receivedAt : firstOf(letters, 'escalate')
  status = { ...status, escalatedAt: status.escalatedAt ?? escalated }
  const { dueAt, openDueAt } = firstDues(status, ground, defaultClocks)
  const said = Object.fromEntries(reportLetters.filter(({ kind }) => kind === 'supplement').flatMap((letter) => Object.keys(without(factsIn(letter), notFacts)).map((field) => [field, letter.id])))
  return {
    report: {
      id, tenant, unit, reporter: people.reporter.id, name: bytes(encrypt(key, Buffer.from(people.reporter.name), id)), wrapped: bytes(keyring.sealUnderMaster(key, id)), facts, said, letters: letters.length, received: told.report.receivedAt,
      opened: opened ? iso(opened.at) : null, openedBy: opened ? people.handler.id : null, role: opened ? (isRecused ? 'hms' : 'leder') : null, withdrawn: firstOf(letters, 'withdrawal'),
      recused: isRecused, confidential: isConfidential, escalated, event: letters.some(({ what }) => what === 'link') ? course.linked : null,
    },
    outcome: { id, status, state: status.state, acts: status.acts, level: gravity(status, groundOf(ground)), contacted: status.contactedAt, answered: status.answeredAt, closed: status.closedAt, due: dueAt, openDue: openDueAt },
    letters: letters.map((letter) => keptLetter(key, { id: letter.id, report: id, kind: letter.kind, account: people[letter.by].id, at: iso(letter.at) }, letter.what === 'report' || !('seen' in letter.content) ? letter.content : { ...letter.content, seen: events.find((one) => one.id === letter.id)?.seen ?? 0 }, tenant)),
    events,
  }
}
