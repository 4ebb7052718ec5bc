import { useTranslation } from 'react-i18next'
import { chooseLanguage, languages } from '../language/i18n'
import styles from './Switch.module.css'

/** Each language is named in itself, so that it is found by whoever cannot read the other. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation()
  return (
    <div className={styles['switch']} role="group" aria-label={t('language.label')}>
      {languages.map((language) => (
        <button key={language} type="button" lang={language} aria-pressed={i18n.language === language} onClick={() => chooseLanguage(language)}>
          {t(`language.${language}`)}
        </button>
      ))}
    </div>
  )
}
