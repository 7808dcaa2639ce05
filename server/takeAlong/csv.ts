/** Comma-separated values as a spreadsheet in Norway opens them: UTF-8 with a mark, semicolons, quotes as in RFC 4180. No cell is ever a formula. */

/** Tells a spreadsheet that this is UTF-8. */
export const mark = '\uFEFF'

/** A text that a spreadsheet would run is told to be text. */
const defused = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
const quoted = (text: string): string => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const cell = (text: string): string => quoted(defused(text))
export const line = (cells: readonly string[]): string => `${cells.map(cell).join(';')}\r\n`
