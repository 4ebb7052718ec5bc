import { execFileSync } from 'node:child_process'

const reader = `
  import { extractText, getDocumentProxy, getMeta } from 'unpdf'
  const pieces = []
  for await (const piece of process.stdin) pieces.push(piece)
  const document = await getDocumentProxy(new Uint8Array(Buffer.concat(pieces)))
  const { text } = await extractText(document, { mergePages: false })
  const { info } = await getMeta(document)
  console.log(JSON.stringify({ pages: text, info }))`

/** What another program reads in a PDF. In a process of its own, for the reader is an ES module, which jest cannot load. */
export function pdfText(file: Buffer): { pages: string[]; info: Record<string, unknown> } {
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', reader], { input: file, encoding: 'utf8' }))
}
