/** Judges letters: each alone, each with its own answer. The same letter twice is one row and one receipt; other content under a used id changes nothing. */
import { randomBytes } from 'node:crypto'
import { textFields, type Facts } from '#contract/facts.ts'
import type { DeliveryAnswer, ReportContent, SealedLetter } from '#contract/letter.ts'
import type { ProblemCode } from '#contract/problem.ts'
import type { Grant } from '#contract/session.ts'
import type { Sql } from './database/database.ts'
import type { RequestActor } from './identity/actor.ts'
import { encrypt } from './keys/keys.ts'
import { openLetter, readEnvelope, type Envelope, type OpenLetter } from './keys/openLetter.ts'
import { can } from './policy.ts'
import { accountWithGrants, author } from './queries/accounts.ts'
import { insertLetter, keepReceipt, known, quarantine } from './queries/letters.ts'
import { addFacts, giveNumber, insertReport, insertReportKey, noteOpened, noteWithdrawn, reportById, wrappedKey } from './queries/reports.ts'
import { closeWork } from './queries/work.ts'
import type { Services } from './services.ts'

interface Writer { id: string; tenant: string; name: string; units: string[]; grants: readonly Grant[] }
type Judged = { letter: OpenLetter; account: string; confirmed: boolean }
type Turned = { status: 'conflict' | 'gone' | 'refused' | 'later'; code: ProblemCode }

const later = (code: ProblemCode): Turned => ({ status: 'later', code })
const refused = (code: ProblemCode): Turned => ({ status: 'refused', code })

/** Who delivers, and whether they are signed in. A device alone may put in what its accounts wrote, and nothing else. */
function deliverer({ header }: Envelope, actor: RequestActor): { account: string; confirmed: boolean } | undefined {
  if (actor.account !== null && (header.account === null || header.account === actor.account)) return { account: actor.account, confirmed: true }
  if (header.account !== null && header.kind !== 'opened' && actor.deviceAccounts.includes(header.account)) return { account: header.account, confirmed: false }
  return undefined
}

/** The facts that may stand as columns: codes and times, no text; the unit has a column of its own. */
const codesOf = (facts: Facts): Facts => Object.fromEntries(Object.entries(facts).filter(([field]) => field !== 'unit' && !(textFields as readonly string[]).includes(field)))

const factsOf = ({ content }: OpenLetter): Facts => ('facts' in content ? (content as ReportContent).facts : {})

/** Makes the row of a new report with its own key. */
async function openReport(sql: Sql, { letter, confirmed }: Judged, writer: Writer, { keyring }: Services, now: Date): Promise<Buffer | Turned> {
  const report = letter.header.report
  const wanted = factsOf(letter).unit
  const unit = wanted ?? writer.units[0]
  if (unit === undefined) return later('not-allowed')
  if (!writer.units.includes(unit)) return refused('foreign-unit')
  const key = randomBytes(32)
  const made = await insertReport(sql, { id: report, tenant: writer.tenant, unit, reporter: writer.id, reporterName: encrypt(key, Buffer.from(writer.name), report), now, confirmed })
  if (made.length === 0) return { status: 'conflict', code: 'already-used-id' }
  await insertReportKey(sql, { report, tenant: writer.tenant, wrapped: keyring.sealUnderMaster(key, report) })
  return key
}

/** The key of a report that is here, if this writer may add this kind of letter to it. */
async function findReport(sql: Sql, { letter: { header } }: Judged, writer: Writer, { keyring }: Services): Promise<Buffer | Turned> {
  const report = await reportById(sql, header.report)
  const wrapped = await wrappedKey(sql, header.report)
  const opens = header.kind === 'opened'
  if (!report || !wrapped) return opens ? refused('unknown-report') : later('unknown-report')
  const isReporter = report.reporter === writer.id
  const allowed = opens ? can(writer.grants, 'case.open', { isReporter, unit: report.unit }) : isReporter
  if (!allowed) return refused(opens ? 'not-allowed' : 'unknown-report')
  return keyring.openUnderMaster(wrapped, header.report)
}

async function applyToReport(sql: Sql, letter: OpenLetter, writer: Writer, now: Date): Promise<void> {
  const { kind, report } = letter.header
  if (kind === 'withdrawal') await noteWithdrawn(sql, report, now)
  else if (kind === 'opened') await noteOpened(sql, report, { by: writer.id, at: now })
  else await addFacts(sql, report, codesOf(factsOf(letter)))
}

/** One letter in one savepoint. */
async function keepLetter(sql: Sql, judged: Judged, writer: Writer, services: Services): Promise<DeliveryAnswer> {
  const { letter, confirmed } = judged
  const { id, report, kind } = letter.header
  const turn = ({ status, code }: Turned): DeliveryAnswer => ({ status, id, code })
  const before = await known(sql, letter)
  if (before === 'erased') return turn({ status: 'gone', code: 'erased' })
  if (before === 'other') return turn({ status: 'conflict', code: 'already-used-id' })
  if (before) return { status: 'known', id, receipt: before }

  const now = services.clock()
  const key = kind === 'report' ? await openReport(sql, judged, writer, services, now) : await findReport(sql, judged, writer, services)
  if ('code' in key) {
    // Another delivery of the same letter may have been first while this one waited for its row.
    const meanwhile = key.status === 'conflict' ? await known(sql, letter) : undefined
    return meanwhile && typeof meanwhile === 'object' ? { status: 'known', id, receipt: meanwhile } : turn(key)
  }
  const isNew = await insertLetter(sql, letter, { tenant: writer.tenant, author: writer.id, cekSealed: encrypt(key, letter.contentKey, id), now, confirmed })
  if (!isNew) {
    const meanwhile = await known(sql, letter)
    return meanwhile && typeof meanwhile === 'object' ? { status: 'known', id, receipt: meanwhile } : turn({ status: 'conflict', code: 'already-used-id' })
  }
  await applyToReport(sql, letter, writer, now)
  const seq = await closeWork(sql, [{ action: `letter.${kind}`, object: report, detail: { letter: id, confirmed } }], 1)
  await giveNumber(sql, report, seq)
  const receipt = services.keyring.signReceipt({ id, hash: letter.hash, receivedAt: now.toISOString(), seq })
  await keepReceipt(sql, receipt)
  return { status: 'received', id, receipt }
}

async function writerOf(sql: Sql, id: string, services: Services): Promise<Writer | undefined> {
  const who = await author(sql, id, services.keyring)
  const account = who && await accountWithGrants(sql, id, services.keyring)
  return who && account && { id, ...who, grants: account.grants }
}

/** Several letters of one person in one transaction: a savepoint each, one flush for all. A failure of ours is never the letter's fault: it may come again. */
async function keepLetters(batch: Judged[], services: Services, note: (cause: unknown) => void): Promise<DeliveryAnswer[]> {
  const account = batch[0]?.account ?? null
  const again = ({ letter }: Judged): DeliveryAnswer => ({ status: 'later', id: letter.header.id, code: 'try-again' })
  try {
    return await services.database.asActor({ account }, async (sql) => {
      const writer = account === null ? undefined : await writerOf(sql, account, services)
      if (!writer) return batch.map(({ letter }) => ({ status: 'later', id: letter.header.id, code: 'not-allowed' }))
      const answers: DeliveryAnswer[] = []
      for (const judged of batch) {
        await sql.query('savepoint letter')
        try {
          answers.push(await keepLetter(sql, judged, writer, services))
          await sql.query('release savepoint letter')
        } catch (cause) {
          await sql.query('rollback to savepoint letter')
          note(cause)
          answers.push(again(judged))
        }
      }
      return answers
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
