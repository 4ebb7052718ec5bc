import type { Money } from '../money'

/** The languages that agents have scripts in. */
export const scriptLanguages = ['zh-CN', 'en'] as const
export type ScriptLanguage = (typeof scriptLanguages)[number]

/** Chinese for Chinese, English for everybody else. */
export function scriptLanguage(locale: string): ScriptLanguage {
  return /^zh\b/i.test(locale) ? 'zh-CN' : 'en'
}

/** An amount as it is read out. How many minor units a major one has differs: 100 fen, but one yen. */
export function sayMoney({ amount, currency }: Money, language: ScriptLanguage): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: language === 'zh-CN' ? 'name' : 'code' })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const text = format.format(amount / 10 ** digits)
  // People say "yuan"; the name that Intl knows is the one on banknotes.
  return language === 'zh-CN' ? text.replace(/人民币$/, '元') : text
}

/**
 * When it was, as one person says it to another: by the clock in China, which has one time zone, and
 * as time gone by elsewhere, because nobody knows which clock the payer looks at.
 */
export function sayTime(paidAt: string, now: Date, language: ScriptLanguage): string {
  const then = new Date(paidAt)
  if (language === 'zh-CN') {
    const day = (time: Date) => new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' }).format(time)
    const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: 'numeric', minute: '2-digit', hour12: false }).format(then)
    return day(then) === day(now) ? `今天 ${clock}` : `${day(then)} ${clock}`
  }
  const minutes = Math.round((then.getTime() - now.getTime()) / 60_000)
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' })
  if (Math.abs(minutes) < 60) return relative.format(Math.min(minutes, -1), 'minute')
  if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour')
  return relative.format(Math.round(minutes / (24 * 60)), 'day')
}
