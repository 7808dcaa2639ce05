/** What a local number, link or addition must be. The form says it in words beforehand; the server refuses. */
import type { LocalContent } from './local.ts'
import { localLimits } from './localCodes.ts'

export type LocalFault = 'empty' | 'too-long' | 'number' | 'url' | 'signs'
export interface LocalMistake { field: string; fault: LocalFault }

/** Control signs, signs that turn the direction of reading, and half an emoji. A text may have line ends. */
const strangeSigns = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/u
const phoneNumber = /^\+?\d(?: ?\d)*$/
/** https to a host with a dot in its name; no password, no space, no quotation mark. */
const address = /^https:\/\/(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,10}[\p{L}][\p{L}\p{N}-]{1,61}(?::\d{1,5})?(?:[/?#][^\s"<>\\^`{|}]*)?$/u

function faultOfText(text: string, most: number, isLong = false): LocalFault | undefined {
  if (text.trim() === '') return 'empty'
  if ([...text].length > most) return 'too-long'
  return strangeSigns.test(isLong ? text.replaceAll('\n', '') : text) ? 'signs' : undefined
}

function faultOfNumber(number: string): LocalFault | undefined {
  if (number.trim() === '') return 'empty'
  const digits = number.replaceAll(/\D/g, '').length
  const [least, most] = localLimits.digits
  return phoneNumber.test(number) && digits >= least && digits <= most ? undefined : 'number'
}

function faultOfUrl(url: string): LocalFault | undefined {
  return faultOfText(url, localLimits.url) ?? (address.test(url) ? undefined : 'url')
}

/** Everything that must be mended, in the order of the form. Field names as in the content; a text's is `texts.nb`. */
export function localMistakes(content: LocalContent): LocalMistake[] {
  const faults: [string, LocalFault | undefined][] = []
  if (content.kind === 'number') faults.push(['label', faultOfText(content.label, localLimits.label)], ['number', faultOfNumber(content.number)])
  else faults.push(['title', faultOfText(content.title, localLimits.title)])
  if (content.kind === 'link') faults.push(['url', faultOfUrl(content.url)])
  if (content.kind === 'addition') {
    for (const [locale, text] of Object.entries(content.texts)) faults.push([`texts.${locale}`, faultOfText(text, localLimits.text, true)])
  }
  return faults.flatMap(([field, fault]) => (fault === undefined ? [] : [{ field, fault }]))
}
