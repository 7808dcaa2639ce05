/** The order of the inbox. */
import type { CaseSummary } from '#contract/changes.ts'

/** "Ikke vurdert" stands between the middle and the mild: nobody has said that it was nothing. What the floor marks counts as grave. */
const weight = ({ grave, facts }: CaseSummary): number => grave ? 3 : facts.severity ?? 1.5

/** Unread first, then severity, then age (the oldest has waited longest). */
export const byUrgency = (one: CaseSummary, other: CaseSummary): number =>
  Number(one.openedAt !== null || one.withdrawnAt !== null) - Number(other.openedAt !== null || other.withdrawnAt !== null)
  || weight(other) - weight(one)
  || one.receivedAt.localeCompare(other.receivedAt)
