/** The legal assistants of `content/law/assistants/` in one language. One file for each code; every text in three languages beside each other. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { checkCodes, type CheckCode } from '../../contract/caseCodes.ts'
import type { Assistant, CheckOutcome, Duty, Fit, Question } from '../../src/domain/assistant.ts'
import type { Answer3 } from '../../contract/vocabulary.ts'
import type { Locale } from './frontMatter.ts'
import { WritingError } from './markdown.ts'

export type Texts = Record<Locale, string>
interface AskSource { id: string; text: Texts; help?: Texts; examples?: Texts[]; ask?: Fit[]; from?: { facts: Fit; answer: Answer3 }[] }
interface StepSource { id: string; text: Texts; for?: Fit[]; who: string; when?: string; laws?: string[]; sites?: string[] }
export interface AssistantSource {
  rules: string; apart?: true; lead: Texts; calls?: string[]; questions: AskSource[]; outcomes: { when?: Fit[]; outcome: CheckOutcome }[]; results: Partial<Record<CheckOutcome, Texts>>; steps: StepSource[]; laws: string[]; read: string[]
}
/** Who does it, and when: the law's own words, or advice (`law: false`). */
interface LawWords { who: Record<string, Texts>; when: Record<string, { law: boolean; text: Texts }> }

const room = path.resolve(import.meta.dirname, '../../content/law')
const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(room, file), 'utf8')) as T
export const fileOf = (id: string): string => `content/law/assistants/${id}.json`
export const assistantSources = (): [CheckCode, AssistantSource][] => checkCodes.map((id) => [id, read<AssistantSource>(`assistants/${id}.json`)])
export const lawWords = (): LawWords => read('words.json')
export const strayFiles = (): string[] => readdirSync(path.join(room, 'assistants')).filter((name) => !checkCodes.some((id) => name === `${id}.json`))

function questionIn(locale: Locale, { id, text, help, examples = [], ask, from = [] }: AskSource): Question {
  const question: Question = { id, text: text[locale], examples: examples.map((example) => example[locale]), from }
  if (help) question.help = help[locale]
  if (ask) question.ask = ask
  return question
}

/** One assistant, in one language. */
export function assistantIn(locale: Locale, id: CheckCode, source: AssistantSource, words: LawWords): Assistant {
  const { rules, lead, apart, calls = [], questions, outcomes, results, steps, laws, read: reading } = source
  const who = (code: string): string => {
    const known = words.who[code]
    if (!known) throw new WritingError(fileOf(id), `nobody in content/law/words.json is called ${code}`)
    return known[locale]
  }
  const by = (code: string) => {
    const known = words.when[code]
    if (!known) throw new WritingError(fileOf(id), `content/law/words.json has no time called ${code}`)
    return { text: known.text[locale], isLaw: known.law }
  }
  return {
    id, rules, lead: lead[locale], isApart: apart === true, calls, outcomes, laws, read: reading,
    questions: questions.map((one) => questionIn(locale, one)),
    results: Object.fromEntries(Object.entries(results).map(([outcome, text]) => [outcome, text[locale]])),
    steps: steps.map((step): Duty => {
      const duty: Duty = { id: step.id, text: step.text[locale], who: who(step.who), laws: step.laws ?? [], sites: step.sites ?? [] }
      if (step.for) duty.for = step.for
      if (step.when) duty.by = by(step.when)
      return duty
    }),
  }
}

export const assistantsIn = (locale: Locale): Assistant[] => assistantSources().map(([id, source]) => assistantIn(locale, id, source, lawWords()))
