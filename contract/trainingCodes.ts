/** The codes of training and practice. No TypeBox here: the phone's bundle pays nothing for these lists. A code is stable, as in vocabulary.ts. */

/** The regulation asks for both (forskrift om utførelse av arbeid § 3A-5): to be taught, and to have tried it. */
export const trainingForms = ['training', 'practice'] as const
export type TrainingForm = (typeof trainingForms)[number]

/** What an entry is: something that was done, something that is planned, or something that the municipality is asked for. */
export const trainingEntries = ['log', 'plan', 'request'] as const
export type TrainingEntry = (typeof trainingEntries)[number]

/** For whom something is planned: groups, never names. */
export const trainingGroups = ['all', 'teachers', 'assistants', 'sfo', 'new-staff', 'substitutes', 'leaders'] as const
export type TrainingGroup = (typeof trainingGroups)[number]

/** Why a school asks; the needs that the offers are sorted by (src/domain/guide.ts has the same words). */
export const trainingNeeds = ['risk', 'new-staff', 'reporting', 'handling', 'aggression', 'neuro', 'many-events'] as const
export type TrainingNeed = (typeof trainingNeeds)[number]

/** What the municipality answers. */
export const trainingAnswers = ['agreed', 'contact', 'not-now'] as const
export type TrainingAnswer = (typeof trainingAnswers)[number]

/** How an entry stands: a log is done; a plan is planned or done; a request is asked until it has an answer. */
export const trainingStates = ['done', 'planned', 'asked', ...trainingAnswers] as const
export type TrainingState = (typeof trainingStates)[number]

/** Longest texts, in code points, and the most people of one entry. */
export const trainingLimits = { title: 120, text: 1_500, people: 2_000 } as const
