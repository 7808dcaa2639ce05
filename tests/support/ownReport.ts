/** What the server tells a reporter of their own report; nobody has done anything with it unless the test says so. */
import type { CaseEvent, OwnReport } from '#contract/changes.ts'
import { newCase } from '#contract/caseMachine.ts'

export const ownReport = (report: string, { status, ...more }: Omit<Partial<OwnReport>, 'status'> & { status?: Partial<OwnReport['status']> } = {}): OwnReport => ({
  kind: 'own', report, seq: 1, receivedAt: '2026-11-23T09:01:00Z', openedAt: null, openedBy: null, withdrawnAt: null, confirmed: true, due: [], timeline: [], ...more, status: { ...newCase(), ...status },
})

const minute = 60_000
const first = Date.parse('2026-11-23T10:00:00Z')
/** An act of the leader's in its place, one minute after the one before, unless the test says otherwise. */
function placed(act: Pick<CaseEvent, 'content'> & Partial<CaseEvent>, index: number): CaseEvent {
  const at = new Date(first + index * minute).toISOString()
  const id = `0190a000-0000-7000-8000-${String(index).padStart(12, '0')}`
  return { id, nth: index + 1, seen: index, part: 'handler', by: 'Rita Dahl', mine: false, at, receivedAt: at, idle: null, ...act }
}
/** Acts in the order in which they are given. */
export const timeline = (...acts: (Pick<CaseEvent, 'content'> & Partial<CaseEvent>)[]): CaseEvent[] => acts.map(placed)
