/** What a chart is made of, beside its bars: the same numbers as rows, and as files. Pure but for handing a file over. */
import type { InjectionKey, Ref } from 'vue'

/** What the numbers on a page are of, in words: the place, the time, when they were counted. It goes with every file and picture. */
export const aboutKey: InjectionKey<Readonly<Ref<string>>> = Symbol('about')

/** One bar: a value for each series, null where the number is hidden. `name`: what the row is called where there is room, such as in tables. `partial`: not a whole period, drawn hatched. `breakBefore`: from here on it is counted otherwise. */
export interface ChartBar { label: string; name?: string; values: readonly (number | null)[]; partial?: boolean; breakBefore?: boolean }
export interface SheetWords { rowHeading: string; series: readonly string[]; hidden: string; locale: string; heading: string; about: string; aboutHeading: string }
/** Headings first. */
export type Sheet = readonly (readonly string[])[]

const inWords = (value: number | null, { hidden, locale }: SheetWords): string => (value === null ? hidden : value.toLocaleString(locale === 'en' ? 'en-GB' : 'nb'))
export const sheetOf = (bars: readonly ChartBar[], words: SheetWords): Sheet =>
  [[words.rowHeading, ...words.series], ...bars.map(({ label, name, values }) => [name ?? label, ...words.series.map((_, nth) => inWords(values[nth] ?? null, words))])]

/** As a spreadsheet opens it: UTF-8 with a mark, semicolons where a comma is a decimal sign, no cell a formula. Hidden is an empty cell; what the numbers are of stands in each row. */
export function csvOf(bars: readonly ChartBar[], { rowHeading, series, locale, about, aboutHeading }: SheetWords): string {
  const sign = locale === 'en' ? ',' : ';'
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const rows = [[rowHeading, ...series, aboutHeading], ...bars.map(({ label, name, values }) => [name ?? label, ...series.map((_, nth) => (values[nth] ?? '').toString()), about])]
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(sign)}\r\n`).join('')}`
}
/** The same keys in every language. Hidden is null. */
export const jsonOf = (bars: readonly ChartBar[], { heading, about, series }: SheetWords): string => JSON.stringify({
  question: heading, about, series, rows: bars.map(({ label, name, values, partial }) => ({ label: name ?? label, values: series.map((_, nth) => values[nth] ?? null), partial: partial === true })),
}, undefined, 2)

/** A label in lines of at most about so many signs, cut between words. */
export function linesOf(label: string, signs: number): string[] {
  const lines: string[] = []
  for (const word of label.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= signs) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Gives a file to the person. The browser saves it; nothing leaves the phone. */
export function handOver(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
