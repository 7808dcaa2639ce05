/** Words, paper and tables by themselves: no database. */
import { describe, expect, it } from 'vitest'
import { actsOf, caseParts, caseStates, checkCodes, contactWays, effects, idleReasons, measureKinds, measureStates, notifiedCodes, underlyingCauses } from '#contract/caseCodes.ts'
import { CaseContent } from '#contract/caseLetter.ts'
import type { CaseEvent } from '#contract/changes.ts'
import { Facts } from '#contract/facts.ts'
import * as v from '#contract/vocabulary.ts'
import { actInWords, toldTo } from '../../server/takeAlong/acts.ts'
import type { Block } from '../../server/takeAlong/caseDocument.ts'
import { cell, line } from '../../server/takeAlong/csv.ts'
import { factInWords, factOrder } from '../../server/takeAlong/facts.ts'
import { makePdf } from '../../server/takeAlong/paper.ts'
import { showable, standIn } from '../../server/takeAlong/signs.ts'
import { languages, wordsIn } from '../../server/takeAlong/words.ts'
import en from '../../server/takeAlong/words/en.json' with { type: 'json' }
import nb from '../../server/takeAlong/words/nb.json' with { type: 'json' }
import nn from '../../server/takeAlong/words/nn.json' with { type: 'json' }

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).toSorted()

describe('the words', () => {
  it.each([['nn', nn], ['en', en]])('of %s are those of bokmål, with the same places to fill', (_name, other: Record<string, string>) => {
    expect(Object.keys(other)).toEqual(Object.keys(nb))
    for (const [key, text] of Object.entries(nb)) expect([key, placeholders(other[key] ?? '')]).toEqual([key, placeholders(text)])
  })

  it.each(languages)('are there in %s for every code that a case may hold', (language) => {
    const words = wordsIn(language)
    const codes = [...caseStates, ...caseParts, ...underlyingCauses, ...measureKinds, ...measureStates, ...effects, ...contactWays, ...checkCodes, ...idleReasons, ...Object.values(actsOf).flat(),
      ...v.tiles, ...v.incidentTypes, ...v.places, ...v.situations, ...v.actors, ...v.grades, ...v.exposed, ...v.staffRoles, ...v.injuries, ...v.reactions, ...v.triggers, ...v.wishes, ...v.answers, 'needed', 'not-needed', 'unsure']
    // A number (112) is its own word.
    expect([...codes, ...notifiedCodes].filter((code) => words.code(code) === code && !/^\d+$/.test(code))).toEqual([])
    expect(notifiedCodes.map((who) => toldTo(who, words)).filter((text) => notifiedCodes.some((code) => code === text && !/^\d+$/.test(code)))).toEqual([])
  })

  it('know every field of a report but the school, which has its own place', () => {
    expect([...factOrder, 'unit'].toSorted()).toEqual(Object.keys(Facts.properties).toSorted())
    expect(factInWords('severity', {}, wordsIn('nb'))).toBe('')
    expect(factInWords('severity', { severity: null }, wordsIn('nb'))).toBe('Ikke vurdert')
  })

  it('are times on the school’s own clock', () => {
    expect(languages.map((language) => wordsIn(language).moment('2026-07-01T22:30:00Z'))).toEqual(['2. juli 2026, 00:30', '2. juli 2026, 00:30', '2 July 2026, 00:30'])
  })

  it('say each kind of act', () => {
    const id = '0192ab3f-0000-7000-8000-00001234abcd'
    const sample: Record<string, unknown> = {
      v: 1, seen: 0, on: '2026-11-20T09:15:00Z', way: 'phone', consequence: 4, likelihood: 4, types: ['FYS-SLAG'], immediate: ['limit'], underlying: ['staffing'], kind: 'extra-adult', owner: 'Lars', due: '2026-12-01', shared: true, measure: id,
      state: 'done', who: 'leader', check: 'police', answers: {}, outcome: 'needed', done: [], rules: '2026-07-02', reference: '26/1', to: id, helped: 'yes', text: 'Tekst',
    }
    const kinds = CaseContent.anyOf.map(({ properties }) => Object.fromEntries(Object.keys(properties).map((key) => [key, key === 'what' ? properties.what.const : sample[key]])))
    for (const content of kinds) {
      const event = { id, nth: 1, seen: 0, part: 'handler', by: 'Rita', mine: false, at: '2026-11-20T09:15:00Z', receivedAt: '2026-11-20T09:15:00Z', idle: null, content } as CaseEvent
      const said = actInWords(event, wordsIn('nb'))
      expect([said.title, said.by, JSON.stringify(said)]).toEqual([expect.stringMatching(/^[A-ZÆØÅ]/), 'Rita, leder · 20. november 2026, 10:15', expect.not.stringMatching(/undefined|Invalid|NaN/)])
    }
  })
})

describe('a cell', () => {
  it.each([['=1+1', "'=1+1"], ['+47 1', "'+47 1"], ['-2', "'-2"], ['@a', "'@a"], ['\t=1', "'\t=1"], ['\r=1', `"'\r=1"`], ['a;b', '"a;b"'], ['say "hi"', '"say ""hi"""'], ['=a;"b"', `"'=a;""b"""`], ['a\nb', '"a\nb"'], ['Ærlig', 'Ærlig'], ['', '']])('with %j is %j', (text, expected) => {
    expect(cell(text)).toBe(expected)
  })
  it('is one of a line that ends as the standard has it', () => expect(line(['a', 'b;c'])).toBe('a;"b;c"\r\n'))
})

describe('a sign', () => {
  const has = (code: number) => code < 0x20_0C
  it('that the typeface lacks is one stand-in, also when it is made of many', () => {
    expect(showable('a 👩‍🏫 b 😀', has)).toEqual({ text: `a ${standIn} b ${standIn}`, missing: true })
  })
  it('that is nothing to see, or would turn the line, is left out', () => {
    expect(showable('a\u0000b\u202Ec\uFE0Fd\r\ne\u2028f\ud800', (code) => code < 128 || code === 0xFFFD)).toEqual({ text: 'abcd\ne\nf\uFFFD', missing: false })
  })
  it('keeps its place in a word without an end, which may be cut', () => {
    const { text } = showable('x'.repeat(100), has)
    expect([text.replaceAll('\u200B', ''), text.split('\u200B').map(({ length }) => length)]).toEqual(['x'.repeat(100), [40, 40, 20]])
  })
})

describe('a paper', () => {
  const sheet = { title: 'Sak', language: 'nb-NO', at: new Date('2026-11-23T08:00:00Z'), foot: (page: number, of: number) => `${page} ${of}`, missing: 'Noe mangler' }
  const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length

  it('has as many pages as its text needs, and is the same for the same text', async () => {
    const blocks: Block[] = [{ kind: 'heading', level: 1, text: 'Sak' }, { kind: 'text', text: 'Ærlig øving åpner. '.repeat(900) }, { kind: 'rows', rows: [{ label: 'Ord', value: 'verdi '.repeat(1500) }] }]
    const pdf = await makePdf(blocks, sheet)
    expect(pagesOf(pdf)).toBeGreaterThan(4)
    expect(pdf.toString('latin1')).toContain('/StructTreeRoot')
    expect(pdf.toString('latin1')).toMatch(/pdfaid:part>2/)
    expect(pagesOf(await makePdf([], sheet))).toBe(1)
  })

  it('lets others in between two blocks', async () => {
    let turns = 0
    const making = makePdf(Array.from({ length: 20 }, () => ({ kind: 'text', text: 'Ord '.repeat(200) }) as const), sheet)
    const made = { isDone: false }
    const counting = (async () => { while (!made.isDone) { turns += 1; await new Promise((resolve) => { setImmediate(resolve) }) } })()
    await making
    made.isDone = true
    await counting
    expect(turns).toBeGreaterThan(19)
  })
})
