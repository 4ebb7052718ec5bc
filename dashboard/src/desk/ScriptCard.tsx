import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/caseView'
import type { DeskCase } from '../api/desk'
import { Card } from '../design/Card'
import { createFormat, useFormat } from '../design/useFormat'
import styles from './ScriptCard.module.css'

/** What to say, in the payer's language. Who it is comes first; no payment detail stands above that line. */
export function ScriptCard({ caseId, script, payments }: { caseId: string; script: DeskCase['script']; payments: CaseView['payments'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const spoken = createFormat(script.language)
  const storageKey = `identified:${caseId}`
  const [identified, setIdentified] = useState(() => sessionStorage.getItem(storageKey) === 'yes')
  return (
    <Card title={t('desk.script.title')} aside={<span className={styles['language']}>{t('desk.script.inLanguage', { language: format.language(script.language) })}</span>}>
      <div className={styles['step']}>
        <h3>{t('desk.script.step1')}</h3>
        <p className={styles['speech']} lang={script.language}>
          {script.opening}
        </p>
        <label className={styles['identified']} data-done={identified}>
          <input
            type="checkbox"
            checked={identified}
            onChange={(event) => {
              setIdentified(event.target.checked)
              sessionStorage.setItem(storageKey, event.target.checked ? 'yes' : 'no')
            }}
          />
          <span>
            <strong>{t('desk.script.identified')}</strong>
            <br />
            <span className={styles['hint']}>{t('desk.script.identifiedHint')}</span>
          </span>
        </label>
      </div>
      <div className={styles['facts']} data-open={identified}>
        <p className={styles['caution']}>
          <span aria-hidden>{identified ? '🔓' : '🔒'} </span>
          {t('desk.payments.afterIdentity')}
        </p>
        <h3>{t('desk.script.step2')}</h3>
        <p className={styles['hint']}>{t('desk.script.readOut')}</p>
        <ul className={styles['payments']} lang={script.language}>
          {payments.map((payment) => (
            <li key={payment.paymentId}>
              <strong>{spoken.money(payment.amount)}</strong> · {spoken.dateTime(payment.paidAt)} · {payment.payee.name}
            </li>
          ))}
        </ul>
        <ol className={styles['questions']} lang={script.language}>
          {script.questions.map((question) => (
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
