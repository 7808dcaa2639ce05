/**
 * The legal assistants: a few questions, and what follows from the answers. Everything that is asked and said is data (`content/law/assistants/`, made into the
 * guidance by tools/guide); here is only how it is read. Pure. No law in this file, and no word that a person reads.
 */
import type { CheckCode } from '#contract/caseCodes.ts'
import type { Facts } from '#contract/facts.ts'
import type { Answer3 } from '#contract/vocabulary.ts'

export type CheckOutcome = 'needed' | 'not-needed' | 'unsure'
export type Answers = Readonly<Record<string, Answer3>>
/** Every line must fit: question → the answers that fit. `outcome` may be asked for in a step. A question that was not asked fits nothing. */
export type Fit = Readonly<Record<string, readonly string[]>>
/** Any of these. Missing: always. */
export type Condition = readonly Fit[] | undefined

/** `from`: which facts of the report answer the question; all of them must be there, and the first that fits counts. */
export interface Question { id: string; text: string; help?: string; examples: string[]; ask?: readonly Fit[]; from: { facts: Fit; answer: Answer3 }[] }
/** `by`: when, in the words of the law (`isLaw`), or as advice. `read` and the like are ids of the guidance. */
export interface Duty { id: string; text: string; for?: readonly Fit[]; who: string; by?: { text: string; isLaw: boolean }; laws: string[]; sites: string[] }
export interface Assistant {
  id: CheckCode
  /** The version of these questions and rules. */
  rules: string
  lead: string
  /** It leads out, and nothing of it is ever kept in a case. */
  isApart: boolean
  calls: string[]
  questions: Question[]
  outcomes: { when?: readonly Fit[]; outcome: CheckOutcome }[]
  results: Partial<Record<CheckOutcome, string>>
  steps: Duty[]
  laws: string[]
  read: string[]
}

const fits = (fit: Fit, known: Readonly<Record<string, string | undefined>>): boolean =>
  Object.entries(fit).every(([name, values]) => { const value = known[name]; return value !== undefined && values.includes(value) })
export const holds = (condition: Condition, known: Readonly<Record<string, string | undefined>>): boolean => condition === undefined || condition.some((fit) => fits(fit, known))

/** The questions that the answers so far lead to, in their order. An answer to a question that is not asked any more counts for nothing. */
export function questionsFor({ questions }: Assistant, answers: Answers): Question[] {
  const known: Record<string, Answer3> = {}
  return questions.filter(({ id, ask }) => {
    if (!holds(ask, known)) return false
    const answer = answers[id]
    if (answer !== undefined) known[id] = answer
    return true
  })
}

/** The answers to what is asked, and no other. */
export const heardIn = (assistant: Assistant, answers: Answers): Record<string, Answer3> =>
  Object.fromEntries(questionsFor(assistant, answers).flatMap(({ id }) => { const answer = answers[id]; return answer === undefined ? [] : [[id, answer]] }))

/** Undefined until everything that is asked has an answer; "unknown" is one. */
export function outcomeOf(assistant: Assistant, answers: Answers): CheckOutcome | undefined {
  const heard = heardIn(assistant, answers)
  if (assistant.isApart || questionsFor(assistant, answers).some(({ id }) => heard[id] === undefined)) return undefined
  return assistant.outcomes.find(({ when }) => holds(when, heard))?.outcome
}

/** What follows. */
export function dutiesFor(assistant: Assistant, answers: Answers): Duty[] {
  const outcome = outcomeOf(assistant, answers)
  if (outcome === undefined && !assistant.isApart) return []
  const known = { ...heardIn(assistant, answers), outcome }
  return assistant.steps.filter((step) => holds(step.for, known))
}

/** Laws of what follows first, then those that the whole rests on; each once. */
export const lawsFor = (assistant: Assistant, duties: readonly Duty[]): string[] => [...new Set([...duties.flatMap(({ laws }) => laws), ...assistant.laws])]

/** What the report has answered already. Whoever handles the case may say otherwise. */
export function answersFrom({ questions }: Assistant, facts: Facts): Record<string, Answer3> {
  const saidOf = (field: string): string[] => { const value: unknown = facts[field as keyof Facts]; return (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && one !== null).map(String) }
  return Object.fromEntries(questions.flatMap(({ id, from }) => {
    const found = from.find((one) => Object.entries(one.facts).every(([field, values]) => saidOf(field).some((said) => values.includes(said))))
    return found ? [[id, found.answer]] : []
  }))
}
