/** Every code that is stored has words in all three languages, and no language says less than another. */
import { describe, expect, it } from 'vitest'
import * as caseCodes from '#contract/caseCodes.ts'
import * as vocabulary from '#contract/vocabulary.ts'
import { Facts } from '#contract/facts.ts'

const labels = import.meta.glob<{ code: Record<string, string>; field: Record<string, string> }>('../../contract/labels/*.json', { eager: true, import: 'default' })
const texts = import.meta.glob<Record<string, unknown>>('../../src/i18n/*/*.json', { eager: true, import: 'default' })
const languages = ['nb', 'nn', 'en'] as const
const flat = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => flat(inner, `${path}.${key}`)) : [path]
const lists: [string, unknown][] = [...Object.entries(vocabulary), ...Object.entries(caseCodes)]
const isCode = (value: unknown): value is string => typeof value === 'string'
const codes = [...new Set(lists.flatMap(([name, values]) => (Array.isArray(values) && !name.endsWith('Fields') ? values.filter(isCode) : [])))]

describe.each(languages)('labels in %s', (language) => {
  const own = labels[`../../contract/labels/${language}.json`]
  const ofCases = labels[`../../contract/labels/${language}.cases.json`]
  // What a case still lacks of its checks is said with the check's own name.
  it('name every code', () => expect(codes.filter((code) => !own?.code[code] && !ofCases?.code[code] && !code.startsWith('check-'))).toEqual([]))
  it('name no code twice', () => expect(Object.keys(ofCases?.code ?? {}).filter((code) => own?.code[code])).toEqual([]))
  it('name every field', () => expect(Object.keys(Facts.properties).filter((field) => !own?.field[field])).toEqual([]))
})

describe('the texts', () => {
  const areas = [...new Set(Object.keys(texts).map((path) => path.replace(/^.*\//, '')))]
  it('exist', () => expect(areas.length).toBeGreaterThan(5))
  it.each(areas)('%s has the same keys in all languages', (area) => {
    const [nb, nn, en] = languages.map((language) => flat(texts[`../../src/i18n/${language}/${area}`]).toSorted())
    expect(nn).toEqual(nb)
    expect(en).toEqual(nb)
  })
})
