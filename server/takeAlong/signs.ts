/** Text as a typeface can show it. A formal paper must never break over an emoji, and never leave a sign out without saying so. */

/** Stands for what the typeface does not have. */
export const standIn = '□'
const graphemes = new Intl.Segmenter('nb', { granularity: 'grapheme' })
/** Joins and choices of look inside a sign; they are nothing to see. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu
/** A word that fits no line is cut by trying every length of it: seconds for a text of four thousand signs without a space. So it may be cut here. */
const longest = 40
const endless = new RegExp(`[^\\s\u200B]{${longest}}`, 'gu')
const controls = /(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu

export interface Shown { text: string; missing: boolean }

/** The text with every sign that is missing shown as one stand-in, and whether there was any. `has`: whether the typeface has a code point. */
export function showable(text: string, has: (codePoint: number) => boolean): Shown {
  const clean = text.toWellFormed().normalize('NFC').replaceAll(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll('\t', '    ').replaceAll(controls, '')
  let missing = false
  let shown = ''
  for (const { segment } of graphemes.segment(clean)) {
    const sign = segment.replaceAll(unseen, '')
    if (sign === '' || sign === '\n' || [...sign].every((each) => has(each.codePointAt(0) ?? 0))) shown += sign
    else {
      missing = true
      shown += standIn
    }
  }
  return { text: has(0x20_0B) ? shown.replaceAll(endless, '$&\u200B') : shown, missing }
}
