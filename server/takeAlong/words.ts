/** The words of what is taken along: the labels that the phone uses too, and a few headings of its own. */
import enCases from '#contract/labels/en.cases.json' with { type: 'json' }
import enLabels from '#contract/labels/en.json' with { type: 'json' }
import nbCases from '#contract/labels/nb.cases.json' with { type: 'json' }
import nbLabels from '#contract/labels/nb.json' with { type: 'json' }
import nnCases from '#contract/labels/nn.cases.json' with { type: 'json' }
import nnLabels from '#contract/labels/nn.json' with { type: 'json' }
import { schoolZone } from '#contract/workdays.ts'
import en from './words/en.json' with { type: 'json' }
import nb from './words/nb.json' with { type: 'json' }
import nn from './words/nn.json' with { type: 'json' }

export const languages = ['nb', 'nn', 'en'] as const
export type Language = (typeof languages)[number]
export type Word = keyof typeof nb

export interface Words {
  /** As PDF and HTML name it. */
  tag: string
  say(word: Word, values?: Record<string, string | number>): string
  /** A stored code in words; the code itself when nobody has words for it. */
  code(code: string | number): string
  field(field: string): string
  /** A moment, as it was on the school's own clock. */
  moment(iso: string): string
  day(day: string): string
  yesNo(value: boolean): string
}

const kept = {
  nb: { said: nb, labels: nbLabels, cases: nbCases, tag: 'nb-NO' },
  nn: { said: nn, labels: nnLabels, cases: nnCases, tag: 'nn-NO' },
  en: { said: en, labels: enLabels, cases: enCases, tag: 'en-GB' },
}

function makeWords(language: Language): Words {
  const { said, labels, cases, tag } = kept[language]
  const codes: Record<string, string> = { ...labels.code, ...cases.code }
  const fields: Record<string, string> = labels.field
  const days = new Intl.DateTimeFormat(tag, { timeZone: schoolZone, day: 'numeric', month: 'long', year: 'numeric' })
  const times = new Intl.DateTimeFormat(tag, { timeZone: schoolZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const say: Words['say'] = (word, values = {}) => said[word].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
  return {
    tag, say,
    code: (code) => codes[String(code)] ?? String(code),
    field: (field) => fields[field] ?? field,
    moment: (iso) => `${days.format(new Date(iso))}, ${times.format(new Date(iso))}`,
    day: (day) => days.format(new Date(`${day}T12:00:00Z`)),
    yesNo: (value) => say(value ? 'yes' : 'no'),
  }
}

const made = new Map<Language, Words>()
/** The words of a language, made once. */
export function wordsIn(language: Language): Words {
  const known = made.get(language)
  if (known) return known
  const words = makeWords(language)
  made.set(language, words)
  return words
}
/** A case's name on paper: the end of its id, where ids differ (the beginning is the time). */
export const shortId = (id: string): string => id.slice(-8)
