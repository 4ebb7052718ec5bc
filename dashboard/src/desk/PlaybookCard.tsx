import { useTranslation } from 'react-i18next'
import { scamTypes, type ScamType } from '../../../domain/money'
import { Button } from '../design/Button'
import { Card } from '../design/Card'
import styles from './PlaybookCard.module.css'

/** @param onChoose takes the kind over into the verdict; absent when there is nothing left to decide. */
export function PlaybookCard({ onChoose }: { onChoose: ((type: ScamType) => void) | undefined }) {
  const { t } = useTranslation()
  return (
    <Card title={t('desk.playbook.title')}>
      <p className={styles['lead']}>{t('desk.playbook.lead')}</p>
      {scamTypes.map((type) => (
        <details key={type} className={styles['kind']} name="playbook">
          <summary>{t(`terms.scam.${type}`)}</summary>
          <dl className={styles['facts']}>
            <dt>{t('desk.playbook.signs')}</dt>
            <dd>{t(`playbook.${type}.signs`)}</dd>
            <dt>{t('desk.playbook.how')}</dt>
            <dd>{t(`playbook.${type}.how`)}</dd>
            <dt>{t('desk.playbook.say')}</dt>
            <dd className={styles['say']}>{t(`playbook.${type}.say`)}</dd>
          </dl>
          {onChoose !== undefined && (
            <Button onClick={() => onChoose(type)} aria-label={`${t('desk.playbook.choose')}: ${t(`terms.scam.${type}`)}`}>
              {t('desk.playbook.choose')}
            </Button>
          )}
        </details>
      ))}
    </Card>
  )
}
