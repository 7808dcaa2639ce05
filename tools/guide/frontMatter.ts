/** The lines above a text. What is the same in all languages stands in the bokmål file only: one truth per fact. */
import matter from 'gray-matter'
import type { Confirmer, Course, Lens, Need, Phase, Reader } from '../../src/domain/guide.ts'
import { WritingError } from './markdown.ts'

export const locales = ['nb', 'nn', 'en'] as const
export type Locale = (typeof locales)[number]

const phases: readonly Phase[] = ['before', 'during', 'after']
const lenses: readonly Lens[] = ['staff', 'pupil']
const readers: readonly Reader[] = ['staff', 'leader', 'safetyRep']
const confirmers: readonly Confirmer[] = ['hms', 'bht', 'legal', 'education', 'police', 'health']
const forms: readonly Course['form'][] = ['course', 'technical', 'e-learning', 'programme']
const needs: readonly Need[] = ['new-staff', 'risk', 'reporting', 'handling', 'aggression', 'neuro', 'many-events']

/** What a language says for itself. */
export interface Words { title: string; summary: string; words: string[]; reviewed: string }
/** What is the same in all languages. */
export interface Facts {
  phase: Phase; lenses: Lens[]; readers: Reader[]; confirmers: Confirmer[]; fits: string[]; related: string[]; laws: string[]; sites: string[]; order: number
  form?: Course['form'] | undefined; needs: Need[]
}

const own = ['title', 'summary', 'words', 'reviewed']
const shared = ['phase', 'lens', 'for', 'confirm', 'fits', 'related', 'laws', 'links', 'order', 'form', 'needs']

type Data = Record<string, unknown>

const listOf = (data: Data, key: string, file: string): string[] => {
  const value = data[key] ?? []
  const list = Array.isArray(value) ? value : [value]
  if (!list.every((item) => typeof item === 'string' || typeof item === 'number')) throw new WritingError(file, `${key} is a list of words`)
  return list.map(String)
}
const codes = <T extends string>(data: Data, key: string, known: readonly T[], file: string): T[] =>
  listOf(data, key, file).map((item) => {
    const code = known.find((candidate) => candidate === item)
    if (code === undefined) throw new WritingError(file, `${key} is one of ${known.join(', ')}, not ${item}`)
    return code
  })
const sentence = (data: Data, key: string, file: string): string => {
  const value = data[key]
  if (typeof value !== 'string' || value.trim() === '') throw new WritingError(file, `${key} is missing`)
  return value.trim()
}

function reviewDate(data: Data, file: string): string {
  const value = data['reviewed']
  const day = value instanceof Date ? value.toISOString().slice(0, 10) : ''
  if (day === '') throw new WritingError(file, 'reviewed is missing: the date of the last review, as 2026-11-23')
  return day
}

function wordsOf(data: Data, file: string): Words {
  return { title: sentence(data, 'title', file), summary: sentence(data, 'summary', file), words: listOf(data, 'words', file), reviewed: reviewDate(data, file) }
}

function factsOf(data: Data, file: string): Facts {
  const [phase] = codes(data, 'phase', phases, file)
  if (phase === undefined) throw new WritingError(file, 'phase is missing')
  const facts: Facts = {
    phase, lenses: codes(data, 'lens', lenses, file), readers: codes(data, 'for', readers, file), confirmers: codes(data, 'confirm', confirmers, file),
    fits: listOf(data, 'fits', file), related: listOf(data, 'related', file), laws: listOf(data, 'laws', file), sites: listOf(data, 'links', file),
    order: typeof data['order'] === 'number' ? data['order'] : 500, form: codes(data, 'form', forms, file)[0], needs: codes(data, 'needs', needs, file),
  }
  for (const [key, list] of [['lens', facts.lenses], ['for', facts.readers], ['confirm', facts.confirmers]] as const) if (list.length === 0) throw new WritingError(file, `${key} is missing`)
  return facts
}

/** Reads the front matter and the text of one file. `facts` only where they may stand: in the bokmål file. */
export function readFrontMatter(source: string, locale: Locale, file: string): { words: Words; facts?: Facts; body: string } {
  const { data, content } = matter(source)
  const stranger = Object.keys(data).find((key) => !own.includes(key) && !(locale === 'nb' && shared.includes(key)))
  if (stranger !== undefined) throw new WritingError(file, shared.includes(stranger) ? `${stranger} stands in the bokmål file only` : `${stranger} is not known here`)
  const words = wordsOf(data, file)
  return locale === 'nb' ? { words, facts: factsOf(data, file), body: content } : { words, body: content }
}
