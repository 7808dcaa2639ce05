/** Some of the municipality's own for the demo. The numbers are of no use to anybody, and say so. Only where there is nothing yet. */
import type { LocalContent } from '#contract/local.ts'
import type { Sql } from './database.ts'

const demoLocal = (school: string): LocalContent[] => [
  { kind: 'number', unit: school, of: 'office', label: 'Kontoret på Solbakken (demo)', number: '55 00 00 01' },
  { kind: 'number', unit: school, of: 'leader', label: 'Rektor (demo)', number: '55 00 00 02' },
  { kind: 'number', unit: school, of: 'backup', label: 'Inspektør, når rektor er borte (demo)', number: '55 00 00 03' },
  { kind: 'number', unit: school, of: 'safetyRep', label: 'Verneombudet (demo)', number: '55 00 00 04' },
  { kind: 'number', unit: null, of: 'bht', label: 'Bedriftshelsetjenesten (demo)', number: '55 00 00 05' },
  { kind: 'number', unit: null, of: 'police-contact', label: 'Politikontakten, hverdager (demo)', number: '55 00 00 06' },
  { kind: 'link', unit: null, title: 'Kommunens rutine for vold og trusler (demo)', url: 'https://example.org/rutine', item: null },
  {
    kind: 'addition', unit: school, item: 'alarm', title: 'Hos oss på Solbakken',
    texts: {
      nb: 'Alarmknappen sitter ved døra i alle grupperom i 2. etasje.\n\nI gymsalen er det ingen knapp. Ta med radioen fra kontoret.',
      nn: 'Alarmknappen sit ved døra i alle grupperom i 2. høgda.\n\nI gymsalen er det ingen knapp. Ta med radioen frå kontoret.',
      en: 'The alarm button is by the door in every group room on the second floor.\n\nThere is no button in the gym. Bring the radio from the office.',
    },
  },
]

/** Fills the demo's own rows once. */
export async function seedLocal(sql: Sql, tenant: string, school: string): Promise<void> {
  const [row] = await sql.query<{ n: number }>('select count(*) as n from local_entry where tenant = $1', [tenant])
  if (row === undefined || row.n > 0) return
  for (const [nth, content] of demoLocal(school).entries()) {
    await sql.query(`insert into local_entry (tenant, id, unit, kind, content, version, updated_at) values ($1, $2, $3, $4, $5::jsonb, 1, '2026-11-23T08:00:00Z') on conflict do nothing`,
      [tenant, `0d000000-0000-4000-8000-0000000010${String(nth).padStart(2, '0')}`, content.unit, content.kind, JSON.stringify(content)])
  }
}
