import { unzipSync } from 'fflate'
import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CaseExport, OwnData } from '#contract/export.ts'
import { openCaseWorld, type CaseWorld, type Person } from '../support/caseWorld.ts'
import { signedIn } from '../support/deliver.ts'

let school: CaseWorld
beforeAll(async () => { school = await openCaseWorld() })
afterAll(() => school?.end())

const ask = (by: Person, url: string) => school.routes.ask(signedIn(school.idOf(by)), 'GET', url)
const audited = async (object: string, action = 'case.export') =>
  (await school.asOwner<{ n: number }>('select count(*)::int as n from audit where object = $1 and action = $2', [object, action]))[0]?.n
const isExport = Compile(CaseExport)
const isOwn = Compile(OwnData)
/** Word of the reporter, of the leader, and of health. */
const secrets = { description: '=HEMMELIG beskrivelse', injury: 'doctor' } as const
const textsOf = (bytes: Buffer) => bytes.toString('latin1')

describe('a case on paper', () => {
  it('is a PDF with a neutral name that says nothing in its metadata, and each is one line in the log', async () => {
    const report = await school.report('kari', { tiles: ['hit'], severity: 2, ...secrets })
    await school.prepare('rita', report)
    for (const lang of ['nb', 'nn', 'en']) {
      const { status, bytes, headers } = await ask('rita', `/cases/${report}/pdf?lang=${lang}`)
      expect([status, headers['content-type'], headers['content-disposition'], headers['cache-control']]).toEqual([200, 'application/pdf', `attachment; filename="sak-${report.slice(-8)}.pdf"`, 'no-store'])
      expect(textsOf(bytes).slice(0, 8)).toBe('%PDF-1.7')
      expect(textsOf(bytes)).toMatch(/\/Lang \((?:nb-NO|nn-NO|en-GB)\)/)
      expect(textsOf(bytes)).toContain('/Marked true')
      expect(textsOf(bytes)).not.toMatch(/Rita|Kari|Solbakken|HEMMELIG|\/Author|\/Subject|\/Keywords/)
    }
    expect(await audited(report)).toBe(3)
  })

  it('is there for the leader, and for the municipality when it was handed on; for nobody else', async () => {
    const report = await school.report('kari')
    for (const person of ['kari', 'ola', 'vera', 'lars', 'nina', 'siri', 'hans', 'eva'] as const) expect((await ask(person, `/cases/${report}/pdf`)).status, person).toBe(404)
    expect(await audited(report)).toBe(0)
    await school.act('rita', report, { what: 'escalate' })
    expect((await ask('hans', `/cases/${report}/pdf`)).status).toBe(200)
    await school.act('rita', report, { what: 'recuse' })
    expect((await ask('rita', `/cases/${report}/pdf`)).status).toBe(404)
  })

  it('takes any language and any sign', async () => {
    const report = await school.report('kari', { tiles: ['hit'], description: `Ærlig 👩‍🏫 你好 مرحبا \u0301 ${'x'.repeat(3000)}\u202e\n\n\t${'a b '.repeat(200)}` })
    await school.act('rita', report, { what: 'note', text: '😀'.repeat(4000) })
    expect((await ask('rita', `/cases/${report}/pdf`)).status).toBe(200)
    expect((await ask('rita', `/cases/${report}/pdf?lang=se`)).status).toBe(400)
  })
})

describe('cases for another system', () => {
  it('are in the published shape, as this reader sees them, each with its line in the log', async () => {
    const report = await school.report('kari', { tiles: ['threat'], ...secrets })
    const [foreign, ownOfLeader] = [await school.report('nina'), await school.report('rita')]
    const { status, body, headers } = await ask('rita', '/export/cases?format=json')
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'application/json; charset=utf-8', 'no-store'])
    expect(headers['content-disposition']).toMatch(/^attachment; filename="saker-\d{4}-\d\d-\d\d\.json"$/)
    expect([...isExport.Errors(body)]).toEqual([])
    expect(body.cases.map((one: { summary: { report: string } }) => one.summary.report)).toContain(report)
    for (const other of [foreign, ownOfLeader]) expect(JSON.stringify(body)).not.toContain(other)
    expect([await audited(report), await audited(foreign), await audited(ownOfLeader)]).toEqual([1, 0, 0])
  })

  it('are for the municipality those that were handed on, without health', async () => {
    const report = await school.report('kari', { tiles: ['other'], aboutLeader: true, ...secrets })
    const quiet = await school.report('kari')
    const { body, text } = await ask('hans', '/export/cases?format=json')
    expect([...isExport.Errors(body)]).toEqual([])
    const found = body.cases.find((one: { summary: { report: string } }) => one.summary.report === report)
    expect(found).toMatchObject({ masked: true, summary: { facts: { tiles: ['other'] } } })
    expect([text.includes(quiet), JSON.stringify(found).includes('doctor')]).toEqual([false, false])
    expect((await ask('rita', '/export/cases?format=json')).text).not.toContain(report)
  })

  it('are none for whoever handles none, and none from another school', async () => {
    for (const person of ['kari', 'vera', 'nina', 'eva'] as const) expect((await ask(person, '/export/cases?format=csv')).status, person).toBe(404)
    const [{ id: elsewhere } = { id: '' }] = await school.asOwner<{ id: string }>("select g.unit as id from role_grant g where g.account = $1 and g.role = 'leder'", [school.idOf('lars')])
    expect((await ask('rita', `/export/cases?format=csv&unit=${elsewhere}`)).status).toBe(404)
    expect((await ask('rita', '/export/cases?format=xml')).status).toBe(400)
    expect((await ask('rita', '/export/cases?format=csv&from=yesterday')).status).toBe(400)
  })

  it('can be those of some days', async () => {
    const report = await school.report('kari')
    await school.asOwner("update report set received_at = '2025-06-30T22:30:00Z' where id = $1", [report])
    const has = async (days: string) => (await ask('rita', `/export/cases?format=csv&${days}`)).text.includes(report)
    // Half past midnight on the first of July at the school.
    expect([await has('from=2025-07-01&to=2025-07-01'), await has('to=2025-06-30'), await has('from=2025-07-02')]).toEqual([true, false, false])
  })

  it('are more than one page of them, each once', async () => {
    const before = (await ask('lars', '/export/cases?format=json')).body.cases.length
    const reports = await Promise.all(Array.from({ length: 30 }, () => school.report('nina')))
    const { body } = await ask('lars', '/export/cases?format=json')
    const found = body.cases.map((one: { summary: { report: string } }) => one.summary.report)
    expect(found).toHaveLength(before + 30)
    expect(found).toEqual(expect.arrayContaining(reports))
    for (const report of reports) expect(await audited(report)).toBe(1)
  })

  it('are a table without texts and names', async () => {
    const report = await school.report('kari', { tiles: ['hit'], types: ['FYS-SLAG'], severity: 2, ...secrets })
    await school.prepare('rita', report)
    const { text, headers, bytes } = await ask('rita', '/export/cases?format=csv&lang=nn')
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = text.slice(1).split('\r\n')
    const columns = lines[0]?.split(';').length
    expect(lines.at(-1)).toBe('')
    for (const line of lines.slice(0, -1)) expect(line.split(';')).toHaveLength(columns ?? 0)
    expect(lines.find((line) => line.startsWith(report))).toContain('Slag')
    expect(text).not.toMatch(/HEMMELIG|Kari|Rita|Ekstra voksen i friminutt/)
  })

  it('are nobody’s when the municipality has switched it off', async () => {
    const report = await school.report('kari')
    await school.asOwner(`insert into setting (tenant, content, version, updated_at) select id, '{"clocks":{"open":1,"contact":[3,1,0],"measures":5,"answer":7,"close":[14,30,30],"sign":5,"effect":42,"escalate":3},"features":{"push":true,"training":true,"exports":false}}', 1, now() from tenant`)
    expect([(await ask('rita', '/export/cases?format=csv')).status, (await ask('rita', `/cases/${report}/pdf`)).status, (await ask('rita', '/export/me')).status]).toEqual([404, 404, 200])
    await school.asOwner('delete from setting')
  })
})

describe('one’s own data', () => {
  it('are a ZIP in the shape that lies beside it, with what is told to its reader and no more', async () => {
    const report = await school.report('ola', { tiles: ['bite'], ...secrets })
    await school.letter('ola', report, 'supplement', { v: 1, facts: { cause: 'Støy' } })
    await school.prepare('rita', report)
    await school.act('rita', report, { what: 'note', text: 'Internt notat' })
    await school.act('rita', report, { what: 'answer', text: 'Takk for at du sa fra' })
    const { status, bytes, headers } = await ask('ola', '/export/me?lang=en')
    expect([status, headers['content-type'], headers['content-disposition']]).toEqual([200, 'application/zip', 'attachment; filename="mine-opplysninger.zip"'])
    const files = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, Buffer.from(content).toString('utf8')]))
    expect(Object.keys(files)).toEqual(['data.json', 'schema.json', 'README.txt'])
    const data: OwnData = JSON.parse(files['data.json'] ?? '')
    expect([...isOwn.Errors(data)]).toEqual([])
    expect([...Compile(JSON.parse(files['schema.json'] ?? '')).Errors(data)]).toEqual([])
    expect(data.reports.map(({ report: own, letters }) => [own.report, letters.map(({ kind }) => kind)])).toEqual([[report, ['report', 'supplement']]])
    expect(data.reports[0]?.letters[0]?.facts).toMatchObject(secrets)
    expect(data.reports[0]?.report.timeline.map(({ content }) => content.what)).toEqual(['contact', 'measure', 'answer'])
    expect(data.notices.length).toBeGreaterThan(0)
    expect(files['data.json']).not.toMatch(/Internt notat|judgement/)
    const [row] = await school.asOwner<{ n: number }>("select count(*)::int as n from audit where action = 'self.export' and actor = $1", [school.idOf('ola')])
    expect(row?.n).toBe(1)
  })

  it('holds one’s own words also for whoever handles cases', async () => {
    const report = await school.report('siri', { tiles: ['damage'], ...secrets })
    const { bytes } = await ask('siri', '/export/me')
    const data: OwnData = JSON.parse(Buffer.from(unzipSync(bytes)['data.json'] ?? []).toString('utf8'))
    expect(data.account.grants.map(({ role }) => role)).toContain('leder')
    expect(data.reports.find(({ report: own }) => own.report === report)?.letters[0]?.facts).toMatchObject(secrets)
  })
})
