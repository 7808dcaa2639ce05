/**
 * Who may do what: one table (security paper 4.1). Row-level security says the same in the database, and a test holds the two together. What is not listed does not exist for
 * the asker. The identity provider says who somebody is; roles are granted here.
 */
import type { Grant } from '#contract/session.ts'
import type { TrainingEntry } from '#contract/trainingCodes.ts'
import type { Role } from '#contract/vocabulary.ts'

export const actions = [
  'report.create', 'report.read.own', 'case.read', 'case.read.masked', 'case.read.escalated', 'case.open', 'case.handle', 'case.guard', 'case.reply', 'case.export', 'self.export', 'audit.read', 'patterns.read',
  'notices.read', 'people.read', 'people.write', 'settings.read', 'settings.write', 'training.write', 'training.read', 'training.answer', 'local.read', 'local.write',
  'statistics.school', 'statistics.series', 'statistics.town', 'figures.write', 'ros.read', 'ros.write', 'ros.town.read', 'ros.town.write', 'bi.write', 'bi.read',
] as const
export type Action = (typeof actions)[number]

/**
 * How the asker stands to a report or a training entry, and what the entry is. No unit: it is the whole municipality's. `isRecused`: it is about the unit's leaders;
 * `isPartial`: the asker has given it up; `isEscalated`: it was handed on to the municipality.
 */
export interface Relation { isReporter: boolean; unit: string | null; entry?: TrainingEntry; isRecused?: boolean; isPartial?: boolean; isEscalated?: boolean; isConfidential?: boolean }
type Holds = (relation: Relation, grant: Grant) => boolean

const inUnit: Holds = ({ unit }, grant) => grant.unit?.id === unit
const ownInUnit: Holds = (relation, grant) => relation.isReporter && inUnit(relation, grant)
const isOther: Holds = ({ isReporter }) => !isReporter
/** A leader, unless the report is about them. */
const asLeader: Holds = (relation, grant) => inUnit(relation, grant) && relation.isRecused !== true && relation.isPartial !== true
const asGuardian: Holds = (relation, grant) => inUnit(relation, grant) && relation.isConfidential !== true
/** Somebody who looks after the whole municipality, or after one school of it. */
const inCharge: Holds = (relation, grant) => grant.unit === null || inUnit(relation, grant)
/** The whole municipality, never one school of it. */
const forAll: Holds = (_, grant) => grant.unit === null
const handedOn: Holds = (relation, grant) => relation.isEscalated === true && relation.isPartial !== true && inCharge(relation, grant)
const logInUnit: Holds = (relation, grant) => relation.entry === 'log' && inUnit(relation, grant)
const requestInCharge: Holds = (relation, grant) => relation.entry === 'request' && inCharge(relation, grant)
const both = (one: Holds, other: Holds): Holds => (relation, grant) => one(relation, grant) && other(relation, grant)
const always: Holds = () => true

/** A role of `null` means that no role is needed: what somebody wrote stays theirs after they have left the school. */
export const policy: readonly [role: Role | null, action: Action, holds: Holds, inWords: string][] = [
  ['ansatt', 'report.create', ownInUnit, 'own report, own unit'],
  ['leder', 'report.create', ownInUnit, 'own report, own unit'],
  ['verneombud', 'report.create', ownInUnit, 'own report, own unit'],
  [null, 'report.read.own', ({ isReporter }) => isReporter, 'own report'],
  ['leder', 'case.read', both(asLeader, isOther), 'the unit’s cases, unless their own, about them, or given up'],
  ['verneombud', 'case.read.masked', both(asGuardian, isOther), 'the unit’s cases that are not confidential or their own, without the reporter’s texts and health'],
  ['hms', 'case.read.escalated', both(handedOn, isOther), 'cases that were handed on, not one’s own, without health; the reporter’s name only when it is about the leader'],
  ['leder', 'case.open', both(asLeader, isOther), 'the unit’s cases, not one’s own'],
  ['hms', 'case.open', both(handedOn, isOther), 'cases that were handed on, not one’s own'],
  ['leder', 'case.handle', both(asLeader, isOther), 'the unit’s cases, not one’s own: all of a leader’s acts'],
  ['hms', 'case.handle', both(handedOn, isOther), 'cases that were handed on, not one’s own: all of a leader’s acts'],
  ['verneombud', 'case.guard', both(asGuardian, isOther), 'the unit’s cases, not one’s own: comment, ask for a measure, disagree, stop dangerous work, sign'],
  [null, 'case.reply', ({ isReporter }) => isReporter, 'own report: reply, say whether it helped, reopen'],
  ['leder', 'case.export', both(asLeader, isOther), 'the unit’s cases, after a fresh sign-in'],
  ['hms', 'case.export', both(handedOn, isOther), 'cases that were handed on, after a fresh sign-in'],
  [null, 'self.export', always, 'one’s own data, after a fresh sign-in'],
  ['leder', 'audit.read', both(asLeader, isOther), 'who read and wrote in the unit’s cases'],
  ['hms', 'audit.read', both(handedOn, isOther), 'who read and wrote in cases that were handed on'],
  ['leder', 'patterns.read', inUnit, 'the unit’s repeated grave events, as counts'],
  ['verneombud', 'patterns.read', inUnit, 'the unit’s repeated grave events, as counts'],
  ['hms', 'patterns.read', inCharge, 'the municipality’s repeated grave events and overdue cases, as counts'],
  [null, 'notices.read', always, 'one’s own notices'],
  ['eier-admin', 'people.read', inCharge, 'the municipality’s units, people and roles'],
  ['eier-admin', 'people.write', inCharge, 'the municipality’s units, people and roles, after a fresh sign-in'],
  [null, 'settings.read', always, 'which features are on, and the municipality’s clocks'],
  ['eier-admin', 'settings.write', inCharge, 'which features are on, and the municipality’s clocks'],
  ['leder', 'training.write', inUnit, 'the unit’s log, plan and requests'],
  ['verneombud', 'training.write', logInUnit, 'the unit’s log'],
  ['leder', 'training.read', inUnit, 'the unit’s training'],
  ['verneombud', 'training.read', inUnit, 'the unit’s training'],
  ['hms', 'training.read', inCharge, 'the municipality’s training'],
  ['eier-admin', 'training.read', inCharge, 'the municipality’s training'],
  ['hms', 'training.answer', requestInCharge, 'the municipality’s requests'],
  [null, 'local.read', always, 'the municipality’s own numbers, links and additions; also from a device where somebody has signed in'],
  ['eier-admin', 'local.write', inCharge, 'the municipality’s own'],
  ['leder', 'statistics.school', inUnit, 'the unit’s numbers, of the reports that they may read'],
  ['verneombud', 'statistics.school', inUnit, 'the unit’s numbers, of the reports that they may read'],
  [null, 'statistics.series', always, 'the municipality’s closed months'],
  ['hms', 'statistics.town', forAll, 'the municipality’s closed periods, where five or more'],
  ['eier-admin', 'statistics.town', forAll, 'the municipality’s closed periods, where five or more'],
  ['eier-admin', 'figures.write', forAll, 'posts and pupils of the schools'],
  ['leder', 'ros.read', inUnit, 'the unit’s meeting page and what was decided'],
  ['verneombud', 'ros.read', inUnit, 'the unit’s meeting page and what was decided'],
  ['leder', 'ros.write', inUnit, 'what the unit’s meeting decided'],
  ['hms', 'ros.town.read', forAll, 'the municipality’s meeting page, of closed periods, and what was decided'],
  ['eier-admin', 'ros.town.read', forAll, 'the municipality’s meeting page, of closed periods, and what was decided'],
  ['hms', 'ros.town.write', forAll, 'what the municipality’s meeting decided'],
  ['eier-admin', 'bi.write', forAll, 'keys for the municipality’s own BI tool, after a fresh sign-in'],
  [null, 'bi.read', always, 'the municipality’s closed periods, with such a key and nothing else'],
]

const anyone: Grant = { role: 'ansatt', unit: null }

/** What is about a school's leaders is none of theirs to see, whatever other roles they have. */
const isAboutThem = (grants: readonly Grant[], { isRecused, unit }: Relation): boolean => isRecused === true && grants.some((grant) => grant.role === 'leder' && grant.unit?.id === unit)

/** Whether somebody with these grants may do the action on a report in that relation. */
export function can(grants: readonly Grant[], action: Action, relation: Relation): boolean {
  const held = isAboutThem(grants, relation) ? [] : grants
  return policy.some(([role, name, holds]) => name === action && (role === null ? holds(relation, anyone) : held.some((grant) => grant.role === role && holds(relation, grant))))
}

/** The table as Markdown, for docs/policy.md. */
export const policyTable = (): string =>
  ['| role | action | on |', '| --- | --- | --- |', ...policy.map(([role, action, , words]) => `| ${role ?? 'everybody'} | \`${action}\` | ${words} |`)].join('\n')
