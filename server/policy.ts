/**
 * Who may do what: one table (security paper 4.1). Row-level security says the same in the database, and a test holds the two together. What is not listed does not exist for
 * the asker. The identity provider says who somebody is; roles are granted here.
 */
import type { Grant } from '#contract/session.ts'
import type { TrainingEntry } from '#contract/trainingCodes.ts'
import type { Role } from '#contract/vocabulary.ts'

export const actions = ['report.create', 'report.read.own', 'case.read', 'case.read.masked', 'case.open', 'training.write', 'training.read', 'training.answer', 'local.read', 'local.write'] as const
export type Action = (typeof actions)[number]

/** How the asker stands to a report or a training entry, and what the entry is. No unit: it is the whole municipality's. */
export interface Relation { isReporter: boolean; unit: string | null; entry?: TrainingEntry }
type Holds = (relation: Relation, grant: Grant) => boolean

const inUnit: Holds = ({ unit }, grant) => grant.unit?.id === unit
const inUnitOfOther: Holds = (relation, grant) => inUnit(relation, grant) && !relation.isReporter
const ownInUnit: Holds = (relation, grant) => relation.isReporter && inUnit(relation, grant)
/** Somebody who looks after the whole municipality, or after one school of it. */
const inCharge: Holds = (relation, grant) => grant.unit === null || inUnit(relation, grant)
const logInUnit: Holds = (relation, grant) => relation.entry === 'log' && inUnit(relation, grant)
const requestInCharge: Holds = (relation, grant) => relation.entry === 'request' && inCharge(relation, grant)

/** A role of `null` means that no role is needed: what somebody wrote stays theirs after they have left the school. */
export const policy: readonly [role: Role | null, action: Action, holds: Holds, inWords: string][] = [
  ['ansatt', 'report.create', ownInUnit, 'own report, own unit'],
  ['leder', 'report.create', ownInUnit, 'own report, own unit'],
  ['verneombud', 'report.create', ownInUnit, 'own report, own unit'],
  [null, 'report.read.own', ({ isReporter }) => isReporter, 'own report'],
  ['leder', 'case.read', inUnit, 'the unit’s cases'],
  ['verneombud', 'case.read.masked', inUnit, 'the unit’s cases, without texts and health'],
  ['leder', 'case.open', inUnitOfOther, 'the unit’s cases, not one’s own'],
  ['leder', 'training.write', inUnit, 'the unit’s log, plan and requests'],
  ['verneombud', 'training.write', logInUnit, 'the unit’s log'],
  ['leder', 'training.read', inUnit, 'the unit’s training'],
  ['verneombud', 'training.read', inUnit, 'the unit’s training'],
  ['hms', 'training.read', inCharge, 'the municipality’s training'],
  ['eier-admin', 'training.read', inCharge, 'the municipality’s training'],
  ['hms', 'training.answer', requestInCharge, 'the municipality’s requests'],
  [null, 'local.read', () => true, 'the municipality’s own numbers, links and additions; also from a device where somebody has signed in'],
  ['eier-admin', 'local.write', inCharge, 'the municipality’s own'],
]

const anyone: Grant = { role: 'ansatt', unit: null }

/** Whether somebody with these grants may do the action on a report in that relation. */
export const can = (grants: readonly Grant[], action: Action, relation: Relation): boolean =>
  policy.some(([role, name, holds]) => name === action && (role === null ? holds(relation, anyone) : grants.some((grant) => grant.role === role && holds(relation, grant))))

/** The table as Markdown, for docs/policy.md. */
export const policyTable = (): string =>
  ['| role | action | on |', '| --- | --- | --- |', ...policy.map(([role, action, , words]) => `| ${role ?? 'everybody'} | \`${action}\` | ${words} |`)].join('\n')
