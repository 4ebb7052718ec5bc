import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeskCase } from '../api/desk'
import { Card } from '../design/Card'
import { Icon } from '../design/Icon'
import { useFormat } from '../design/useFormat'
import styles from './ScriptCard.module.css'

/**
 * What to say, in the payer's language. The script's first question is about who it is; no payment
 * detail stands above the line that follows it.
 */
export function ScriptCard({ caseId, script }: { caseId: string; script: DeskCase['script'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [identity, ...questions] = script.questions
  const storageKey = `identified:${caseId}`
  const facts = useRef<HTMLDivElement>(null)
  const [identified, setIdentified] = useState(() => sessionStorage.getItem(storageKey) === 'yes')
  return (
    <Card
      title={t('desk.script.title')}
      aside={<span className={styles['language']}>{t('desk.script.inLanguage', { language: format.language(script.language) })}</span>}
    >
      <div className={styles['step']}>
        <h3>{t('desk.script.step1')}</h3>
        <p className={styles['speech']} lang={script.language}>
          {script.opening}
        </p>
        {identity !== undefined && (
          <p className={styles['speech']} lang={script.language}>
            {identity}
          </p>
        )}
        <label className={styles['identified']} data-done={identified}>
          <input
            type="checkbox"
            checked={identified}
            onChange={(event) => {
              setIdentified(event.target.checked)
              sessionStorage.setItem(storageKey, event.target.checked ? 'yes' : 'no')
              if (event.target.checked) facts.current?.scrollIntoView({ block: 'nearest' })
            }}
          />
          <strong>{t('desk.script.identified')}</strong>
          <span className={styles['hint']}>{t('desk.script.identifiedHint')}</span>
        </label>
      </div>
      <div ref={facts} className={styles['facts']} data-open={identified}>
        <p className={styles['caution']}>
          <Icon name={identified ? 'unlock' : 'lock'} /> {t('desk.payments.afterIdentity')}
        </p>
        <h3>{t('desk.script.step2')}</h3>
        <ol className={styles['questions']} lang={script.language}>
          {questions.map((question) => (
            <li key={question} className={styles['speech']}>
              {question}
            </li>
          ))}
        </ol>
      </div>
      <div className={styles['step']}>
        <h3>{t('desk.script.step3')}</h3>
        <p className={styles['speech']} lang={script.language}>
          {script.closing}
        </p>
      </div>
    </Card>
  )
}
