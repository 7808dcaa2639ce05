/** Judges letters about training and practice: who may say what about which entry, and what becomes of the entry. */
import { randomBytes } from 'node:crypto'
import type { TrainingChange, TrainingContent, TrainingSaying } from '#contract/training.ts'
import type { Sql } from './database/database.ts'
import { decrypt, encrypt, type Keyring } from './keys/keys.ts'
import { placeInTime } from './placeInTime.ts'
import { can, type Relation } from './policy.ts'
import { wasErased } from './queries/letters.ts'
import { answerTraining, correctTraining, countLetter, insertTraining, insertTrainingKey, isNoEntry, removeTraining, trainingById, type TrainingFacts, type TrainingRow } from './queries/training.ts'
import type { Services } from './services.ts'
import { later, refused, type Judged, type Turned, type Writer } from './verdicts.ts'

interface Texts { title?: string; text?: string }
const isSaying = (content: TrainingContent): content is TrainingSaying => content.what === 'log' || content.what === 'plan' || content.what === 'request'

/** The schema holds the form of a day; only a calendar knows that February has no 31st. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

/** What the schema cannot say: real days in their order, and something that it is about. */
function isSound(said: TrainingSaying): boolean {
  const until = said.what === 'request' ? said.until : said.on
  return isDay(said.on) && isDay(until) && said.on <= until && (said.code !== undefined || said.title !== undefined)
}

function factsOf(said: TrainingSaying, key: Buffer, id: string): TrainingFacts {
  const texts: Texts = { ...(said.title !== undefined && { title: said.title }), ...('text' in said && said.text !== undefined && { text: said.text }) }
  return {
    form: said.form, code: said.code ?? null, on: said.on, until: said.what === 'request' ? said.until : null, people: 'people' in said ? said.people : null, groups: 'groups' in said ? said.groups : [],
    need: 'need' in said ? said.need : null, state: said.what === 'log' ? 'done' : said.what === 'plan' ? said.state : 'asked',
    texts: Object.keys(texts).length > 0 ? encrypt(key, Buffer.from(JSON.stringify(texts)), `${id}/texts`) : null,
  }
}

const mayWrite = ({ grants }: Writer, relation: Relation) => can(grants, 'training.write', relation)

/** Makes the row of a new entry with its own key. */
async function begin(sql: Sql, said: TrainingSaying, id: string, writer: Writer, { keyring }: Services, now: Date): Promise<Buffer | Turned> {
  const relationTo = (unit: string): Relation => ({ isReporter: true, unit, entry: said.what })
  const own = writer.grants.flatMap((grant) => grant.unit?.id ?? [])
  const unit = said.unit ?? own.find((candidate) => mayWrite(writer, relationTo(candidate)))
  if (unit === undefined) return refused('not-allowed')
  if (!own.includes(unit)) return refused('foreign-unit')
  if (!mayWrite(writer, relationTo(unit))) return refused('not-allowed')
  const byRole = writer.grants.some((grant) => grant.role === 'leder' && grant.unit?.id === unit) ? 'leder' : 'verneombud'
  const key = randomBytes(32)
  const isNew = await insertTraining(sql, { id, tenant: writer.tenant, unit, author: writer.id, byRole, what: said.what, now }, factsOf(said, key, id))
  if (!isNew) return { status: 'conflict', code: 'already-used-id' }
  await insertTrainingKey(sql, { training: id, tenant: writer.tenant, wrapped: keyring.sealUnderMaster(key, id) })
  return key
}

/** An entry may still come. Under an id that was erased, or that something else has, none ever will. */
async function missing(sql: Sql, id: string): Promise<Turned> {
  if (await wasErased(sql, id)) return { status: 'gone', code: 'erased' }
  return await isNoEntry(sql, id) ? refused('wrong-entry') : later('unknown-entry')
}

/** The key of an entry that is here, if this writer may say this of it. */
async function goOn(sql: Sql, said: TrainingContent, id: string, writer: Writer, { keyring }: Services): Promise<Buffer | Turned> {
  const entry = await trainingById(sql, id)
  if (!entry?.wrapped) return missing(sql, id)
  const relation: Relation = { isReporter: false, unit: entry.unit, entry: entry.what }
  if (isSaying(said) ? said.what !== entry.what || (said.unit ?? entry.unit) !== entry.unit : said.what === 'reply' && entry.what !== 'request') return refused('wrong-entry')
  const allowed = said.what === 'reply' ? can(writer.grants, 'training.answer', relation) : mayWrite(writer, relation)
  return allowed ? keyring.openUnderMaster(entry.wrapped, id) : refused('not-allowed')
}

const saidIn = ({ letter }: Judged) => letter.content as TrainingContent

/** Finds the place of a letter: a new entry, or one that is here. Gives the entry's key. */
export async function placeTraining(sql: Sql, judged: Judged, writer: Writer, services: Services, now: Date): Promise<Buffer | Turned> {
  const { header } = judged.letter
  const said = saidIn(judged)
  if (isSaying(said) && !isSound(said)) return refused('invalid-content')
  if (header.id !== header.report) return goOn(sql, said, header.report, writer, services)
  return isSaying(said) ? begin(sql, said, header.id, writer, services, now) : refused('wrong-entry')
}

/** What a letter changes in an entry that was there before it. An author's older correction or answer that comes late is kept, and changes nothing. */
export async function applyToTraining(sql: Sql, judged: Judged, key: Buffer, now: Date): Promise<void> {
  const { account, letter: { header: { id, report: entry } } } = judged
  const said = saidIn(judged)
  if (id === entry) return
  await countLetter(sql, entry)
  const by = { account, order: placeInTime(id, now), now }
  if (said.what === 'removal') await removeTraining(sql, entry, now)
  else if (said.what === 'reply') await answerTraining(sql, entry, by, { state: said.state, reply: said.message === undefined ? null : encrypt(key, Buffer.from(said.message), `${entry}/reply`) })
  else await correctTraining(sql, entry, by, factsOf(said, key, entry))
}

/** An entry as the change that it is for everybody who may read it. What was removed or erased has no words any more. */
export function trainingChange(row: TrainingRow, keyring: Keyring): TrainingChange {
  const { id, unit, unitName, what, form, code, on, until, people, groups, need, state, byRole, seq } = row
  const removed = row.removedAt !== null
  const key = row.wrapped && !removed ? keyring.openUnderMaster(row.wrapped, id) : undefined
  const texts: Texts = key && row.texts ? JSON.parse(decrypt(key, row.texts, `${id}/texts`).toString('utf8')) as Texts : {}
  return {
    kind: 'training', report: id, seq, unit, unitName, what, form, code, title: texts.title ?? null, on, until, people, groups, need, state, text: texts.text ?? null,
    message: key && row.reply ? decrypt(key, row.reply, `${id}/reply`).toString('utf8') : null,
    byRole, receivedAt: row.receivedAt.toISOString(), changedAt: row.changedAt.toISOString(), answeredAt: row.answeredAt?.toISOString() ?? null, removed,
  }
}
