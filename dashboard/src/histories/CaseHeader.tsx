import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/caseView'
import { Badge } from '../design/Badge'
import { useFormat } from '../design/useFormat'
import { useNow } from '../design/useNow'
import { SecurityLevel } from '../desk/SecurityLevel'
import styles from './CaseHeader.module.css'
import { outcomeTone } from './outcomeTone'
import { PromiseText } from './PromiseText'
import { fundsText } from './sentence'

export function CaseHeader({ view }: { view: CaseView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(1_000)
  const until = view.closedAt === null ? now : Date.parse(view.closedAt)
  return (
    <header className={styles['header']}>
      <div className={styles['title']}>
        <h1>{t('supervision.case.title', { name: view.payer.name })}</h1>
        <p className={styles['outcome']}>
          {view.outcome === null ? (
            <Badge tone="info">{t(`terms.caseStatus.${view.status}`)}</Badge>
          ) : (
            <Badge tone={outcomeTone(view.outcome)}>{t(`terms.outcome.${view.outcome}`)}</Badge>
          )}
          <strong>{view.payments.map(({ amount }) => format.money(amount)).join(' + ')}</strong>
          <span>{fundsText(view, t)}</span>
        </p>
      </div>
      <dl className={styles['facts']}>
        <div>
          <dt>{t('supervision.case.promise')}</dt>
          <dd>
            <PromiseText view={view} now={now} />
          </dd>
        </div>
        <div>
          <dt>{t('supervision.case.opened')}</dt>
          <dd>{format.dateTime(view.openedAt)}</dd>
        </div>
        {view.appointmentAt !== null && view.closedAt === null && (
          <div>
            <dt>{t('supervision.case.appointment')}</dt>
            <dd>{format.dateTime(view.appointmentAt)}</dd>
          </div>
        )}
        <div>
          <dt>{t('supervision.case.closed')}</dt>
          <dd>
            {view.closedAt === null ? t('supervision.case.stillOpen') : format.dateTime(view.closedAt)} ·{' '}
            {t('supervision.case.lasted', { time: format.duration(until - Date.parse(view.openedAt)) })}
          </dd>
        </div>
        <div>
          <dt>{t('supervision.case.phone')}</dt>
          <dd>{view.payer.phones.join(', ')}</dd>
        </div>
        <div>
          <dt>{t('supervision.case.payer')}</dt>
          <dd>
            {view.payer.id} · {format.language(view.payer.locale)} · {t('desk.payer.securityLevel')} <SecurityLevel level={view.payer.securityLevel} />
          </dd>
        </div>
        <div>
          <dt>{t('supervision.case.agent')}</dt>
          <dd>{view.agent?.name ?? t('nobody')}</dd>
        </div>
        <div>
          <dt>{t('supervision.case.policy')}</dt>
          <dd>{t('supervision.case.version', { version: view.policyVersion })}</dd>
        </div>
      </dl>
    </header>
  )
}
