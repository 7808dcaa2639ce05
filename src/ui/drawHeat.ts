/** Hours and weekdays as a picture: each number on a ground that is deeper the more there are. */
import { lookOf } from './look.ts'
import { framed, type Frame } from './picture.ts'

export interface Heat { columns: readonly string[]; rows: readonly { label: string; values: readonly (number | null)[] }[]; tintOf: (n: number | null) => number }
const [rowHeight, labelWidth, textSize] = [34, 90, 15]

/** `around` is an element in whose look it is drawn. */
export function pictureOfHeat(around: Element, { columns, rows, tintOf }: Heat, frame: Omit<Frame, 'legend'>): Promise<Blob | null> {
  const look = lookOf(around)
  return framed({ ...frame, legend: [] }, look, (rows.length + 1) * rowHeight, (pen, { left, top, width }) => {
    const cell = (width - labelWidth) / Math.max(1, columns.length)
    const write = (text: string, x: number, y: number, colour: string, weight: 400 | 600) => {
      pen.fillStyle = colour
      pen.font = `${weight} ${textSize}px ${look.font.family}`
      pen.fillText(text, x, y + rowHeight / 2)
    }
    pen.textBaseline = 'middle'
    pen.textAlign = 'center'
    for (const [nth, column] of columns.entries()) write(column, left + labelWidth + (nth + 0.5) * cell, top, look.text, 600)
    for (const [nth, { label, values }] of rows.entries()) {
      const y = top + (nth + 1) * rowHeight
      pen.textAlign = 'left'
      write(label, left, y, look.text, 400)
      pen.textAlign = 'center'
      for (const [at, n] of values.entries()) {
        const tint = tintOf(n)
        pen.fillStyle = look.tints[tint] ?? look.paper
        pen.fillRect(left + labelWidth + at * cell + 1, y + 1, cell - 2, rowHeight - 2)
        write(n === null ? '–' : String(n), left + labelWidth + (at + 0.5) * cell, y, tint === 4 ? look.onDarkest : look.text, tint > 2 ? 600 : 400)
      }
    }
  })
}
