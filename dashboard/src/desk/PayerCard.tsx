import { useTranslation } from 'react-i18next'
import type { Payer } from '../api/caseView'
import { Card } from '../design/Card'
import { Icon } from '../design/Icon'
import { useFormat } from '../design/useFormat'
import styles from './PayerCard.module.css'
import { SecurityLevel } from './SecurityLevel'

const protections = ['digitalCertificate', 'realNameVerified', 'phoneBound'] as const

export function PayerCard({ payer }: { payer: Payer }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card title={t('desk.payer.title')}>
      <p className={styles['name']}>{payer.name}</p>
      <dl className={styles['facts']}>
        <dt>{t('desk.payer.phone')}</dt>
        <dd className={styles['number']}>
          {payer.phones.map((phone) => (
            <span key={phone}>{phone}</span>
          ))}
        </dd>
        <dt>{t('desk.payer.language')}</dt>
        <dd>{format.language(payer.locale)}</dd>
        <dt>{t('desk.payer.id')}</dt>
        <dd className={styles['number']}>{payer.id}</dd>
        <dt>{t('desk.payer.securityLevel')}</dt>
        <dd>
          <SecurityLevel level={payer.securityLevel} />
        </dd>
      </dl>
      <ul className={styles['protections']}>
        {protections.map((each) => {
          const known = payer.security[each]
          const state = known === undefined ? 'unknown' : known ? 'present' : 'missing'
          return (
            <li key={each} data-state={state}>
              <Icon name={state === 'present' ? 'check' : state === 'missing' ? 'cross' : 'dot'} /> {t(`terms.security.${each}`)}: {t(`desk.payer.${state}`)}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
