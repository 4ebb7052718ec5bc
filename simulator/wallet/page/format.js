/** Fen as yuan, in the language of the page. */
export function money(fen, language) {
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol' }).format(fen / 100)
}

export function moment(at, language) {
  return new Date(at).toLocaleString(language === 'zh' ? 'zh-CN' : 'en', { dateStyle: 'medium', timeStyle: 'short' })
}

/** What somebody typed as yuan, in fen; undefined when it is no amount. */
export function fenOf(typed) {
  const plain = typed.replace(/[,，\s¥]/g, '')
  return /^\d{1,10}(\.\d{1,2})?$/.test(plain) && Number(plain) > 0 ? Math.round(Number(plain) * 100) : undefined
}
