/**
 * Bars on a canvas: the only place that knows Chart.js, and of it only what bars need. Loaded when a chart is seen. Colours are the theme's as they are at the moment of drawing,
 * or the system's own in forced colours; a second series has a pattern too, and what is partial is hatched.
 */
import { BarController, BarElement, CategoryScale, Chart, LinearScale, type Plugin } from 'chart.js'
import { linesOf, type ChartBar } from './chart.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale)

export interface Drawing { bars: readonly ChartBar[]; series: readonly string[]; horizontal: boolean; stacked: boolean; locale: string }
interface Look { text: string; line: string; paper: string; fills: string[]; font: { family: string; size: number } }
/** Values stand on the bars while there is room for them. */
const fewEnough = 12

function lookOf(canvas: HTMLCanvasElement): Look {
  const style = getComputedStyle(canvas)
  const font = { family: style.fontFamily, size: Number.parseFloat(style.fontSize) * 0.8 }
  if (matchMedia('(forced-colors: active)').matches) return { text: 'CanvasText', line: 'GrayText', paper: 'Canvas', fills: ['Highlight', 'CanvasText'], font }
  const token = (name: string) => style.getPropertyValue(`--ds-color-${name}`).trim()
  return { text: token('neutral-text-default'), line: token('neutral-border-subtle'), paper: token('neutral-background-default'), fills: [token('accent-base-default'), token('neutral-text-subtle')], font }
}

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

const sumOf = (values: readonly (number | null)[]): number => values.reduce<number>((sum, value) => sum + (value ?? 0), 0)

/** The numbers on the bars, and a dashed line where something else begins. */
function marks({ bars, series, horizontal, stacked, locale }: Drawing, look: Look): Plugin<'bar'> {
  const hasRoom = bars.length * (stacked ? 1 : series.length) <= fewEnough
  const written = (value: number) => value.toLocaleString(locale === 'en' ? 'en-GB' : 'nb')
  return {
    id: 'marks',
    afterDatasetsDraw: (chart) => {
      const { ctx: pen, chartArea } = chart
      pen.save()
      pen.fillStyle = look.text
      pen.font = `600 ${look.font.size}px ${look.font.family}`
      pen.textAlign = horizontal ? 'left' : 'center'
      pen.textBaseline = horizontal ? 'middle' : 'bottom'
      const put = (value: number, { x, y }: { x: number; y: number }) => pen.fillText(written(value), horizontal ? x + 4 : x, horizontal ? y : y - 3)
      for (const [set] of hasRoom ? series.entries() : []) {
        for (const [nth, element] of chart.getDatasetMeta(set).data.entries()) {
          const values = bars[nth]?.values ?? []
          const value = values[set]
          if (stacked && set === series.length - 1 && values.some((one) => one !== null)) put(sumOf(values), element)
          else if (!stacked && typeof value === 'number') put(value, element)
        }
      }
      pen.strokeStyle = look.text
      pen.setLineDash([4, 4])
      const step = bars.length === 0 ? 0 : (horizontal ? chartArea.height : chartArea.width) / bars.length
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

/** Draws, and gives back how to take it away. Nothing is drawn where there is no canvas. */
export function drawBars(canvas: HTMLCanvasElement, drawing: Drawing): () => void {
  const context = canvas.getContext('2d')
  if (context === null) return () => undefined
  const look = lookOf(canvas)
  const { bars, series, horizontal, stacked } = drawing
  const narrow = canvas.clientWidth / look.font.size
  const fillOf = (set: number, bar: ChartBar) => {
    const colour = look.fills[set % look.fills.length] ?? look.text
    return bar.partial === true || set > 0 ? striped(context, colour, look.paper, set > 0) : colour
  }
  const counted = { stacked, beginAtZero: true, grace: stacked || bars.length <= fewEnough ? '12%' : 0, border: { display: false }, grid: { color: look.line }, ticks: { color: look.text, font: look.font, precision: 0, maxTicksLimit: 6 } } as const
  const named = { stacked, border: { color: look.line }, grid: { display: false }, ticks: { color: look.text, font: look.font, autoSkip: !horizontal, maxRotation: 0, padding: 4 } } as const
  const chart = new Chart(canvas, {
    type: 'bar',
    data: {
      labels: bars.map(({ label }) => (horizontal ? linesOf(label, Math.max(10, Math.floor(narrow * 0.9))) : linesOf(label, 5))),
      datasets: series.map((label, set) => ({
        label, data: bars.map(({ values }) => values[set] ?? null), backgroundColor: bars.map((bar) => fillOf(set, bar)), borderColor: look.fills[set % look.fills.length] ?? look.text,
        borderWidth: 1, maxBarThickness: 48, minBarLength: 1, categoryPercentage: 0.8, barPercentage: 0.9,
      })),
    },
    options: { indexAxis: horizontal ? 'y' : 'x', animation: false, responsive: true, maintainAspectRatio: false, events: [], scales: horizontal ? { x: counted, y: named } : { x: named, y: counted } },
    plugins: [marks(drawing, look)],
  })
  return () => chart.destroy()
}

/** The picture on the ground of the page, as PNG: a canvas alone is seen through. */
export const pictureOf = (canvas: HTMLCanvasElement): Promise<Blob | null> => new Promise((resolve) => {
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  const pen = copy.getContext('2d')
  if (pen === null) { resolve(null); return }
  pen.fillStyle = lookOf(canvas).paper
  pen.fillRect(0, 0, copy.width, copy.height)
  pen.drawImage(canvas, 0, 0)
  copy.toBlob(resolve, 'image/png')
})
