import { useTranslation } from 'react-i18next'

/** What a scorecard says, in the reader's language. */
export function useCardText(): (text: { en: string; zh: string }) => string {
  const { i18n } = useTranslation()
  return ({ en, zh }) => (i18n.language.startsWith('zh') ? zh : en)
}
