import type { Changes } from '#contract/changes.ts'
import { call, hasMembers, type Outcome } from './client.ts'

const isChanges = (value: unknown): value is Changes => hasMembers(value, 'changes', 'cursor', 'more') && Array.isArray((value as Changes).changes)

/** What is new for this account since the cursor. An empty cursor is the beginning. */
export const getChanges = (account: string, cursor: string): Promise<Outcome<Changes>> =>
  call({ path: cursor === '' ? '/changes' : `/changes?after=${encodeURIComponent(cursor)}`, account, isAnswer: isChanges })
