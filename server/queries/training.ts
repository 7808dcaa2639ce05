/** Training and practice: an entry's latest state, as codes, counts and days; texts are ciphertext. Row-level security decides what there is. */
import type { TrainingAnswer, TrainingEntry, TrainingForm, TrainingGroup, TrainingNeed, TrainingState } from '#contract/trainingCodes.ts'
import type { Role } from '#contract/vocabulary.ts'
import type { Sql } from '../database/database.ts'

/** What the school says of an entry; the whole of it is replaced by a correction. */
export interface TrainingFacts {
  form: TrainingForm; code: string | null; on: string; until: string | null; people: number | null; groups: TrainingGroup[]; need: TrainingNeed | null; state: TrainingState; texts: Buffer | null
}
export interface TrainingRow extends TrainingFacts {
  id: string; unit: string; unitName: string; byRole: Role; what: TrainingEntry; reply: Buffer | null; seq: number; receivedAt: Date; changedAt: Date; answeredAt: Date | null; removedAt: Date | null; wrapped: Buffer | null
}

const columns = `t.id, t.unit, u.name as "unitName", t.by_role as "byRole", t.what, t.form, t.code, t.held_on::text as "on", t.until_on::text as until, t.people, t.groups, t.need, t.state, t.texts, t.reply, t.seq,
  t.received_at as "receivedAt", t.changed_at as "changedAt", t.answered_at as "answeredAt", t.removed_at as "removedAt", k.wrapped`
const tables = 'training t join unit u on u.id = t.unit left join training_key k on k.training = t.id'

const valuesOf = ({ form, code, on, until, people, groups, need, state, texts }: TrainingFacts) => [form, code, on, until, people, groups, need, state, texts]

/** Makes an entry. False when the id is taken. */
export async function insertTraining(sql: Sql, entry: { id: string; tenant: string; unit: string; author: string; byRole: Role; what: TrainingEntry; now: Date }, facts: TrainingFacts): Promise<boolean> {
  const rows = await sql.query(
    `insert into training (id, tenant, unit, author, by_role, what, received_at, changed_at, letters, form, code, held_on, until_on, people, groups, need, state, texts)
     values ($1, $2, $3, $4, $5, $6, $7, $7, 1, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing returning id`,
    [entry.id, entry.tenant, entry.unit, entry.author, entry.byRole, entry.what, entry.now, ...valuesOf(facts)])
  return rows.length > 0
}

export const insertTrainingKey = (sql: Sql, key: { training: string; tenant: string; wrapped: Buffer }) =>
  sql.query("insert into training_key (training, tenant, kek, wrapped) values ($1, $2, 'master', $3)", [key.training, key.tenant, key.wrapped])

export const countLetter = (sql: Sql, id: string) => sql.query('update training set letters = letters + 1 where id = $1', [id])

/** Whose letter it is, and its place among their letters. Between two people the one who came last has seen the other's. */
interface By { account: string; order: string; now: Date }
const noting = (kind: 'correction' | 'answer') => `newest = newest || jsonb_build_object('${kind}/' || $2::text, $3::uuid), changed_at = $4`
const unlessOlder = (kind: 'correction' | 'answer') => `coalesce((newest->>('${kind}/' || $2::text))::uuid <= $3::uuid, true)`

/** A correction. A request that was answered keeps its answer. */
export const correctTraining = (sql: Sql, id: string, { account, order, now }: By, facts: TrainingFacts) => sql.query(
  `update training set ${noting('correction')}, form = $5, code = $6, held_on = $7, until_on = $8, people = $9, groups = $10, need = $11,
     state = case when answered_at is null then $12 else state end, texts = $13 where id = $1 and ${unlessOlder('correction')}`, [id, account, order, now, ...valuesOf(facts)])

export const answerTraining = (sql: Sql, id: string, { account, order, now }: By, answer: { state: TrainingAnswer; reply: Buffer | null }) =>
  sql.query(`update training set ${noting('answer')}, answered_at = $4, state = $5, reply = $6 where id = $1 and ${unlessOlder('answer')}`, [id, account, order, now, answer.state, answer.reply])

export const removeTraining = (sql: Sql, id: string, now: Date) =>
  sql.query('update training set removed_at = coalesce(removed_at, $2), changed_at = $2 where id = $1', [id, now])

/** Gives each entry the number of its newest letter. */
export const numberTraining = (sql: Sql, numbers: { entry: string; seq: number }[]) => sql.query(
  'update training t set seq = n.seq from (select entry, max(seq) as seq from jsonb_to_recordset($1::jsonb) as r(entry uuid, seq bigint) group by entry) n where t.id = n.entry', [JSON.stringify(numbers)])

/** One entry that the asker may see; undefined when there is none for them. */
export async function trainingById(sql: Sql, id: string): Promise<TrainingRow | undefined> {
  const [row] = await sql.query<TrainingRow>(`select ${columns} from ${tables} where t.id = $1`, [id])
  return row
}

/** Whether this id is a report's or another letter's, so that no entry can have it. */
export async function isNoEntry(sql: Sql, id: string): Promise<boolean> {
  const [row] = await sql.query<{ taken: boolean }>('select app.is_no_entry($1) as taken', [id])
  return row?.taken ?? false
}

/** What changed after a number, oldest change first. */
export const trainingAfter = (sql: Sql, seq: number, limit: number) =>
  sql.query<TrainingRow>(`select ${columns} from ${tables} where t.seq > $1 order by t.seq limit $2`, [seq, limit])
