/** A case as a leader's phone is told of it, with as much changed as a test needs. */
import { newCase } from '#contract/caseMachine.ts'
import type { CaseStatus } from '#contract/caseStatus.ts'
import type { Case, CaseEvent, CaseSummary } from '#contract/changes.ts'

export const solbakken = '0190a000-0000-7000-8000-0000000000c0'
export const morning = '2026-11-23T10:15:00+01:00'

export function caseSummary(report: string, { status, ...more }: Omit<Partial<CaseSummary>, 'status'> & { status?: Partial<CaseStatus> } = {}): CaseSummary {
  const openedAt = more.openedAt ?? null
  return {
    kind: 'case', report, seq: 1, unit: solbakken, unitName: 'Solbakken skole', receivedAt: morning, openedAt, openedBy: null, withdrawnAt: null, confirmed: true, grave: false, letters: 1, facts: { tiles: ['hit'], severity: 2 },
    due: [], safetyRepKnows: true, part: 'handler', ...more, status: { ...newCase(), openedAt, state: openedAt === null ? 'new' : 'opened', unread: openedAt === null, ...status },
  }
}

export const aCase = (summary: CaseSummary, more: Partial<Case> = {}): Case => ({
  summary, reporter: 'Kari Solheim', masked: false, letters: [{ id: summary.report, kind: 'report', at: morning, receivedAt: morning, confirmed: true, facts: summary.facts }], events: [], people: [], linked: [], ...more,
})

export const caseEvent = (nth: number, content: CaseEvent['content'], more: Partial<CaseEvent> = {}): CaseEvent => ({
  id: `0190a000-0000-7000-8000-${(0xe00 + nth).toString(16).padStart(12, '0')}`, nth, seen: nth - 1, part: 'handler', by: 'Rita Berg', mine: false, at: morning, receivedAt: morning, idle: null, content, ...more,
})
