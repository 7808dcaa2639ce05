/** What a phone with a wrong clock, a strange date or a long time away may not do to a case. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seal } from '../support/seal.ts'
import { openCaseWorld, type CaseWorld, type Doing } from '../support/caseWorld.ts'
import { signedIn } from '../support/deliver.ts'

let school: CaseWorld
beforeAll(async () => { school = await openCaseWorld() })
afterAll(() => school?.end())

describe('a time that no calendar has', () => {
  it.each(['2026-02-31T10:00:00Z', '2026-11-23T10:00:00+23:59', '2026-11-23T10:00:00-23:59', '2099-12-31T23:59:59Z', '1970-01-01T00:00:00Z'])('does not hold an act back for ever: %s', async (on) => {
    const report = await school.report('kari')
    for (const doing of [{ what: 'contact', on, way: 'talk' }, { what: 'notified', who: 'parents', on }] satisfies Doing[]) {
      const answer = await school.act('rita', report, doing)
      expect(['received', 'refused'], JSON.stringify(answer)).toContain(answer.status)
    }
    expect((await school.act('vera', report, { what: 'stop', on, text: 'Stans' })).status).not.toBe('later')
    expect(await school.caseOf('rita', report)).toBeDefined()
    expect(await school.own('kari', report)).toBeDefined()
  })
})

describe('a leader who was without a line', () => {
  const days = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString()
  const written = async (by: 'rita' | 'kari' | 'vera', report: string, at: string, content: object) => {
    const letter = await seal(school.keyring, { kind: 'case', report, account: school.idOf(by), at, content: { v: 1, seen: 0, ...content } })
    return (await school.routes.deliver(signedIn(school.idOf(by)), letter))[0]
  }

  it('closes when the school knows of it: the thirty days to open it again are all there', async () => {
    const report = await school.report('kari')
    await school.prepare('rita', report)
    await written('rita', report, days(45), { what: 'close', text: 'Svar' })
    expect((await school.own('kari', report))?.status.state).toBe('closed')
    await school.act('kari', report, { what: 'reopen', text: 'Det hjalp ikke' })
    expect((await school.own('kari', report))?.status.state).not.toBe('closed')
  })

  it('cannot have a phone’s clock that is ahead keep it from being opened again', async () => {
    const report = await school.report('kari')
    await school.prepare('rita', report)
    await written('rita', report, '2031-01-01T00:00:00Z', { what: 'close', text: 'Svar' })
    expect(Date.parse((await school.own('kari', report))?.status.closedAt ?? '')).toBeLessThanOrEqual(Date.now())
  })
})
