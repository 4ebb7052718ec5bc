import i18next, { type TFunction } from 'i18next'
import { createFormat, type Format } from '../dashboard/src/design/format'
import { resources, type Language } from '../dashboard/src/language/resources'

/** The dashboard's words and formats, so that a document says of a case what the page says of it. */
export interface Speech {
  t: TFunction
  format: Format
}

const spoken = i18next.createInstance({ resources, lng: 'en', fallbackLng: 'en', interpolation: { escapeValue: false }, initAsync: false })

/** @param timeZone whose clocks the sentences go by */
export function speechIn(language: Language, timeZone: string): Speech {
  if (!spoken.isInitialized) void spoken.init()
  const format = createFormat(language, timeZone)
  return { t: spoken.getFixedT(language), format: { ...format, money: (value) => amountText(value, language) } }
}

/** `CNY 7,587.00`: on paper a currency is named by its code, for several share a sign. */
function amountText({ amount, currency }: { amount: number; currency: string }, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'code' })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}
