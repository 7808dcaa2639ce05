/**
 * Paper: blocks drawn as a tagged PDF/A with a language, real text and page numbers. The only door to pdfkit. Its metadata say that it is from Meldt, and nothing else.
 * Between two blocks other requests get their turn, so that a case of a hundred pages stops nobody.
 */
import { createRequire } from 'node:module'
import { setImmediate as turn } from 'node:timers/promises'
import PdfDocument from 'pdfkit'
import type { Block } from './caseDocument.ts'
import type { Row } from './facts.ts'
import { showable } from './signs.ts'

const require = createRequire(import.meta.url)
const regular = require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')
const bold = require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf')

const margins = { top: 54, bottom: 70, left: 56, right: 56 }
const labelWidth = 150
const gap = 14
const sizes = { 1: 20, 2: 13.5, 3: 10.5 } as const
const ink = { text: '#111111', quiet: '#444444', line: '#8a8a8a' } as const

/** What the paper is called, in which language, and what stands at the foot of each page and at the end. `missing`: that some signs could not be shown. */
export interface Sheet { title: string; language: string; at: Date; foot(page: number, of: number): string; missing: string }

type Doc = InstanceType<typeof PdfDocument>
/** The typeface in use, which pdfkit does not show by its types. */
interface Inside { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } }

const bottom = (doc: Doc) => doc.page.height - margins.bottom
const breakUnless = (doc: Doc, height: number) => { if (doc.y + height > bottom(doc)) doc.addPage() }

function artifact(doc: Doc, kind: 'Layout' | 'Pagination', draw: () => void): void {
  doc.markContent('Artifact', { type: kind })
  draw()
  doc.endMarkedContent()
}

class Drawing {
  readonly doc: Doc
  readonly root: PDFKit.PDFStructureElement
  readonly width: number
  hasMissing = false
  private pages = 1

  constructor(doc: Doc) {
    this.doc = doc
    this.width = doc.page.width - margins.left - margins.right
    this.root = doc.struct('Document')
    doc.addStructure(this.root)
    doc.on('pageAdded', () => { this.pages += 1 })
  }

  /** The text as it can be shown. */
  private shown(text: string): string {
    const { _font: { font } } = this.doc as unknown as Inside
    const shown = showable(text, (code) => font.hasGlyphForCodePoint(code))
    this.hasMissing ||= shown.missing
    return shown.text
  }

  private say(tag: string, text: string, options: { x?: number; width?: number } = {}): PDFKit.PDFStructureElement {
    const { x = margins.left, width = this.width } = options
    return this.doc.struct(tag, {}, () => { this.doc.text(text, x, this.doc.y, { width, lineGap: 1.5 }) })
  }

  heading(level: 1 | 2 | 3, text: string): void {
    const { doc } = this
    const size = sizes[level]
    breakUnless(doc, level === 3 ? 60 : 90)
    if (level === 2) {
      doc.y += 14
      artifact(doc, 'Layout', () => { doc.moveTo(margins.left, doc.y).lineTo(margins.left + this.width, doc.y).lineWidth(0.5).stroke(ink.line) })
      doc.y += 8
    } else if (level === 3) doc.y += 8
    doc.font(bold).fontSize(size).fillColor(ink.text)
    this.root.add(this.say(`H${level}`, this.shown(text)))
    doc.y += level === 3 ? 2 : 5
  }

  text(text: string, look: 'text' | 'small'): void {
    const { doc } = this
    doc.font(regular).fontSize(look === 'small' ? 8.5 : 10).fillColor(look === 'small' ? ink.quiet : ink.text)
    breakUnless(doc, 14)
    this.root.add(this.say('P', this.shown(text)))
    doc.y += look === 'small' ? 2 : 4
  }

  box(text: string): void {
    const { doc } = this
    doc.font(regular).fontSize(9.5).fillColor(ink.text)
    const shown = this.shown(text)
    const height = doc.heightOfString(shown, { width: this.width - 20, lineGap: 1.5 }) + 16
    breakUnless(doc, height)
    const top = doc.y
    artifact(doc, 'Layout', () => { doc.rect(margins.left, top, this.width, height).lineWidth(1).stroke(ink.text) })
    doc.y = top + 8
    this.root.add(this.say('P', shown, { x: margins.left + 10, width: this.width - 20 }))
    doc.y = top + height + 6
  }

  private row(list: PDFKit.PDFStructureElement, { label, value }: Row): void {
    const { doc } = this
    doc.fontSize(9.5)
    const left = this.shown(label)
    const labelHeight = doc.font(bold).heightOfString(left, { width: labelWidth, lineGap: 1.5 })
    breakUnless(doc, Math.max(labelHeight, 14))
    const top = doc.y
    const pageBefore = this.pages
    const lbl = doc.struct('Lbl', {}, () => { doc.font(bold).fontSize(9.5).fillColor(ink.quiet).text(left, margins.left, top, { width: labelWidth, lineGap: 1.5 }) })
    const body = doc.struct('LBody', {}, () => {
      doc.font(regular).fontSize(9.5).fillColor(ink.text).text(this.shown(value), margins.left + labelWidth + gap, top, { width: this.width - labelWidth - gap, lineGap: 1.5 })
    })
    list.add(doc.struct('LI', {}, [lbl, body]))
    doc.y = (this.pages === pageBefore ? Math.max(doc.y, top + labelHeight) : doc.y) + 3
  }

  async rows(rows: readonly Row[]): Promise<void> {
    const list = this.doc.struct('L')
    this.root.add(list)
    for (const each of rows) {
      this.row(list, each)
      await turn()
    }
    list.end()
    this.doc.y += 2
  }

  foot(sheet: Sheet): void {
    const { doc } = this
    const { count } = doc.bufferedPageRange()
    for (let page = 0; page < count; page += 1) {
      doc.switchToPage(page)
      // Below the margin, where text would else begin another page.
      doc.page.margins.bottom = 0
      doc.font(regular).fontSize(8)
      const line = this.shown(sheet.foot(page + 1, count))
      artifact(doc, 'Pagination', () => { doc.fillColor(ink.quiet).text(line, margins.left, doc.page.height - 44, { width: this.width, align: 'center' }) })
    }
  }
}

async function draw(drawing: Drawing, block: Block): Promise<void> {
  if (block.kind === 'heading') drawing.heading(block.level, block.text)
  else if (block.kind === 'rows') await drawing.rows(block.rows)
  else if (block.kind === 'box') drawing.box(block.text)
  else drawing.text(block.text, block.kind)
}

/** The blocks as a PDF. */
export async function makePdf(blocks: readonly Block[], sheet: Sheet): Promise<Buffer> {
  const doc = new PdfDocument({
    size: 'A4', margins, font: regular, bufferPages: true, pdfVersion: '1.7', subset: 'PDF/A-2a', tagged: true, lang: sheet.language, displayTitle: true,
    info: { Title: sheet.title, Producer: 'Meldt', Creator: 'Meldt', CreationDate: sheet.at },
  })
  const parts: Buffer[] = []
  doc.on('data', (part: Buffer) => parts.push(part))
  const whole = new Promise<Buffer>((done, failed) => { doc.on('end', () => done(Buffer.concat(parts))).on('error', failed) })
  const drawing = new Drawing(doc)
  for (const block of blocks) {
    await draw(drawing, block)
    await turn()
  }
  if (drawing.hasMissing) drawing.text(sheet.missing, 'small')
  drawing.foot(sheet)
  drawing.root.end()
  doc.end()
  return whole
}
