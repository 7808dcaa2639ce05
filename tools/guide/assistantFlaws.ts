/** What is wrong with the legal assistants: told as "file: what". Every way through the questions is walked. */
import { incidentTypes, actors, answers as possible, exposed, grades, injuries, type Answer3 } from '../../contract/vocabulary.ts'
import { dutiesFor, holds, outcomeOf, questionsFor, type Answers, type Assistant, type Fit } from '../../src/domain/assistant.ts'
import { fileOf, lawWords, type AssistantSource, type Texts } from './assistants.ts'
import { locales } from './frontMatter.ts'

const word = /^[a-z][a-z0-9-]{0,39}$/
const outcomes: readonly string[] = ['needed', 'not-needed', 'unsure']
/** The facts of a report that may answer a question, and what they can say. */
const factCodes: Record<string, readonly string[]> = { injury: injuries, exposed, types: incidentTypes, actor: actors, grade: grades, intervention: possible, otherPupils: possible, sickLeave: possible, weapon: possible, damage: possible, repeated: possible }

/** Every way through the questions, to its end. */
export function waysThrough(assistant: Assistant, answers: Answers = {}): Answers[] {
  const next = questionsFor(assistant, answers).find(({ id }) => answers[id] === undefined)
  return next === undefined ? [answers] : possible.flatMap((answer: Answer3) => waysThrough(assistant, { ...answers, [next.id]: answer }))
}

function badFits(list: readonly Fit[] | undefined, known: Record<string, readonly string[]>, where: string): string[] {
  return (list ?? []).flatMap((fit) => Object.entries(fit).flatMap(([name, values]) => {
    const codes = known[name]
    if (codes === undefined) return [`${where} asks for ${name}, which is not there`]
    return values.filter((value) => !codes.includes(value)).map((value) => `${where}: ${name} is never ${value}`)
  }))
}
const twins = (ids: string[]) => ids.filter((id, nth) => ids.indexOf(id) < nth)

function shapeFlaws({ questions, outcomes: rules, steps, results, isApart, rules: day }: Assistant): string[] {
  const asked = Object.fromEntries(questions.map(({ id }) => [id, possible]))
  const before = (nth: number) => Object.fromEntries(questions.slice(0, nth).map(({ id }) => [id, possible]))
  const uses = [...questions.flatMap(({ ask }) => ask ?? []), ...rules.flatMap(({ when }) => when ?? []), ...steps.flatMap((step) => step.for ?? [])].flatMap((fit) => Object.keys(fit))
  const ids = [...questions.map(({ id }) => id), ...steps.map(({ id }) => id)]
  const count = questions.length
  return [
    ...(/^20\d\d-\d\d-\d\d$/.test(day) ? [] : ['rules is a date']),
    ...(isApart ? (count > 0 ? ['what is kept apart asks nothing'] : []) : count < 2 || count > 5 ? [`two to five questions, not ${count}`] : []),
    ...ids.filter((id) => !word.test(id) || id === 'outcome').map((id) => `${id} is not a word for an id`),
    ...twins(questions.map(({ id }) => id)).concat(twins(steps.map(({ id }) => id))).map((id) => `${id} is there twice`),
    ...questions.flatMap(({ id, ask, from }, nth) => [...badFits(ask, before(nth), id), ...badFits(from.map(({ facts }) => facts), factCodes, id)]),
    ...rules.flatMap(({ when }, nth) => badFits(when, asked, `outcome ${nth + 1}`)),
    ...steps.flatMap((step) => badFits(step.for, { ...asked, outcome: outcomes }, step.id)),
    ...questions.filter(({ id }) => !uses.includes(id)).map(({ id }) => `the question ${id} is used for nothing`),
    ...[...new Set(rules.map(({ outcome }) => outcome))].filter((outcome) => results[outcome] === undefined).map((outcome) => `the outcome ${outcome} says nothing`),
    ...steps.filter(({ by, laws }) => by?.isLaw === true && laws.length === 0).map(({ id }) => `${id} says when by law, and names no law`),
  ]
}

/** What no answers lead to, and answers that lead to nothing. */
function wayFlaws(assistant: Assistant): string[] {
  if (assistant.isApart) return []
  const ways = waysThrough(assistant)
  const rules = assistant.outcomes
  const used = new Set(ways.map((way) => rules.findIndex(({ when }) => holds(when, way))))
  const asked = new Set(ways.flatMap((way) => Object.keys(way)))
  const done = new Set(ways.flatMap((way) => dutiesFor(assistant, way).map(({ id }) => id)))
  return [
    ...ways.filter((way) => outcomeOf(assistant, way) === undefined).map((way) => `no outcome for ${JSON.stringify(way)}`),
    ...ways.filter((way) => outcomeOf(assistant, way) === 'needed' && dutiesFor(assistant, way).length === 0).map((way) => `nothing to do for ${JSON.stringify(way)}`),
    ...rules.flatMap((_, nth) => (used.has(nth) ? [] : [`outcome ${nth + 1} is never reached`])),
    ...rules.flatMap(({ when }, nth) => (when ?? []).filter((fit) => !ways.some((way) => rules.findIndex((rule) => holds(rule.when, way)) === nth && holds([fit], way))).map((fit) => `outcome ${nth + 1}: ${JSON.stringify(fit)} is never reached`)),
    ...assistant.questions.filter(({ id }) => !asked.has(id)).map(({ id }) => `the question ${id} is never asked`),
    ...assistant.steps.filter(({ id }) => !done.has(id)).map(({ id }) => `the step ${id} is never shown`),
  ]
}

export const assistantFlaws = (assistant: Assistant): string[] => [...shapeFlaws(assistant), ...(shapeFlaws(assistant).length > 0 ? [] : wayFlaws(assistant))].map((flaw) => `${fileOf(assistant.id)}: ${flaw}`)

const isTexts = (value: object): value is Texts => 'nb' in value || 'nn' in value || 'en' in value
/** Every text of a file, wherever it stands. */
function textsIn(value: unknown): Partial<Texts>[] {
  if (typeof value !== 'object' || value === null) return []
  return isTexts(value) ? [value] : Object.values(value).flatMap(textsIn)
}
export const assistantTexts = (source: AssistantSource): Partial<Texts>[] => textsIn(source)
export const lawWordTexts = (): Partial<Texts>[] => textsIn(lawWords())
/** Texts that a language lacks. */
export const untranslated = (texts: readonly Partial<Texts>[]): string[] => texts.flatMap((text) => locales.filter((locale) => !text[locale]?.trim()).map((locale) => `${locale} is missing of «${Object.values(text)[0] ?? ''}»`))
