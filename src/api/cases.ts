import type { Case } from '#contract/changes.ts'
import { call, hasMembers, type Outcome } from './client.ts'

const isCase = (value: unknown): value is Case => hasMembers(value, 'summary', 'letters', 'masked')

/** Each call is a line in the audit log. */
export const getCase = (account: string, report: string): Promise<Outcome<Case>> => call({ path: `/cases/${report}`, account, isAnswer: isCase })
