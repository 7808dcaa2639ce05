/** Judges letters: each alone, each with its own answer. The same letter twice is one row and one receipt; other content under a used id changes nothing. */
import { randomBytes } from 'node:crypto'
import type { CasePart } from '#contract/caseCodes.ts'
import { textFields, type Facts } from '#contract/facts.ts'
import type { DeliveryAnswer, ReportContent, SealedLetter } from '#contract/letter.ts'
import { graveTypes } from '#contract/vocabulary.ts'
import { actIn, partOf, relationTo, takeAct, windClock, type Taken } from './cases.ts'
import type { Sql } from './database/database.ts'
import type { RequestActor } from './identity/actor.ts'
import { encrypt } from './keys/keys.ts'
import { openLetter, readEnvelope, type Envelope, type OpenLetter } from './keys/openLetter.ts'
import { ofReport, type Telling } from './noticeRules.ts'
import { accountWithGrants, author } from './queries/accounts.ts'
import { handOn, hasHandlers, setAboutLeader, standingOf, tell } from './queries/cases.ts'
import { insertLetter, keepReceipts, known, quarantine, wasErased } from './queries/letters.ts'
import { addFacts, countCaseLetter, insertReport, insertReportKey, noteOpened, noteWithdrawn, wrappedKey } from './queries/reports.ts'
import { closeWork, type AuditEntry } from './queries/work.ts'
import { placeInTime } from './placeInTime.ts'
import type { Services } from './services.ts'
import { applyToTraining, placeTraining } from './training.ts'
import { later, refused, type Judged, type Turned, type Writer } from './verdicts.ts'

/** These act on what belongs to others too, so a device alone may not bring them. */
const needsSession: readonly string[] = ['opened', 'training', 'case']

/** Who delivers, and whether they are signed in. A device alone may put in what its accounts wrote, and nothing else. */
function deliverer({ header }: Envelope, actor: RequestActor): { account: string; confirmed: boolean } | undefined {
  if (actor.account !== null && (header.account === null || header.account === actor.account)) return { account: actor.account, confirmed: true }
  if (header.account !== null && !needsSession.includes(header.kind) && actor.deviceAccounts.includes(header.account)) return { account: header.account, confirmed: false }
  return undefined
}

/** The facts that may stand as columns: codes and times, no text; the unit has a column of its own. */
const codesOf = (facts: Facts): Facts => Object.fromEntries(Object.entries(facts).filter(([field]) => field !== 'unit' && !(textFields as readonly string[]).includes(field)))

const factsOf = ({ content }: OpenLetter): Facts => ('facts' in content ? (content as ReportContent).facts : {})

/** Where a letter is kept: under whose key, and in which part its writer acts. No part: the letter makes what it belongs to, or is about training. */
interface Place { key: Buffer; part?: CasePart }

/** Makes the row of a new report with its own key. */
async function openReport(sql: Sql, { letter, confirmed }: Judged, writer: Writer, { keyring }: Services, now: Date): Promise<Place | Turned> {
  const report = letter.header.report
  const facts = factsOf(letter)
  const unit = facts.unit ?? writer.units[0]
  if (unit === undefined) return later('not-allowed')
  if (!writer.units.includes(unit)) return refused('foreign-unit')
  const key = randomBytes(32)
  const made = await insertReport(sql, {
    id: report, tenant: writer.tenant, unit, reporter: writer.id, reporterName: encrypt(key, Buffer.from(writer.name), report), now, confirmed, facts: codesOf(facts), aboutLeader: facts.aboutLeader === true,
  })
  if (made.length === 0) return { status: 'conflict', code: 'already-used-id' }
  await insertReportKey(sql, { report, tenant: writer.tenant, wrapped: keyring.sealUnderMaster(key, report) })
  return { key }
}

/** The key of a report that is here, and this writer's part in it. */
async function findReport(sql: Sql, judged: Judged, writer: Writer, { keyring }: Services): Promise<Place | Turned> {
  const { header } = judged.letter
  const report = await standingOf(sql, header.report)
  const wrapped = await wrappedKey(sql, header.report)
  const ofOthers = header.kind === 'opened' || header.kind === 'case'
  if ((!report || !wrapped) && await wasErased(sql, header.report)) return { status: 'gone', code: 'erased' }
  if (!report || !wrapped) return ofOthers ? refused('unknown-report') : later('unknown-report')
  const part = partOf(writer, actIn(judged).what, relationTo(report, writer.id))
  if (part === undefined) return refused(ofOthers ? 'not-allowed' : 'unknown-report')
  return { key: keyring.openUnderMaster(wrapped, header.report), part }
}

/** Finds the place of a letter, and the key that its own key is kept under. */
async function place(sql: Sql, judged: Judged, writer: Writer, services: Services, now: Date): Promise<Place | Turned> {
  const { kind } = judged.letter.header
  if (kind === 'report') return openReport(sql, judged, writer, services, now)
  if (kind !== 'training') return findReport(sql, judged, writer, services)
  const key = await placeTraining(sql, judged, writer, services, now)
  return 'code' in key ? key : { key }
}

const isUrgent = ({ types, severity, contactToday }: Facts): boolean =>
  severity === 3 || contactToday === true || (types?.some((type) => graveTypes.includes(type)) ?? false)

/** A new report is told of. Where nobody at the school may handle it, it goes on to the municipality at once. */
async function announce(sql: Sql, { letter }: Judged, now: Date): Promise<Telling[]> {
  const { report } = letter.header
  const facts = factsOf(letter)
  const goesOn = facts.aboutLeader === true || !await hasHandlers(sql, report)
  if (goesOn) await handOn(sql, report, now)
  await windClock(sql, report)
  return ofReport({ isUrgent: isUrgent(facts), isHurt: facts.injury === 'doctor', isEscalated: goesOn })
}

/** What a letter changes in the row of a report, and whom it is told to. What may end the writer's own sight of the report comes last. */
async function applyToReport(sql: Sql, judged: Judged, { writer, part, taken }: { writer: Writer; part?: CasePart; taken?: Taken }, now: Date): Promise<Telling[]> {
  const { letter, confirmed } = judged
  const { id, kind, report } = letter.header
  if (kind === 'report') return announce(sql, judged, now)
  const facts = factsOf(letter)
  if (kind === 'withdrawal') await noteWithdrawn(sql, report, now, confirmed)
  else if (kind === 'supplement') await addFacts(sql, report, { facts: codesOf(facts), order: placeInTime(id, now), confirmed })
  else if (part === 'handler' && actIn(judged).what !== 'recuse') await noteOpened(sql, report, { by: writer.id, at: now, role: taken?.isLeader === true ? 'leder' : 'hms' })
  else await countCaseLetter(sql, report)
  if (kind === 'supplement') await windClock(sql, report)
  const goesOn = kind === 'supplement' && facts.aboutLeader !== undefined && await setAboutLeader(sql, report, now)
  return [...taken?.tellings ?? [], ...(goesOn ? [{ to: 'overseers', what: 'escalated' } as const] : []), ...await taken?.finish(sql) ?? []]
}

/** What became of one letter: an answer, or a place in this transaction whose receipt is written when all are in. */
type Outcome = DeliveryAnswer | { kept: Judged; at: Date; tellings: Telling[] } | { twin: string }

/** The answer to a letter whose id was taken while it waited for its row: another delivery of the same letter may have been first. */
async function answerTaken(sql: Sql, letter: OpenLetter, turned: Turned): Promise<DeliveryAnswer> {
  const { id } = letter.header
  const meanwhile = await known(sql, letter)
  return typeof meanwhile === 'object' ? { status: 'known', id, receipt: meanwhile } : { ...turned, id }
}

/** One letter in one savepoint. */
async function keepLetter(sql: Sql, judged: Judged, writer: Writer, services: Services): Promise<Outcome> {
  const { letter, confirmed } = judged
  const { id, kind } = letter.header
  const used: Turned = { status: 'conflict', code: 'already-used-id' }
  const before = await known(sql, letter)
  if (before === 'in-this-batch') return { twin: id }
  if (before === 'erased') return { status: 'gone', id, code: 'erased' }
  if (before === 'other') return { ...used, id }
  if (before) return { status: 'known', id, receipt: before }

  const at = services.clock()
  const found = await place(sql, judged, writer, services, at)
  if ('code' in found) return found.status === 'conflict' ? answerTaken(sql, letter, found) : { ...found, id }
  const { key, part } = found
  // Before the letter: the database takes one from somebody else than the author only beside an act of theirs.
  const taken = part && await takeAct(sql, judged, { writer, part, key, now: at })
  const isNew = (part === undefined || taken !== undefined)
    && await insertLetter(sql, letter, { tenant: writer.tenant, author: writer.id, cekSealed: encrypt(key, letter.contentKey, id), now: at, confirmed })
  if (!isNew) {
    // Nothing is left of a place that was made for it.
    await sql.query('rollback to savepoint letter')
    return answerTaken(sql, letter, used)
  }
  if (kind !== 'training') return { kept: judged, at, tellings: await applyToReport(sql, judged, { writer, ...(part && { part }), ...(taken && { taken }) }, at) }
  await applyToTraining(sql, judged, key, at)
  return { kept: judged, at, tellings: [] }
}

/** Audit rows, numbers and receipts of all that was kept: the last thing before the commit, since the counter is locked from here on. */
async function finish(sql: Sql, outcomes: Outcome[], { keyring, clock }: Services): Promise<DeliveryAnswer[]> {
  const kept = outcomes.flatMap((outcome) => ('kept' in outcome ? [outcome] : []))
  const entries = kept.map(({ kept: { letter: { header }, confirmed } }): AuditEntry => ({ action: `letter.${header.kind}`, object: header.report, detail: { letter: header.id, confirmed } }))
  const first = kept.length > 0 ? await closeWork(sql, entries, kept.length) : 0
  const receipts = new Map(kept.map(({ kept: { letter }, at }, nth) =>
    [letter.header.id, keyring.signReceipt({ id: letter.header.id, hash: letter.hash, receivedAt: at.toISOString(), seq: first + nth })]))
  if (kept.length > 0) await keepReceipts(sql, kept.flatMap(({ kept: { letter: { header } } }) => { const receipt = receipts.get(header.id); return receipt ? [{ ...receipt, report: header.report, kind: header.kind }] : [] }))
  const told = kept.flatMap(({ kept: { letter: { header } }, tellings }, nth) => tellings.map((telling) => ({ ...telling, report: header.report, seq: first + nth })))
  if (told.length > 0) await tell(sql, told, clock())
  return outcomes.map((outcome): DeliveryAnswer => {
    if ('status' in outcome) return outcome
    const id = 'twin' in outcome ? outcome.twin : outcome.kept.letter.header.id
    const receipt = receipts.get(id)
    return receipt ? { status: 'twin' in outcome ? 'known' : 'received', id, receipt } : { status: 'later', id, code: 'try-again' }
  })
}

/** Somebody whose account is closed has no grants any more, but what they wrote is theirs. */
async function writerOf(sql: Sql, id: string, services: Services): Promise<Writer | undefined> {
  const who = await author(sql, id, services.keyring)
  const account = await accountWithGrants(sql, id, services.keyring)
  return who && { id, ...who, grants: account?.grants ?? [] }
}

/** Several letters of one person in one transaction: a savepoint each, one flush for all. A failure of ours is never the letter's fault: it may come again. */
async function keepLetters(batch: Judged[], services: Services, note: (cause: unknown) => void): Promise<DeliveryAnswer[]> {
  const account = batch[0]?.account ?? null
  const again = ({ letter }: Judged): DeliveryAnswer => ({ status: 'later', id: letter.header.id, code: 'try-again' })
  try {
    return await services.database.asActor({ account }, async (sql) => {
      const writer = account === null ? undefined : await writerOf(sql, account, services)
      if (!writer) return batch.map(({ letter }) => ({ status: 'later', id: letter.header.id, code: 'not-allowed' }))
      const outcomes: Outcome[] = []
      await sql.query('savepoint letter')
      for (const delivered of batch) {
        // Whoever was closed out while this came in does not stand behind it as a signed-in person does.
        const judged = writer.isClosed ? { ...delivered, confirmed: false } : delivered
        try {
          outcomes.push(await keepLetter(sql, judged, writer, services))
          await sql.query('release savepoint letter; savepoint letter')
        } catch (cause) {
          await sql.query('rollback to savepoint letter')
          note(cause)
          outcomes.push(again(judged))
        }
      }
      return finish(sql, outcomes, services)
    })
  } catch (cause) {
    note(cause)
    return batch.map(again)
  }
}

/** Keeps what cannot be read for a person to look at, and says so. */
async function setAside(sealed: SealedLetter, envelope: Envelope, account: string, services: Services): Promise<void> {
  await services.database.asActor({ account }, async (sql) => {
    const who = await author(sql, account, services.keyring)
    if (who) await quarantine(sql, { id: envelope.header.id, tenant: who.tenant, account, hash: envelope.hash, sealed, reason: 'invalid-content' })
  })
}

/** One answer for each letter, in order. `note` hears of failures of ours. Never throws for what a letter is. */
export async function judgeLetters(letters: SealedLetter[], actor: RequestActor, services: Services, note: (cause: unknown) => void): Promise<DeliveryAnswer[]> {
  const looked = await Promise.all(letters.map(async (sealed): Promise<Judged | DeliveryAnswer> => {
    const envelope = readEnvelope(sealed)
    if (!envelope) return { id: '', ...refused('invalid-envelope') }
    const id = envelope.header.id
    const who = deliverer(envelope, actor)
    if (!who) return { id, ...later('sign-in-needed') }
    const opened = await openLetter(envelope, services.keyring)
    if (opened.ok) return { letter: opened.letter, ...who }
    if (opened.code === 'invalid-content') await setAside(sealed, envelope, who.account, services).catch(note)
    return { id, ...refused(opened.code) }
  }))
  const answers = looked.map((item) => ('letter' in item ? undefined : item))
  // One transaction per person, their letters in the order in which they came.
  const accounts = new Set(looked.flatMap((item) => ('letter' in item ? [item.account] : [])))
  for (const account of accounts) {
    const places = looked.flatMap((item, place) => ('letter' in item && item.account === account ? [{ item, place }] : []))
    const kept = await keepLetters(places.map(({ item }) => item), services, note)
    places.forEach(({ place }, nth) => { answers[place] = kept[nth] })
  }
  return answers.map((answer) => answer ?? { status: 'later', id: '', code: 'try-again' })
}
