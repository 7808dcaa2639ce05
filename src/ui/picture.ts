/** A chart as a picture that can stand alone: its question, its legend, and what it is of. PNG on the ground of the page, twice as many dots as it is wide. */
import type { Look } from './look.ts'
import { linesOf } from './chart.ts'

export const pictureWidth = 800
const scale = 2
const margin = 24
const [headingSize, textSize] = [22, 15]

export interface Frame { heading: string; about: string; legend: readonly { label: string; fill: (pen: CanvasRenderingContext2D) => CanvasPattern | string }[] }
type Paint = (pen: CanvasRenderingContext2D, place: { left: number; top: number; width: number }) => void

/** `height` is that of what `paint` paints. Null where there is no canvas. */
export async function framed({ heading, about, legend }: Frame, look: Look, height: number, paint: Paint): Promise<Blob | null> {
  const [headings, abouts] = [linesOf(heading, 60), linesOf(about, 95)]
  const top = margin + headings.length * headingSize * 1.3 + (legend.length > 1 ? textSize * 2 : textSize * 0.6)
  const canvas = document.createElement('canvas')
  canvas.width = pictureWidth * scale
  canvas.height = (top + height + (abouts.length + 0.5) * textSize * 1.4 + margin) * scale
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  pen.scale(scale, scale)
  pen.fillStyle = look.paper
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = look.text
  pen.textBaseline = 'top'
  pen.font = `600 ${headingSize}px ${look.font.family}`
  for (const [nth, line] of headings.entries()) pen.fillText(line, margin, margin + nth * headingSize * 1.3)
  pen.font = `400 ${textSize}px ${look.font.family}`
  let at = margin
  for (const { label, fill } of legend.length > 1 ? legend : []) {
    pen.fillStyle = fill(pen)
    pen.fillRect(at, top - textSize * 1.6, textSize, textSize)
    pen.fillStyle = look.text
    pen.fillText(label, at + textSize * 1.4, top - textSize * 1.6)
    at += textSize * 3 + pen.measureText(label).width
  }
  for (const [nth, line] of abouts.entries()) pen.fillText(line, margin, top + height + (nth + 0.5) * textSize * 1.4)
  paint(pen, { left: margin, top, width: pictureWidth - 2 * margin })
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
