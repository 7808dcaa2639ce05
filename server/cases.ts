/** Judges acts in a case: who may do what, what it changes, and who is told. An act that does not fit where the case stands is kept, and says why it changed nothing. */
import { caseTexts, type CaseContent } from '#contract/caseLetter.ts'
import type { CasePart, CaseWhat, IdleReason } from '#contract/caseCodes.ts'
import { gravity, idleStep, mayDo, step, type Act } from '#contract/caseMachine.ts'
import { firstDues, groundOf, statusOf } from './caseViews.ts'
import type { CaseStatus } from '#contract/caseStatus.ts'
import type { Sql } from './database/database.ts'
import { encrypt } from './keys/keys.ts'
import { ofAct, type Telling } from './noticeRules.ts'
import { can, type Relation } from './policy.ts'
import { handOn, hasOthers, holdCase, insertEvent, linkReport, mayBeAssigned, recuseSelf, saveStatus, setConfidential, standingOf, type CaseRow, type Standing } from './queries/cases.ts'
import { settingsOf } from './queries/settings.ts'
import type { Judged, Writer } from './verdicts.ts'

/** How somebody stands to a report. */
export const relationTo = (standing: Standing, account: string): Relation => ({
  isReporter: standing.reporter === account, unit: standing.unit, isRecused: standing.recused, isPartial: standing.recusedAccounts.includes(account), isEscalated: standing.escalated, isConfidential: standing.confidential,
})

/** As whom this writer does this; undefined when they may not. */
export function partOf({ grants }: Pick<Writer, 'grants'>, what: CaseWhat, relation: Relation): CasePart | undefined {
  if (what === 'opened') return can(grants, 'case.open', relation) ? 'handler' : undefined
  if (what === 'supplement' || what === 'withdrawal') return relation.isReporter ? 'reporter' : undefined
  if (relation.isReporter) return mayDo('reporter', what) && can(grants, 'case.reply', relation) ? 'reporter' : undefined
  if (mayDo('handler', what) && can(grants, 'case.handle', relation)) return 'handler'
  return mayDo('guardian', what) && can(grants, 'case.guard', relation) ? 'guardian' : undefined
}

/** The act that a letter is: a case act, or one of the kinds that only say that something was done. */
export function actIn({ letter: { header: { kind }, content } }: Judged): Act['content'] {
  if (kind === 'case') return content as CaseContent
  if (kind === 'opened' || kind === 'withdrawal') return { what: kind }
  return { what: 'supplement' }
}

const notCodes: readonly string[] = ['v', 'what', 'seen', ...caseTexts]
const codesOf = (content: Act['content']) => Object.fromEntries(Object.entries(content).filter(([field]) => !notCodes.includes(field)))

/** What only the database knows: whether the other report or person, or anybody else, is there for this. */
async function outsideReason(sql: Sql, report: string, content: Act['content'], writer: Writer): Promise<IdleReason | undefined> {
  if (content.what === 'recuse') return await hasOthers(sql, report, writer.id) ? undefined : 'nobody-else'
  if (content.what === 'assign') return await mayBeAssigned(sql, report, content.to) ? undefined : 'not-in-unit'
  if (content.what !== 'link' || content.to === null) return undefined
  if (content.to === report) return 'itself'
  const other = await standingOf(sql, content.to)
  return other && can(writer.grants, 'case.handle', relationTo(other, writer.id)) ? undefined : 'not-in-unit'
}

/** What an act leads to once its letter is in: told to whom, and done to the report. `isLeader`: the writer leads the school, rather than looks after the municipality. */
export interface Taken { tellings: Telling[]; isLeader: boolean; finish(sql: Sql): Promise<Telling[]> }

/** Does to the report itself what the act says. Last, since it may end the writer's own sight of the report. */
async function applyToReport(sql: Sql, report: string, content: Act['content'], now: Date): Promise<Telling[]> {
  if (content.what === 'escalate') await handOn(sql, report, now)
  else if (content.what === 'confidential') await setConfidential(sql, report, content.on)
  else if (content.what === 'link') await linkReport(sql, report, content.to)
  else if (content.what === 'recuse') return await recuseSelf(sql, report, now) ? [{ to: 'reporter', what: 'handed-on' }, { to: 'overseers', what: 'escalated' }] : []
  return []
}

async function keepStatus(sql: Sql, report: string, status: CaseStatus, row: CaseRow): Promise<void> {
  const { settings } = await settingsOf(sql)
  await saveStatus(sql, report, status, gravity(status, groundOf(row)), firstDues(status, row, settings.clocks))
}

/** Sets the case's clock by what the report says now: when it has come, and when a supplement says that it was graver. */
export async function windClock(sql: Sql, report: string): Promise<void> {
  const row = await holdCase(sql, report)
  if (row) await keepStatus(sql, report, statusOf(row), row)
}

/** Takes an act in its place among the others. Undefined when its id is taken. */
export async function takeAct(sql: Sql, judged: Judged, { writer, part, key, now }: { writer: Writer; part: CasePart; key: Buffer; now: Date }): Promise<Taken | undefined> {
  const { header: { id, report, at: said } } = judged.letter
  const content = actIn(judged)
  const row = await holdCase(sql, report)
  if (!row) throw new Error('A report without its case')
  const before = statusOf(row)
  const ground = groundOf(row)
  // A phone's clock that is ahead must not keep a case open or closed beyond its time, and nothing is done in a case before it is there.
  const at = new Date(Math.max(row.receivedAt.getTime(), Math.min(Date.parse(said), now.getTime())))
  // A case is closed when the reporter can know of it: the days to open it again are not used up by a leader's time without a line.
  const act: Act = { id, part, author: writer.id, at: (content.what === 'close' ? now : at).toISOString(), content }
  const outside = await outsideReason(sql, report, content, writer)
  const { status, idle } = outside === undefined ? step(before, act, ground) : idleStep(before, act, outside)
  const isNew = await insertEvent(sql, {
    id, report, tenant: row.tenant, unit: row.unit, author: writer.id, authorName: encrypt(key, Buffer.from(writer.name), `${id}/name`), part, what: content.what, codes: codesOf(content),
    nth: row.acts + 1, seen: 'seen' in content ? content.seen : row.acts, at, now, idle: idle ?? null,
  })
  if (!isNew) return undefined
  await keepStatus(sql, report, status, row)
  const isLeader = writer.grants.some(({ role, unit }) => role === 'leder' && unit?.id === row.unit)
  if (idle !== undefined) return { tellings: [], isLeader, finish: async () => [] }
  return {
    isLeader,
    tellings: ofAct({ what: content.what, part, before, after: status, ...(content.what === 'assign' && { to: content.to }) }),
    finish: (within) => applyToReport(within, report, content, now),
  }
}
