import type { Money } from '../money'

/** The languages that the product brings scripts in; further ones are written by whoever runs it. */
export const scriptLanguages = ['zh-CN', 'en'] as const
export type ScriptLanguage = (typeof scriptLanguages)[number]

/** Chinese for Chinese, English for everybody else. */
export function scriptLanguage(locale: string): ScriptLanguage {
  return isChinese(locale) ? 'zh-CN' : 'en'
}

function isChinese(language: string): boolean {
  return /^zh\b/i.test(language)
}

/** An amount as it is read out. How many minor units a major one has differs: 100 fen, but one yen. */
export function sayMoney({ amount, currency }: Money, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: /^en\b/i.test(language) ? 'code' : 'name' })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const text = format.format(amount / 10 ** digits)
  // People say "yuan"; the name that Intl knows is the one on banknotes.
  return isChinese(language) ? text.replace(/人民币$/, '元') : text
}

/**
 * When it was, as one person says it to another: by the clock in China, which has one time zone, and
 * as time gone by elsewhere, because nobody knows which clock the payer looks at.
 */
export function sayTime(paidAt: string, now: Date, language: string): string {
  const then = new Date(paidAt)
  if (isChinese(language)) {
    const day = (time: Date) => new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' }).format(time)
    const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: 'numeric', minute: '2-digit', hour12: false }).format(then)
    return day(then) === day(now) ? `今天 ${clock}` : `${day(then)} ${clock}`
  }
  const minutes = Math.round((then.getTime() - now.getTime()) / 60_000)
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always' })
  if (Math.abs(minutes) < 60) return relative.format(Math.min(minutes, -1), 'minute')
  if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour')
  return relative.format(Math.round(minutes / (24 * 60)), 'day')
}
