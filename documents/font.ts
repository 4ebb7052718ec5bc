import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Font } from 'fontkit'

/** One family for Latin and Chinese, so that a line that mixes both sits on one baseline. */
const folder = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts')

export const fontFiles = { regular: join(folder, 'NotoSansHans-Regular.otf'), bold: join(folder, 'NotoSansHans-Bold.otf') }

const fontkit = () => require('fontkit') as typeof import('fontkit')

let letters: Font | undefined

/**
 * The text as the font can show it: what has no glyph is named by its code point, such as `[U+20BB7]`,
 * for a document of evidence must not lose a letter of a name without a trace. Control characters go.
 */
export function printable(text: string): string {
  const font = (letters ??= fontkit().create(readFileSync(fontFiles.regular)) as Font)
  return Array.from(text.normalize('NFC').replaceAll(/[^\P{Cc}\n]/gu, ' '), (character) => {
    const codePoint = character.codePointAt(0) ?? 0
    return character === '\n' || font.hasGlyphForCodePoint(codePoint) ? character : `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`
  }).join('')
}
