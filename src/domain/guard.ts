/** Fødselsnummer, D-, H- and synthetic numbers never reach the disk, however they are spelled (ux paper 2.10). */
import { idnr } from '@navikt/fnrvalidator'
import type { Facts } from '#contract/facts.ts'
import { textFields } from '#contract/vocabulary.ts'

export const removedNumber = '[nummer fjernet]'
const length = 11
/** Longest gap between two digits of one number: more is another number. */
const widestGap = 4

/** The worth of a digit in any script. Digits of a script stand in a row from its zero, so counting back to the first of ten gives the worth. */
function worth(character: string): number {
  if (/^[0-9]$/.test(character)) return Number(character)
  const plain = character.normalize('NFKC')
  if (/^[0-9]$/.test(plain)) return Number(plain)
  const code = plain.codePointAt(0) ?? 0
  for (let back = 0; back <= 9; back += 1) if (!/\p{Nd}/u.test(String.fromCodePoint(code - back - 1))) return back
  // Mathematical digits stand in unbroken rows of ten, but NFKC has made those plain already.
  return 0
}

interface Digit { value: number; from: number; to: number }

function digitsOf(text: string): Digit[] {
  const digits: Digit[] = []
  let at = 0
  for (const character of text) {
    const to = at + character.length
    if (/[\p{Nd}\p{No}]/u.test(character) && /^\p{Nd}$/u.test(character.normalize('NFKC'))) digits.push({ value: worth(character), from: at, to })
    at = to
  }
  return digits
}

/** Between two digits of one number there is nothing, or a few signs that are neither letters nor the end of a line of thought. */
const isGap = (between: string) => [...between].length <= widestGap && !/[\p{L}\p{Nd}]/u.test(between)

/** Which stretch a number that starts at this digit covers, if one does. */
function numberAt(text: string, digits: Digit[], start: number): Digit[] | undefined {
  const run = digits.slice(start, start + length)
  if (run.length < length) return undefined
  if (!run.every((digit, index) => index === 0 || isGap(text.slice(run[index - 1]?.to, digit.from)))) return undefined
  return idnr(run.map(({ value }) => value).join('')).status === 'valid' ? run : undefined
}

/** Numbers inside longer rows of digits go too: rather one number too many than one left. */
export function scrubIdNumbers(text: string): { text: string; removed: number } {
  const digits = digitsOf(text)
  let clean = ''
  let kept = 0
  let removed = 0
  for (let start = 0; start <= digits.length - length;) {
    const run = numberAt(text, digits, start)
    if (run === undefined) { start += 1; continue }
    clean += text.slice(kept, run[0]?.from) + removedNumber
    kept = run.at(-1)?.to ?? kept
    removed += 1
    start += length
  }
  return removed === 0 ? { text, removed } : { text: clean + text.slice(kept), removed }
}

/** The same for everything that may be written in a report. The last gate before any write. */
export function scrubFacts(facts: Facts): Facts {
  const clean = { ...facts }
  for (const field of textFields) {
    const text = clean[field]
    // A half emoji or a NUL would be refused further on; the person meant neither.
    if (text !== undefined) clean[field] = scrubIdNumbers(text.replaceAll(/\p{Surrogate}|\0/gu, '\uFFFD')).text
  }
  return clean
}
