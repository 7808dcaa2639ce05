/** A municipality that is larger than any: schools and reports straight into the tables, as the real work would have left them, but for letters and names. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { checksToClose } from '#contract/caseCodes.ts'
import { newCase } from '#contract/caseMachine.ts'
import { townOf, type SyntheticReport, type SyntheticSchool } from '../server/demo/town.ts'
import type { SchoolKind } from '../server/demo/situations.ts'

const atOnce = 4_000
const kinds: readonly SchoolKind[] = ['primary', 'primary', 'combined', 'lower-secondary', 'primary', 'combined', 'primary', 'lower-secondary', 'special', 'primary']
export const schoolsOf = (n: number): SyntheticSchool[] => Array.from({ length: n }, (_, nth) => ({ id: `0e000000-0000-4000-8000-${String(nth).padStart(12, '0')}`, kind: kinds[nth % kinds.length] ?? 'primary' }))

/** What most statuses have in common: as long as a real one, so that reading it costs as much. */
const usual = JSON.stringify({
  ...newCase(), state: 'closed', acts: 17, unread: false, risk: 4, answeredAt: '2026-01-01T10:00:00.000Z', openedAt: '2026-01-01T10:00:00.000Z', closedAt: '2026-01-01T10:00:00.000Z', contactedAt: '2026-01-01T10:00:00.000Z', closedBy: randomUUID(),
  checks: checksToClose.filter((check) => check !== 'ros').map((check) => ({ check, outcome: 'not-needed', done: [], at: '2026-01-01T10:00:00.000Z' })),
})

const rowOf = ({ id, unit, facts, receivedAt, course }: SyntheticReport, seq: number, reporter: string) => ({
  id, unit, reporter, facts, seq, received: receivedAt, withdrawn: course.withdrawnAt, opened: course.openedAt, contacted: course.contactedAt, answered: course.answeredAt, closed: course.closedAt, level: course.contactedAt === null ? null : course.level,
  confidential: course.special === 'confidential', recused: course.special === 'recused', escalated: course.special === 'recused' || course.special === 'escalated' ? receivedAt : null, event: course.linked,
  status: course.contactedAt === null ? {} : {
    underlying: course.underlying, immediate: course.immediate, level: course.level,
    measures: [...course.measures.map(({ kind, effect }) => ({ id, kind, due: receivedAt.slice(0, 10), state: 'done', effect, shared: true })), ...(course.ros ? [{ id, kind: 'ros-updated', due: receivedAt.slice(0, 10), state: 'done', effect: null, shared: false }] : [])],
  },
  ros: course.closedAt === null ? [] : [{ check: 'ros', outcome: course.ros ? 'needed' : 'not-needed', done: course.ros ? ['look', 'assess'] : [], at: course.closedAt }],
})
const columns = `r(id uuid, unit uuid, reporter uuid, facts jsonb, seq bigint, received timestamptz, withdrawn timestamptz, opened timestamptz, contacted timestamptz, answered timestamptz, closed timestamptz, level int,
  confidential boolean, recused boolean, escalated timestamptz, event uuid, status jsonb, ros jsonb)`
const insertReports = `insert into report (id, tenant, unit, reporter, reporter_name, seq, facts, letters, received_at, opened_at, withdrawn_at, confirmed, recused, confidential, escalated_at, event)
  select id, $2, unit, reporter, '\\x00', seq, facts, 20, received, opened, withdrawn, true, recused, confidential, escalated, event from jsonb_to_recordset($1::jsonb) as ${columns}`
const insertCases = `insert into report_case (report, tenant, unit, status, state, level, acts, contacted_at, answered_at, closed_at)
  select id, $2, unit, $3::jsonb || status || jsonb_build_object('checks', ($3::jsonb)->'checks' || ros), case when closed is null then 'working' else 'closed' end, level, 17, contacted, answered, closed from jsonb_to_recordset($1::jsonb) as ${columns}`

export interface Loaded { reports: number; perSchool: { unit: string; n: number }[] }
/** Fills the database behind `url`, its owner's. Foreign keys are not looked at and indexes are made afterwards, as they were: it is the reading that is measured. */
export async function loadTown(url: string, { tenant, schools, reports, from, to }: { tenant: string; schools: readonly SyntheticSchool[]; reports: number; from: string; to: string }): Promise<Loaded> {
  const client = new pg.Client({ connectionString: url })
  // It ends with the database, also when something else has failed.
  client.on('error', () => undefined)
  await client.connect()
  await client.query('set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = \'512MB\'')
  await client.query("insert into unit (id, tenant, name) select id, $2, 'Skole ' || row_number() over () || ' (syntetisk)' from unnest($1::uuid[]) id", [schools.map(({ id }) => id), tenant])
  const staff = Array.from({ length: 1_000 }, () => randomUUID())
  await client.query("insert into account (id, tenant, issuer, subject, name_sealed) select id, $2, 'synthetic', id::text, '\\x00' from unnest($1::uuid[]) id", [staff, tenant])
  await client.query("insert into unit_figure (tenant, unit, year, posts, pupils, updated_at) select tenant, id, year, 30, 250, now() from unit cross join generate_series(2021, 2026) year where tenant = $1 on conflict do nothing", [tenant])
  const { rows: indexes } = await client.query<{ name: string; made: string }>("select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i where i.indrelid in ('report'::regclass, 'report_case'::regclass) and not i.indisprimary")
  for (const { name } of indexes) await client.query(`drop index ${name}`)

  const perSchool = new Map<string, number>()
  let [seq, rows]: [number, ReturnType<typeof rowOf>[]] = [0, []]
  const flush = async (): Promise<void> => {
    const json = JSON.stringify(rows)
    rows = []
    await client.query(insertReports, [json, tenant])
    await client.query(insertCases, [json, tenant, usual])
  }
  const years = (Date.parse(to) - Date.parse(from)) / (365.25 * 86_400_000)
  // A little more than is wanted: chance decides, and it ends when there are enough.
  for (const report of townOf({ seed: 1, schools, from, to, perYear: (reports * 1.002) / years })) {
    if (seq >= reports) break
    seq += 1
    rows.push(rowOf(report, seq, staff[seq % staff.length] ?? ''))
    perSchool.set(report.unit, (perSchool.get(report.unit) ?? 0) + 1)
    if (rows.length >= atOnce) await flush()
  }
  await flush()
  // Made school by school, but they came in one by one: ids grow with time.
  for (const table of ['report', 'report_case']) await client.query(`cluster ${table} using ${table}_pkey`)
  for (const { made } of indexes) await client.query(made)
  await client.query('update tenant set seq = $1 where id = $2', [seq, tenant])
  for (const table of ['report', 'report_case', 'unit', 'account', 'unit_figure']) await client.query(`vacuum analyze ${table}`)
  await client.end()
  return { reports: seq, perSchool: [...perSchool].map(([unit, n]) => ({ unit, n })).toSorted((one, other) => one.n - other.n) }
}
