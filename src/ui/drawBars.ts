/**
 * Bars on a canvas: the only place that knows Chart.js, and of it only what bars need. Loaded with the first screen that has a chart. A second series has a pattern too, what is
 * partial is hatched, and where a number is hidden stands a dash.
 */
import { BarController, BarElement, CategoryScale, Chart, LinearScale, type ChartConfiguration, type Plugin } from 'chart.js'
import { linesOf, type ChartBar } from './chart.ts'
import { lookOf, type Look } from './look.ts'
import { framed, pictureWidth, type Frame } from './picture.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale)

/** `signs`: how many letters a line of a label may have beside horizontal bars. */
export interface Drawing { bars: readonly ChartBar[]; series: readonly string[]; horizontal: boolean; stacked: boolean; locale: string; signs: number }

/** Stripes: forward for what is partial, crosswise for the second series. */
function striped(context: CanvasRenderingContext2D, colour: string, paper: string, isCrosswise: boolean): CanvasPattern | string {
  const tile = document.createElement('canvas')
  tile.width = tile.height = 8
  const pen = tile.getContext('2d')
  if (pen === null) return colour
  pen.fillStyle = paper
  pen.fillRect(0, 0, 8, 8)
  pen.strokeStyle = colour
  pen.lineWidth = isCrosswise ? 2 : 2.5
  for (const from of [-8, 0, 8]) {
    pen.beginPath()
    pen.moveTo(from, 8)
    pen.lineTo(from + 8, 0)
    if (isCrosswise) { pen.moveTo(from, 0); pen.lineTo(from + 8, 8) }
    pen.stroke()
  }
  return context.createPattern(tile, 'repeat') ?? colour
}
const colourOf = (look: Look, set: number): string => look.fills[set % look.fills.length] ?? look.text
const fillOf = (pen: CanvasRenderingContext2D, look: Look, set: number, isPartial: boolean) =>
  (isPartial || set === 1 ? striped(pen, colourOf(look, set), look.paper, set === 1) : colourOf(look, set))

const sumOf = (values: readonly (number | null)[]): number | null => (values.every((value) => value === null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0))
/** What stands at the end of a bar: of a whole its sum, of a hidden number a dash. */
const wordsOf = ({ bars, stacked, locale }: Drawing) => {
  const written = (value: number | null) => (value === null ? '–' : value.toLocaleString(locale === 'en' ? 'en-GB' : 'nb'))
  return bars.map(({ values }) => (stacked ? [written(sumOf(values))] : values.map(written)))
}

/** The numbers on the bars, and a dashed line where something else begins. */
function marks(drawing: Drawing, look: Look): Plugin<'bar'> {
  const { bars, series, horizontal, stacked } = drawing
  const words = wordsOf(drawing)
  return {
    id: 'marks',
    afterDatasetsDraw: (chart) => {
      const { ctx: pen, chartArea } = chart
      const step = bars.length === 0 ? 0 : (horizontal ? chartArea.height : chartArea.width) / bars.length
      pen.save()
      pen.fillStyle = look.text
      pen.font = `600 ${look.font.size}px ${look.font.family}`
      pen.textAlign = horizontal ? 'left' : 'center'
      pen.textBaseline = horizontal ? 'middle' : 'bottom'
      const widest = Math.max(0, ...words.flat().map((word) => pen.measureText(word).width))
      const hasRoom = horizontal || (widest + 4) * (stacked ? 1 : series.length) <= step
      for (const [nth, list] of words.entries()) {
        for (const [set, word] of list.entries()) {
          if (!hasRoom && word !== '–') continue
          const bar = chart.getDatasetMeta(stacked ? series.length - 1 : set).data[nth]
          if (!bar) continue
          const isHidden = word === '–'
          // A hidden one has no length: its dash stands where the bar would begin.
          const x = horizontal ? (isHidden ? chartArea.left : bar.x) + 4 : bar.x
          const y = horizontal ? bar.y : (isHidden ? chartArea.bottom : bar.y) - 3
          pen.fillText(word, x, y)
        }
      }
      pen.strokeStyle = look.text
      pen.setLineDash([4, 4])
      for (const [nth, bar] of bars.entries()) {
        if (bar.breakBefore !== true) continue
        pen.beginPath()
        if (horizontal) { pen.moveTo(chartArea.left, chartArea.top + nth * step); pen.lineTo(chartArea.right, chartArea.top + nth * step) }
        else { pen.moveTo(chartArea.left + nth * step, chartArea.top); pen.lineTo(chartArea.left + nth * step, chartArea.bottom) }
        pen.stroke()
      }
      pen.restore()
    },
  }
}

function configOf(drawing: Drawing, look: Look, pen: CanvasRenderingContext2D): ChartConfiguration<'bar'> {
  const { bars, series, horizontal, stacked, locale, signs } = drawing
  pen.font = `600 ${look.font.size}px ${look.font.family}`
  const widest = Math.max(0, ...wordsOf(drawing).flat().map((word) => pen.measureText(word).width))
  const counted = { stacked, beginAtZero: true, border: { display: false }, grid: { color: look.line }, ticks: { color: look.text, font: look.font, precision: 0, maxTicksLimit: 6, maxRotation: 0 } } as const
  const named = { stacked, border: { color: look.line }, grid: { display: false }, ticks: { color: look.text, font: look.font, autoSkip: !horizontal, maxRotation: 0, padding: 4 } } as const
  return {
    type: 'bar',
    data: {
      labels: bars.map(({ label }) => linesOf(label, horizontal ? signs : 5)),
      datasets: series.map((label, set) => ({
        label, data: bars.map(({ values }) => values[set] ?? null), backgroundColor: bars.map((bar) => fillOf(pen, look, set, bar.partial === true)), borderColor: colourOf(look, set),
        borderWidth: 1, maxBarThickness: 48, minBarLength: 1, categoryPercentage: 0.8, barPercentage: 0.9,
      })),
    },
    options: {
      indexAxis: horizontal ? 'y' : 'x', animation: false, maintainAspectRatio: false, events: [], locale: locale === 'en' ? 'en-GB' : 'nb', scales: horizontal ? { x: counted, y: named } : { x: named, y: counted },
      // Room for the numbers at the ends.
      layout: { padding: horizontal ? { right: widest + 8 } : { top: look.font.size * 1.4 } },
    },
    plugins: [marks(drawing, look)],
  }
}

/** Draws, and gives back how to take it away. Nothing is drawn where there is no canvas. */
export function drawBars(canvas: HTMLCanvasElement, drawing: Drawing): () => void {
  const pen = canvas.getContext('2d')
  if (pen === null) return () => undefined
  const config = configOf(drawing, lookOf(canvas), pen)
  const chart = new Chart(canvas, { ...config, options: { ...config.options, responsive: true } })
  return () => chart.destroy()
}

/** The same as a picture. `around` is an element in whose look it is drawn. */
export async function pictureOfBars(around: Element, drawing: Drawing, frame: Omit<Frame, 'legend'>): Promise<Blob | null> {
  const themed = lookOf(around)
  const look = { ...themed, font: { ...themed.font, size: 14 } }
  const canvas = document.createElement('canvas')
  const [width, height] = [pictureWidth - 48, drawing.horizontal ? Math.max(120, drawing.bars.length * (22 + 14 * drawing.series.length) + 40) : 320]
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  const config = configOf({ ...drawing, signs: 40 }, look, pen)
  const chart = new Chart(canvas, { ...config, options: { ...config.options, responsive: false, devicePixelRatio: 2 } })
  const legend = drawing.series.map((label, set) => ({ label, fill: (on: CanvasRenderingContext2D) => fillOf(on, look, set, false) }))
  const picture = await framed({ ...frame, legend }, look, height, (on, { left, top }) => on.drawImage(canvas, left, top, width, height))
  chart.destroy()
  return picture
}
