import { fontFiles, printable } from './font'
import { drawTable, type Column, type Letters } from './table'

/** A label and what stands beside it. */
export type Fact = [label: string, value: string]

/** What a section is made of, in the order in which it is read. */
export type Block = { kind: 'facts'; facts: Fact[] } | { kind: 'paragraph'; text: string } | { kind: 'table'; columns: Column[]; rows: string[][] }

export interface Section {
  heading: string
  blocks: Block[]
}

export interface Report {
  language: 'en' | 'zh-CN'
  title: string
  /** One line below the title. */
  subtitle?: string
  /** On each page beside its number: what this is, and how it is to be treated. */
  footer: string
  /** Across each page, faintly: whom this copy was made for. */
  watermark?: string
  /** The time of making that the file names; the same report of the same time is the same file, byte for byte. */
  createdAt: Date
  sections: Section[]
}

// Loaded for the first document: most processes never make one, and the library is as large as the rest of them.
const pdf = () => require('pdfkit') as typeof import('pdfkit')

const margin = 48
const footHeight = 28

/**
 * Lays a report out as a PDF: A4, numbered pages, Latin and Chinese text that can be searched and copied.
 * @returns the whole file
 */
export async function createReport(report: Report): Promise<Buffer> {
  const { language, title, subtitle, createdAt } = report
  const document = new (pdf())({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + footHeight },
    bufferPages: true,
    lang: language,
    displayTitle: true,
    info: { Title: printable(title), Producer: 'risk-callback', Creator: 'risk-callback', CreationDate: createdAt, ModDate: createdAt },
  })
  const file = collect(document)
  // Between Latin letters the quotation marks are narrow; the font's own are as wide as a Chinese character.
  const letters: Letters = language === 'en' ? { features: ['pwid'] } : {}
  document.registerFont('regular', fontFiles.regular)
  document.registerFont('bold', fontFiles.bold)
  document.font('bold').fontSize(18).text(printable(title), letters)
  if (subtitle) document.font('regular').fontSize(10).fillColor('#475569').text(printable(subtitle), letters).fillColor('black')
  for (const { heading, blocks } of report.sections) {
    // A heading does not stand alone at the foot of a page.
    if (document.y > document.page.maxY() - 72) document.addPage()
    document.moveDown(1).font('bold').fontSize(12.5).text(printable(heading), margin, undefined, letters)
    document.moveDown(0.4)
    for (const block of blocks) {
      draw(document, block, letters)
      // A long report is laid out in pieces, so that the process answers others meanwhile.
      await new Promise(setImmediate)
    }
  }
  finishPages(document, report, letters)
  document.end()
  return file
}

function draw(document: PDFKit.PDFDocument, block: Block, letters: Letters): void {
  document.font('regular').fontSize(9)
  switch (block.kind) {
    case 'paragraph':
      document.text(printable(block.text), margin, undefined, letters).moveDown(0.5)
      return
    case 'facts':
      drawTable(document, { columns: [{ width: 3 }, { width: 9 }], rows: block.facts, boldFirst: true }, letters)
      return
    case 'table':
      drawTable(document, block, letters)
      return
  }
}

/** What can be written only when all pages are there: their number, and what is on each. */
function finishPages(document: PDFKit.PDFDocument, { footer, watermark }: Report, letters: Letters): void {
  const { start, count } = document.bufferedPageRange()
  for (let index = start; index < start + count; index++) {
    document.switchToPage(index)
    const { width, height, margins } = document.page
    // Writing below the bottom margin would begin another page.
    margins.bottom = 0
    document.font('regular').fontSize(7.5).fillColor('#475569')
    const y = height - margin - 4
    document.text(printable(footer), margin, y, { width: width - 2 * margin - 70, height: 20, ellipsis: true, ...letters })
    document.text(`${index - start + 1} / ${count}`, width - margin - 60, y, { width: 60, align: 'right', lineBreak: false })
    document.fillColor('black')
    if (watermark) drawWatermark(document, printable(watermark))
  }
}

function drawWatermark(document: PDFKit.PDFDocument, text: string): void {
  const { width, height } = document.page
  document.save().fillColor('#64748b').fillOpacity(0.13).font('bold').fontSize(30)
  document.rotate(-35, { origin: [width / 2, height / 2] })
  for (const y of [height * 0.2, height * 0.5, height * 0.8]) document.text(text, -width / 4, y, { width: width * 1.5, align: 'center', lineBreak: false })
  document.restore().fillOpacity(1).fillColor('black')
}

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  const pieces: Buffer[] = []
  return new Promise((resolve, reject) => {
    document.on('data', (piece: Buffer) => pieces.push(piece))
    document.on('end', () => resolve(Buffer.concat(pieces)))
    document.on('error', reject)
  })
}
