/** The search over the real texts: what shaken people ask, and the text that answers, among the first three. */
import { describe, expect, it } from 'vitest'
import type { Guide } from '#app/domain/guide.ts'
import { sourceOf } from '#app/features/guide/search/documents.ts'
import { engineOf } from '#app/features/guide/search/engine.ts'
import { fold, spellings } from '#app/features/guide/search/fold.ts'
import { stem } from '#app/features/guide/search/stem.ts'
import { guide as nb } from 'virtual:guide/nb'
import { guide as nn } from 'virtual:guide/nn'
import { guide as en } from 'virtual:guide/en'
import { searchSlips, searchTasks, type Task } from './support/searchTasks.ts'

const guides: Record<Guide['locale'], Guide> = { nb, nn, en }
const locales = ['nb', 'nn', 'en'] as const
const engines = { nb: await engineOf(sourceOf(nb)), nn: await engineOf(sourceOf(nn)), en: await engineOf(sourceOf(en)) }
const firstThree = (locale: Guide['locale'], question: string) => engines[locale].search(question).slice(0, 3).map(({ id }) => id)
const isAnswered = (locale: Guide['locale'], [question, ...answers]: Task) => firstThree(locale, question).some((id) => answers.includes(id))

describe.each(locales)('the search in %s', (locale) => {
  it('has thirty tasks or more, with answers that exist', () => {
    expect(searchTasks[locale].length).toBeGreaterThanOrEqual(30)
    const known = new Set(guides[locale].items.map(({ id }) => id))
    expect([...searchTasks[locale], ...searchSlips[locale]].flatMap(([, ...answers]) => answers).filter((id) => !known.has(id))).toEqual([])
  })

  it.each(searchTasks[locale].map((task) => [task[0], task] as const))('answers “%s”', (question, task) => {
    expect(isAnswered(locale, task), `${firstThree(locale, question).join(', ')} instead of ${task.slice(1).join(' or ')}`).toBe(true)
  })

  it.each(searchSlips[locale].map((task) => [task[0], task] as const))('forgives “%s”', (question, task) => {
    expect(isAnswered(locale, task), `${firstThree(locale, question).join(', ')} instead of ${task.slice(1).join(' or ')}`).toBe(true)
  })

  it('would fail with other answers, so that this measures something', () => {
    const tasks = searchTasks[locale]
    const strangers = tasks.filter(([question], nth) => {
      const [, ...answers] = tasks[(nth + 7) % tasks.length] ?? ['']
      return isAnswered(locale, [question, ...answers])
    })
    expect(strangers.length).toBeLessThan(tasks.length / 6)
  })

  it('marks words that stand in the sentence it shows, in order and apart', () => {
    for (const [question] of [...searchTasks[locale], ...searchSlips[locale]]) {
      for (const { sentence: { text, marks } } of engines[locale].search(question)) {
        const ends = marks.flat()
        expect(ends).toEqual(ends.toSorted((a, b) => a - b))
        for (const [from, to] of marks) expect(text.slice(from, to)).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}'’‐‑-]*$/u)
        expect(text.length).toBeLessThanOrEqual(190)
      }
    }
  })

  it('says nothing about nothing', () => {
    for (const question of ['', '   ', '?!', 'xqzwv']) expect(engines[locale].search(question)).toEqual([])
  })

  it('breaks at no question', () => {
    for (const question of ['(', 'a'.repeat(5000), '🙂', '-', '‐‑', 'constructor __proto__', '§ 4-3', '<b>']) expect(Array.isArray(engines[locale].search(question))).toBe(true)
  })
})

describe('a result', () => {
  it('leads to the section or the step that holds the sentence', () => {
    for (const { id, kind, section, sentence } of engines.nb.search('bitt')) {
      const item = nb.items.find((one) => one.id === id)
      if (item?.kind === 'article' && section) expect([id, item.sections.some((one) => one.id === section.id && one.title === section.title)]).toEqual([id, true])
      if (item?.kind === 'walk' && section) expect([id, item.steps[Number(section.id) - 1]?.title]).toEqual([id, section.title])
      expect([id, kind, sentence.text === '']).toEqual([id, item?.kind, false])
    }
  })

  it('finds the head of a compound, and a compound by its head', () => {
    expect(engines.nb.search('alarm').map(({ id }) => id)).toContain('alarm')
    const worn = engines.nb.search('melding').flatMap(({ sentence: { text, marks } }) => marks.map(([from, to]) => text.slice(from, to).toLowerCase()))
    expect(worn.some((word) => word.endsWith('melding') && word !== 'melding')).toBe(true)
  })
})

describe('a word', () => {
  it.each([['Slått', 'slatt'], ['FØRSTEHJELP', 'forstehjelp'], ['lærer', 'laerer'], ['slaatt', 'slatt'], ['café', 'cafe']])('%s is spelt %s', (word, folded) => { expect(fold(word)).toBe(folded) })
  it('is kept whole and in parts when it has a hyphen', () => { expect([spellings('ROS-analyse'), spellings('pupil’s'), spellings("can't")]).toEqual([['rosanalyse', 'ros', 'analyse'], ['pupil'], ['cant']]) })

  it.each([
    ['nb', ['sparket', 'sparker', 'sparking', 'sparka', 'spark']], ['nb', ['hendelse', 'hendelsen', 'hending', 'hendingane', 'hendinga']], ['nb', ['trussel', 'trusler', 'truslar', 'trusselen']],
    ['nb', ['elev', 'eleven', 'elever', 'elevane', 'elevenes', 'elevar']], ['nb', ['forebygge', 'forebyggje', 'forebygging']], ['nb', ['farlig', 'farleg', 'farlige']],
    ['en', ['kick', 'kicked', 'kicking', 'kicks']], ['en', ['threaten', 'threatened', 'threatening']], ['en', ['escalate', 'escalation', 'escalating']], ['en', ['injury', 'injuries']],
  ] as const)('in %s has one stem: %s', (locale, words) => { expect(new Set(words.map((word) => stem(word, locale))).size).toBe(1) })
  it('keeps what is different apart', () => { expect(new Set(['far', 'fare', 'ros', 'saks', 'sak', 'sykt', 'skyld'].map((word) => stem(word, 'nb'))).size).toBe(7) })
})
