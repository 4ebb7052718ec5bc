/** Fewer digits are an amount, a time or the end of a card's number; a card number has at least twelve. */
const fewest = 12
const digit = '[0-9０-９〇零一二三四五六七八九幺两]'
const longNumber = new RegExp(`${digit}(?:[\\s,.，。、·-]{0,3}${digit}){${fewest - 1},}`, 'gu')

/** Numbers as long as a card's are not kept, however they were written down. */
export function withoutCardNumbers(text: string): string {
  return text.replaceAll(longNumber, '••••')
}
