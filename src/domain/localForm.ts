/** The form for the municipality's own: what was typed, and what it becomes. */
import type { LocalContent, LocalRow } from '#contract/local.ts'
import type { LocalKind, LocalOf } from '#contract/localCodes.ts'
import { localMistakes, type LocalFault } from '#contract/localRules.ts'
import { scrubIdNumbers } from './guard.ts'

/** Everything as typed. An empty `unit` is the whole municipality, an empty `item` none. `version` is the row's that it was opened on; 0: new. */
export interface LocalForm {
  kind: LocalKind; unit: string; version: number
  of: LocalOf; label: string; number: string
  title: string; url: string; item: string
  nb: string; nn: string; en: string
}
export interface FormMistake { field: string; fault: LocalFault | 'id-number' }

export const emptyForm = (kind: LocalKind): LocalForm =>
  ({ kind, unit: '', version: 0, of: 'office', label: '', number: '', title: '', url: '', item: '', nb: '', nn: '', en: '' })

export function formOf({ version, entry }: LocalRow): LocalForm {
  const form = { ...emptyForm(entry.kind), version, unit: entry.unit ?? '' }
  if (entry.kind === 'number') return { ...form, of: entry.of, label: entry.label, number: entry.number }
  if (entry.kind === 'link') return { ...form, title: entry.title, url: entry.url, item: entry.item ?? '' }
  return { ...form, title: entry.title, item: entry.item, nb: entry.texts.nb, nn: entry.texts.nn ?? '', en: entry.texts.en ?? '' }
}

/** What comes along unseen when somebody pastes. */
const unseen = /[\p{Cc}\p{Cs}\u200B\u2028-\u202E\u2060\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/gu
const line = (text: string) => text.replaceAll(/\s+/g, ' ').replaceAll(unseen, '').trim()
const paragraphs = (text: string) => text.replaceAll(/\r\n?/g, '\n').split('\n').map(line).join('\n').replaceAll(/\n{3,}/g, '\n\n').trim()
const phone = (text: string) => line(text.replaceAll(/[-./()\u2010-\u2015]/g, ' '))
function address(text: string): string {
  const url = line(text)
  return url !== '' && !/^[a-z]+:/i.test(url) ? `https://${url}` : url
}

/** The form as it would be sent, tidied. */
export function contentOf(form: LocalForm): LocalContent {
  const unit = form.unit === '' ? null : form.unit
  if (form.kind === 'number') return { kind: 'number', unit, of: form.of, label: line(form.label), number: phone(form.number) }
  if (form.kind === 'link') return { kind: 'link', unit, title: line(form.title), url: address(form.url), item: form.item === '' ? null : form.item }
  const [nb, nn, en] = [form.nb, form.nn, form.en].map(paragraphs) as [string, string, string]
  return { kind: 'addition', unit, item: form.item, title: line(form.title), texts: { nb, ...(nn !== '' && { nn }), ...(en !== '' && { en }) } }
}

const textsOf = (content: LocalContent): [string, string][] => {
  if (content.kind === 'number') return [['label', content.label], ['number', content.number]]
  if (content.kind === 'link') return [['title', content.title], ['url', content.url]]
  return [['title', content.title], ...Object.entries(content.texts).map(([locale, text]): [string, string] => [`texts.${locale}`, text])]
}

/** What must be mended before it can be saved. */
export function formMistakes(form: LocalForm): FormMistake[] {
  const content = contentOf(form)
  const mistakes: FormMistake[] = localMistakes(content)
  if (content.kind === 'addition' && content.item === '') mistakes.unshift({ field: 'item', fault: 'empty' })
  const numbers = textsOf(content).filter(([field, text]) => scrubIdNumbers(text).removed > 0 && !mistakes.some((mistake) => mistake.field === field))
  return [...mistakes, ...numbers.map(([field]): FormMistake => ({ field, fault: 'id-number' }))]
}
