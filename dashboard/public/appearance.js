// Runs before the first paint, so that a remembered theme or language never flashes. A file of its
// own because the content security policy permits no inline script.
try {
  var theme = localStorage.getItem('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  var language = localStorage.getItem('language') || navigator.language || 'en'
  document.documentElement.lang = language.indexOf('zh') === 0 ? 'zh-CN' : 'en'
} catch {
  // Storage may be forbidden; the defaults then stand.
}
