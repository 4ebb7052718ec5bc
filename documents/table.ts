import { printable } from './font'

export interface Column {
  /** Above the column, again on each page; without titles there is no head. */
  title?: string
  /** The column's share of the page's width, in relation to the others. */
  width: number
  align?: 'left' | 'right'
}

export interface Table {
  columns: Column[]
  rows: string[][]
  /** The first column names what the others tell. */
  boldFirst?: boolean
}

/** How the font's letters are set. */
export type Letters = Pick<PDFKit.Mixins.TextOptions, 'features'>

const padding = 3

/** Draws a table from where the document is, over as many pages as it takes; a row is kept together where it fits on a page. */
export function drawTable(document: PDFKit.PDFDocument, { columns, rows, boldFirst = false }: Table, letters: Letters): void {
  const { width, margins } = document.page
  const whole = columns.reduce((sum, column) => sum + column.width, 0)
  const widths = columns.map((column) => (column.width / whole) * (width - margins.left - margins.right))
  const titles = columns.map(({ title }) => title ?? '')
  const head = titles.some(Boolean) ? titles : undefined
  const fontOf = (column: number, inHead: boolean) => document.font(inHead || (boldFirst && column === 0) ? 'bold' : 'regular').fontSize(8.5)
  const measure = (cells: string[], inHead = false) =>
    Math.max(...cells.map((cell, column) => fontOf(column, inHead).heightOfString(cell || ' ', { width: (widths[column] ?? 0) - 2 * padding, ...letters }))) +
    2 * padding

  function write(cells: string[], height: number, inHead = false): void {
    const top = document.y
    let left = margins.left
    if (inHead)
      document
        .rect(left, top, width - margins.left - margins.right, height)
        .fill('#e2e8f0')
        .fillColor('black')
    for (const [column, cell] of cells.entries()) {
      const size = widths[column] ?? 0
      fontOf(column, inHead).text(cell, left + padding, top + padding, { width: size - 2 * padding, align: columns[column]?.align ?? 'left', ...letters })
      left += size
    }
    const bottom = top + height
    document
      .moveTo(margins.left, bottom)
      .lineTo(width - margins.right, bottom)
      .lineWidth(0.4)
      .strokeColor('#94a3b8')
      .stroke()
    document.x = margins.left
    document.y = bottom
  }

  const headHeight = head ? measure(head, true) : 0
  const fullPage = document.page.maxY() - margins.top - headHeight
  if (head) write(head, headHeight, true)
  for (const row of rows.flatMap((cells) => inPieces(cells.map(printable), (piece) => measure(piece) <= fullPage))) {
    const height = measure(row)
    if (document.y + height > document.page.maxY()) {
      document.addPage()
      if (head) write(head, headHeight, true)
    }
    write(row, height)
  }
  document.moveDown(0.6)
}

/** A row that is higher than a page goes on in another row. */
function inPieces(cells: string[], fits: (cells: string[]) => boolean): string[][] {
  if (fits(cells) || cells.every((cell) => cell.length < 2)) return [cells]
  const letters = cells.map((cell) => Array.from(cell))
  const longest = Math.max(...letters.map(({ length }) => length))
  const half = Math.ceil(longest / 2)
  const pieces = [letters.map((cell) => cell.slice(0, half).join('')), letters.map((cell) => cell.slice(half).join(''))]
  return pieces.flatMap((piece) => inPieces(piece, fits))
}
