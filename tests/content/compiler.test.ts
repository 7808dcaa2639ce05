/** What a writer is told when a text is not as it must be. */
import { describe, expect, it } from 'vitest'
import { stepsOf, storyOf } from '../../tools/guide/bodies.ts'
import { readFrontMatter } from '../../tools/guide/frontMatter.ts'
import { partsOf } from '../../tools/guide/markdown.ts'
import { lix } from '../../tools/guide/readability.ts'

const front = (more: string) => `---\ntitle: En\nsummary: To\nwords: []\nreviewed: 2026-11-23\n${more}---\nTekst`
const facts = 'phase: before\nlens: staff\nfor: [staff]\nconfirm: [hms]\n'

describe('a text', () => {
  it('becomes blocks with links that say what they are', () => {
    const [part] = partsOf('Se [vern](law:aml-4-3) og **ring [113](tel:113)**.\n\n- ett\n- to\n\n> Viktig', 'x.md')
    expect(part?.blocks).toEqual([
      { kind: 'text', text: ['Se ', { link: { kind: 'law', to: 'aml-4-3' }, text: 'vern' }, ' og ', { bold: ['ring ', { link: { kind: 'tel', to: '113' }, text: '113' }] }, '.'] },
      { kind: 'list', items: [['ett'], ['to']] },
      { kind: 'note', text: ['Viktig'] },
    ])
  })

  it.each([
    ['a link to anywhere', 'Se [her](https://example.org).', /a link is law:/],
    ['HTML', '<b>fet</b>\n\n```\nkode\n```', /is not used here/],
    ['a deep heading', '### For dypt', /headings are ##/],
    ['a list in a list', '- en\n  - to', /too much for a phone/],
    ['a picture', '![bilde](item:x)', /is not used here/],
  ])('is refused with %s', (_, text, message) => { expect(() => partsOf(text, 'x.md')).toThrow(message) })

  it.each([
    ['no review date', front(facts).replace('reviewed: 2026-11-23\n', ''), 'nb', /reviewed is missing/],
    ['an unknown phase', front(facts.replace('before', 'later')), 'nb', /phase is one of/],
    ['a word that nobody knows', front(`${facts}colour: red\n`), 'nb', /colour is not known here/],
    ['a shared fact in another language', front(facts), 'nn', /stands in the bokmål file only/],
    ['nobody to confirm it', front(facts.replace('[hms]', '[]')), 'nb', /confirm is missing/],
  ] as const)('is refused with %s', (_, source, locale, message) => { expect(() => readFrontMatter(source, locale, 'x.md')).toThrow(message) })
})

describe('a step', () => {
  it('is sentences, checks, numbers, a timer and a way to more', () => {
    expect(stepsOf('## Gå unna\n\nGå to meter bort. Vent.\n\n- [ ] Jeg har fri vei\n\ncall: 113, office\n\ntimer: 120 Gi ro\n\nread: alarm', 'x.md')).toEqual([
      { title: 'Gå unna', text: ['Gå to meter bort. Vent.'], checks: ['Jeg har fri vei'], calls: ['113', 'office'], timer: { seconds: 120, label: 'Gi ro' }, read: 'alarm' },
    ])
  })
  it.each([
    ['a number of nobody', '## A\n\nB.\n\ncall: 999', /nobody is called 999/],
    ['four checks', '## A\n\nB.\n\n- [ ] 1\n- [ ] 2\n- [ ] 3\n- [ ] 4', /at most three checks/],
    ['no sentence', '## A\n\n- [ ] 1', /a title and a sentence/],
    ['a timer without a label', '## A\n\nB.\n\ntimer: 120', /seconds and a label/],
  ])('is refused with %s', (_, text, message) => { expect(() => stepsOf(text, 'x.md')).toThrow(message) })
})

describe('a story', () => {
  it('is an opening and moments with choices that tell what comes of them', () => {
    const story = storyOf('Det ringer ut.\n\n## Hva gjør du?\n\n- [x] Venter → Det blir roligere.\n- [ ] Roper → Det blir verre.', 'x.md')
    expect(story.moments[0]?.choices).toEqual([{ text: 'Venter', worth: 'good', feedback: ['Det blir roligere.'] }, { text: 'Roper', worth: 'poor', feedback: ['Det blir verre.'] }])
  })
  it('is refused without a good choice', () => { expect(() => storyOf('## Hva?\n\n- [ ] A → B\n- [~] C → D', 'x.md')).toThrow(/one of them good/) })
})

it('LIX counts as its author did', () => {
  // Ten words in two sentences, one of them longer than six letters: 5 + 10.
  expect(lix(['Gå ut av rommet nå.', 'Ring straks etter hjelp kollega.'])).toBeCloseTo(15)
})
