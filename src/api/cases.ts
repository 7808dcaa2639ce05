import type { Case, CaseLog } from '#contract/changes.ts'
import type { Patterns } from '#contract/patterns.ts'
import { call, hasMembers, type Outcome } from './client.ts'

const isCase = (value: unknown): value is Case => hasMembers(value, 'summary', 'letters', 'masked')
const isLog = (value: unknown): value is CaseLog => hasMembers(value, 'entries')
const isPatterns = (value: unknown): value is Patterns => hasMembers(value, 'since', 'units')

/** Each call is a line in the audit log. */
export const getCase = (account: string, report: string): Promise<Outcome<Case>> => call({ path: `/cases/${report}`, account, isAnswer: isCase })

/** Who has read and written in a case; that is a line in the log too. */
export const getCaseLog = (account: string, report: string): Promise<Outcome<CaseLog>> => call({ path: `/cases/${report}/log`, account, isAnswer: isLog })

/** Where grave things repeat and what is overdue, as counts. */
export const getPatterns = (account: string): Promise<Outcome<Patterns>> => call({ path: '/patterns', account, isAnswer: isPatterns })
