/** What the server tells a reporter of their own report; nobody has done anything with it unless the test says so. */
import type { CaseEvent, OwnReport } from '#contract/changes.ts'
import { newCase } from '#contract/caseMachine.ts'

export const ownReport = (report: string, { status, ...more }: Omit<Partial<OwnReport>, 'status'> & { status?: Partial<OwnReport['status']> } = {}): OwnReport => ({
  kind: 'own', report, seq: 1, receivedAt: '2026-11-23T09:01:00Z', openedAt: null, openedBy: null, withdrawnAt: null, confirmed: true, due: [], timeline: [], ...more, status: { ...newCase(), ...status },
})

/** Acts in the order in which they are given, one minute apart. */
export const timeline = (...acts: (Pick<CaseEvent, 'content'> & Partial<CaseEvent>)[]): CaseEvent[] => acts.map((act, index) => {
  const at = `2026-11-23T10:${String(index).padStart(2, '0')}:00Z`
  return { id: `0190a000-0000-7000-8000-0000000001${String(index).padStart(2, '0')}`, nth: index + 1, seen: index, part: 'handler', by: 'Rita Aas', mine: false, at, receivedAt: at, idle: null, ...act }
})
