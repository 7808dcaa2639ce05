/** Text at the door: PostgreSQL takes neither NUL nor half an emoji, and an identity number that slipped past a phone stops here. */
import { fnr } from '@navikt/fnrvalidator'

const digitsApart = /(?<!\d)(?:\d[\s.\-/]?){10}\d(?!\d)/g

const withoutNumbers = (text: string) => text.replace(digitsApart, (found) => (fnr(found.replace(/\D/g, '')).status === 'valid' ? '[nummer fjernet]' : found))

/** An id is nobody's number, though some have eleven digits side by side that would do for one. */
const isId = (text: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)

/** The same value with every string in it made storable. */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return isId(value) ? value : withoutNumbers(value.toWellFormed().replaceAll('\0', '\uFFFD'))
  if (Array.isArray(value)) return value.map(wellFormed)
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wellFormed(inner)]))
  return value
}
