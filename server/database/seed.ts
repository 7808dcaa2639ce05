/** The demo municipality: three schools and people in each role, plainly marked. Running it again changes nothing. */
import { putInHistory, type DemoSchool, type DemoTown } from '../demo/history.ts'
import { demoPeople } from '../identity/demo/people.ts'
import type { Keyring } from '../keys/keys.ts'
import { findOrCreateAccount } from '../queries/accounts.ts'
import type { Role } from '#contract/vocabulary.ts'
import type { Database } from './database.ts'
import { seedLocal } from './seedLocal.ts'

/** The demo provider's issuer in the tables: without a port, so that a changed address finds the same people. */
const issuer = 'demo'
const tenant = '0d000000-0000-4000-8000-000000000000'
export const demoUnits = {
  solbakken: { id: '0d000000-0000-4000-8000-000000000001', name: 'Solbakken skole (demo)' },
  fjordsyn: { id: '0d000000-0000-4000-8000-000000000002', name: 'Fjordsyn skole (demo)' },
  havnehagen: { id: '0d000000-0000-4000-8000-000000000003', name: 'Havnehagen skole (demo)' },
} as const

const grants: [subject: string, role: Role, unit: keyof typeof demoUnits | null][] = [
  ['kari', 'ansatt', 'solbakken'], ['ola', 'ansatt', 'solbakken'], ['rita', 'leder', 'solbakken'], ['vera', 'verneombud', 'solbakken'],
  ['lars', 'leder', 'fjordsyn'], ['nina', 'ansatt', 'fjordsyn'],
  ['siri', 'leder', 'havnehagen'], ['siri', 'ansatt', 'havnehagen'],
  ['hans', 'hms', null], ['eva', 'eier-admin', null],
]

const { solbakken, fjordsyn, havnehagen } = demoUnits
/** A school that is there for the municipality's numbers; made-up people work there, and nobody signs in as them. */
const other = (nth: number, kind: DemoSchool['kind'], perYear: number, posts: number, pupils: number): DemoSchool => (
  { id: `0d000000-0000-4000-8000-00000000000${nth}`, name: `Skole ${nth} (demo)`, kind, perYear, posts, pupils, leader: `leder-${nth}`, guardian: `verneombud-${nth}`, open: [] })
/** One school with much of it, one with some, one with little; and six besides. */
const town: DemoTown = {
  issuer, tenant, overseer: 'hans', administrator: 'eva', known: 'kari',
  schools: [
    { id: solbakken.id, kind: 'primary', perYear: 160, leader: 'rita', guardian: 'vera', posts: 52.5, pupils: 430, open: ['new', 'measures', 'contacted'] },
    { id: fjordsyn.id, kind: 'combined', perYear: 60, leader: 'lars', guardian: null, posts: 38, pupils: 310, open: ['opened', 'asked'] },
    { id: havnehagen.id, kind: 'lower-secondary', perYear: 25, leader: 'siri', guardian: null, posts: 24, pupils: 190, open: [] },
    other(4, 'primary', 75, 44, 350), other(5, 'primary', 55, 41, 330), other(6, 'combined', 45, 55, 480), other(7, 'primary', 25, 36, 290), other(8, 'lower-secondary', 15, 47, 400), other(9, 'primary', 8, 18, 140),
  ],
}

/** `history`: with two made-up school years until `now`. */
export async function seedDemo(database: Database, keyring: Keyring, { history = false, now = new Date() }: { history?: boolean; now?: Date } = {}): Promise<void> {
  await database.asServer(async (sql) => {
    await sql.query("insert into tenant (id, name, kind) values ($1, 'Demo kommune', 'demo') on conflict do nothing", [tenant])
    for (const { id, name } of Object.values(demoUnits)) await sql.query('insert into unit (id, tenant, name) values ($1, $2, $3) on conflict do nothing', [id, tenant, name])
    const ids = new Map<string, string>()
    for (const { subject, name, affiliation } of demoPeople) {
      if (affiliation === 'employee') ids.set(subject, await findOrCreateAccount(sql, { issuer, subject, name, keyring }))
    }
    for (const [subject, role, unit] of grants) {
      await sql.query(`insert into role_grant (tenant, account, role, unit) select $1, $2, $3, $4::uuid
        where not exists (select from role_grant where account = $2 and role = $3 and unit is not distinct from $4::uuid)`, [tenant, ids.get(subject), role, unit && demoUnits[unit].id])
    }
    await seedLocal(sql, tenant, demoUnits.solbakken.id)
  })
  if (history) await putInHistory(database, keyring, town, new Map(demoPeople.flatMap(({ subject, name, affiliation }) => (affiliation === 'employee' ? [[subject, name]] : []))), now)
}
