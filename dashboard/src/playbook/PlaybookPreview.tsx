import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Playbook } from '../../../domain/reminder/playbook'
import { Button } from '../design/Button'
import table from '../design/Table.module.css'
import { QuestionWay } from './QuestionWay'
import styles from './Playbook.module.css'

/** The draft as an agent has it on the desk, to be tried out. */
export function PlaybookPreview({ playbook }: { playbook: Playbook }) {
  const { t } = useTranslation()
  const [language, setLanguage] = useState<'en' | 'zh'>('en')
  return (
    <section className={styles['preview']} aria-label={t('playbookEditor.preview')}>
      <div className={styles['head']}>
        <h2>{t('playbookEditor.preview')}</h2>
        <div className={table['actions']}>
          {(['en', 'zh'] as const).map((each) => (
            <Button key={each} look={each === language ? 'primary' : 'plain'} aria-pressed={each === language} onClick={() => setLanguage(each)}>
              {t(`playbookEditor.${each}`)}
            </Button>
          ))}
        </div>
      </div>
      <QuestionWay playbook={playbook} language={language} />
    </section>
  )
}
