/** Columns as wide as their widest cell; the first is aligned left, the others right. */
export function table(title: string, head: string[], rows: string[][]): string {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))))
  const line = (row: string[]) => widths.map((wanted, column) => pad(row[column] ?? '', wanted, column === 0)).join('  ').trimEnd()
  return ['', title, ...all.map(line)].filter((text, index) => index < 2 || text !== '').join('\n')
}

const width = (text: string) => Array.from(text).length

function pad(text: string, wanted: number, left: boolean): string {
  const space = ' '.repeat(Math.max(0, wanted - width(text)))
  return left ? text + space : space + text
}
