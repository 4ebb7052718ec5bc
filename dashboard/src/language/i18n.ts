import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { resources, type Language } from './resources'

export { languages, type Language } from './resources'

/** The language chosen here before, or else the browser's first one that we speak. */
function startLanguage(): Language {
  const wanted = [localStorage.getItem('language'), ...navigator.languages]
  for (const tag of wanted) {
    if (tag?.startsWith('zh')) return 'zh-CN'
    if (tag?.startsWith('en')) return 'en'
  }
  return 'en'
}

export const i18nReady = i18next.use(initReactI18next).init({
  lng: startLanguage(),
  fallbackLng: 'en',
  resources,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
})

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language
})
document.documentElement.lang = i18next.language

export function chooseLanguage(language: Language): void {
  localStorage.setItem('language', language)
  void i18next.changeLanguage(language)
}
