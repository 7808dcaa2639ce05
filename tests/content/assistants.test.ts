/** The legal assistants: every way through them ends somewhere, in three languages, on laws that are there, and with no deadline that the law does not set. */
import { describe, expect, it } from 'vitest'
import { checkCodes, checksToClose } from '#contract/caseCodes.ts'
import { answersFrom, dutiesFor, outcomeOf, questionsFor, type Answers, type Assistant } from '../../src/domain/assistant.ts'
import { assistantFlaws, assistantTexts, lawWordTexts, untranslated, waysThrough } from '../../tools/guide/assistantFlaws.ts'
import { assistantsIn, assistantSources, lawWords, strayFiles } from '../../tools/guide/assistants.ts'
import { compileGuide, deadLinks } from '../../tools/guide/compile.ts'
import { locales } from '../../tools/guide/frontMatter.ts'
import { paragraphs } from '../../tools/guide/law.ts'

const all = assistantsIn('nb')
const named = (id: string): Assistant => { const found = all.find((one) => one.id === id); if (!found) throw new Error(`There is no ${id}`); return found }
const told = (id: string, answers: Answers) => outcomeOf(named(id), answers)
const steps = (id: string, answers: Answers) => dutiesFor(named(id), answers).map((one) => one.id)
const texts = (locale: (typeof locales)[number]) => [...assistantSources().flatMap(([, source]) => assistantTexts(source)), ...lawWordTexts()].map((text) => text[locale] ?? '')

describe('the data', () => {
  it('has one file for each assistant, and no other', () => {
    expect(all.map(({ id }) => id)).toEqual([...checkCodes])
    expect(strayFiles()).toEqual([])
  })

  it.each(all)('has no flaw: $id', (assistant) => { expect(assistantFlaws(assistant)).toEqual([]) })

  it.each(assistantSources())('is whole in three languages: %s', (_, source) => { expect(untranslated(assistantTexts(source))).toEqual([]) })
  it('names who and when in three languages, and each of them is used', () => {
    expect(untranslated(lawWordTexts())).toEqual([])
    const used = JSON.stringify(assistantSources().map(([, source]) => source.steps.map(({ who, when }) => [who, when])))
    expect([...Object.keys(lawWords().who), ...Object.keys(lawWords().when)].filter((code) => !used.includes(`"${code}"`))).toEqual([])
  })

  it.each(locales)('leads to laws, pages and texts that are there: %s', (locale) => {
    expect(deadLinks(compileGuide(locale))).toEqual([])
    expect(all.flatMap(({ laws }) => laws).filter((law) => !(law in paragraphs()))).toEqual([])
  })

  it.each(locales)('has no number of a paragraph, no hours and no days in a text: %s', (locale) => {
    expect(texts(locale).filter((text) => /§|\d+ (?:timer|timar|hours|dager|dagar|days)|\b(?:23\s?A|282)\b/i.test(text))).toEqual([])
  })
  it('is itself: no bokmål in nynorsk', () => {
    expect(texts('nn').filter((text) => /(?<!\p{L})(ikke|hva|hvem|hvor|hvordan|hvis|noe|noen|fra|bare|mer|mye|uker|gjør|ansatte?|verneombudet|arbeidsgiver(en)?|elevene|foreldrene|hendelsen|skole|skolen)(?!\p{L})/iu.test(text))).toEqual([])
  })

  it('has an assistant for everything that closing asks for, and they have an outcome for every way', () => {
    expect(checksToClose.filter((id) => named(id).isApart || waysThrough(named(id)).some((way) => told(id, way) === undefined))).toEqual([])
  })
})

describe('a flaw stops the build', () => {
  const good = named('serious-injury')
  const [first, ...rest] = good.questions
  if (!first) throw new Error('There is no question')
  it.each<[string, Assistant, RegExp]>([
    ['a question that is used for nothing', { ...good, questions: [...good.questions, { id: 'colour', text: 'x', examples: [], from: [] }] }, /colour is used for nothing/],
    ['an answer that nobody can give', { ...good, outcomes: [{ when: [{ hurt: ['maybe'] }], outcome: 'needed' }, ...good.outcomes] }, /hurt is never maybe/],
    ['a question that asks ahead', { ...good, questions: [{ ...first, ask: [{ grave: ['yes'] }] }, ...rest] }, /hurt asks for grave/],
    ['a rule in the shadow of another', { ...good, outcomes: [{ outcome: 'unsure' }, ...good.outcomes] }, /outcome 2 is never reached/],
    ['a way without an end', { ...good, outcomes: good.outcomes.slice(0, -1) }, /no outcome for/],
    ['a step that nobody gets to see', { ...good, steps: good.steps.map((step) => ({ ...step, for: [{ hurt: ['no'], work: ['yes'] }] })) }, /is never shown/],
    ['a deadline of the law without a law', { ...good, steps: good.steps.map((step) => ({ ...step, laws: [] })) }, /names no law/],
    ['a fact that a report does not have', { ...good, questions: [{ ...first, from: [{ facts: { mood: ['bad'] }, answer: 'yes' }] }, ...rest] }, /asks for mood/],
  ])('%s', (_, assistant, message) => { expect(assistantFlaws(assistant).join('\n')).toMatch(message) })
})

describe('what follows', () => {
  it('asks one thing after the other, and only what the answers lead to', () => {
    expect(questionsFor(named('serious-injury'), {}).map(({ id }) => id)).toEqual(['hurt'])
    expect(questionsFor(named('serious-injury'), { hurt: 'yes' }).map(({ id }) => id)).toEqual(['hurt', 'grave'])
    expect(questionsFor(named('serious-injury'), { hurt: 'no', grave: 'yes' }).map(({ id }) => id)).toEqual(['hurt'])
  })
  it('calls the inspectorate and the police at once after a serious injury', () => {
    expect(told('serious-injury', { hurt: 'yes', grave: 'yes', work: 'yes' })).toBe('needed')
    expect(dutiesFor(named('serious-injury'), { hurt: 'yes', grave: 'yes', work: 'yes' }).map(({ id, by, laws }) => [id, by?.text, laws])).toEqual([
      ['inspection', 'straks og på raskeste måte', ['aml-5-2']], ['police', 'straks og på raskeste måte', ['aml-5-2']], ['confirm', 'etter telefonen', ['aml-5-2']], ['copy', 'etter telefonen', ['aml-5-2']],
    ])
    expect(steps('serious-injury', { hurt: 'yes', grave: 'unknown', work: 'yes' })).toEqual(['ask'])
    expect(told('serious-injury', { hurt: 'no' })).toBe('not-needed')
  })
  it('reports an injury to NAV also in doubt, and never when nobody is hurt', () => {
    expect(told('work-injury', { hurt: 'no' })).toBe('not-needed')
    expect(told('work-injury', { hurt: 'yes', event: 'no', 'at-work': 'yes', wish: 'yes' })).toBe('needed')
    expect(steps('work-injury', { hurt: 'yes', event: 'unknown', 'at-work': 'yes', wish: 'unknown' })).toContain('nav')
  })
  it('never says that everything must go to the police, and tells what under 15 means', () => {
    expect(told('police', { offence: 'yes', fifteen: 'no', heard: 'yes', weighed: 'no' })).toBe('not-needed')
    expect(steps('police', { offence: 'yes', fifteen: 'no', heard: 'no', weighed: 'yes' })).toEqual(['hear', 'decide', 'facts', 'send', 'company', 'under-fifteen', 'reasons'])
  })
  it('tells the municipality of an intervention when it is repeated or grave, and only then', () => {
    expect(steps('intervention', { used: 'yes', often: 'yes', grave: 'no', limits: 'yes' })).toContain('municipality')
    expect(steps('intervention', { used: 'yes', often: 'no', grave: 'no', limits: 'yes' })).not.toContain('municipality')
    expect(steps('intervention', { used: 'yes', often: 'no', grave: 'no', limits: 'no' })).toContain('violated')
  })
  it('lets one reason be enough for child welfare', () => {
    expect(told('child-welfare', { neglect: 'unknown', care: 'no', 'own-acts': 'yes', trade: 'no' })).toBe('needed')
    expect(told('child-welfare', { neglect: 'unknown', care: 'no', 'own-acts': 'no', trade: 'no' })).toBe('unsure')
  })
  it('keeps whistleblowing apart: it asks nothing, has no outcome and leads out', () => {
    expect(named('whistleblowing')).toMatchObject({ isApart: true, questions: [], read: ['speak-up'] })
    expect(told('whistleblowing', {})).toBeUndefined()
  })
})

describe('what the report has answered', () => {
  it('is filled in, and nothing else', () => {
    expect(answersFrom(named('injury-register'), { injury: 'visible', exposed: ['me'] })).toEqual({ hurt: 'yes' })
    expect(answersFrom(named('intervention'), { intervention: 'no' })).toEqual({ used: 'no' })
    expect(answersFrom(named('police'), { actor: 'ELEV', grade: '3-4', types: ['TRU-DRAP'] })).toEqual({ offence: 'yes', fifteen: 'no' })
  })
  it('is not guessed: "no injury" on the day is no answer, and an injury of a pupil is another', () => {
    expect(answersFrom(named('serious-injury'), { injury: 'none', exposed: ['me'] })).toEqual({})
    expect(answersFrom(named('work-injury'), { injury: 'doctor', exposed: ['pupil'] })).toEqual({})
    expect(answersFrom(named('police'), { actor: 'FORES', grade: '3-4' })).toEqual({ fifteen: 'yes' })
  })
})
