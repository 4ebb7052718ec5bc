import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '../api/caseView'
import { request } from '../api/request'
import { Card } from '../design/Card'
import { Badge } from '../design/Badge'
import { MoneyState } from './MoneyState'
import { useFormat } from '../design/useFormat'
import styles from './LastCase.module.css'

const storageKey = 'last-case'

export function rememberLastCase(caseId: string): void {
  sessionStorage.setItem(storageKey, caseId)
}

/** The case just left, until its money is final: an agent should not have to wonder what became of it. */
export function LastCase() {
  const { t } = useTranslation()
  const format = useFormat()
  const caseId = sessionStorage.getItem(storageKey)
  const { data } = useQuery({
    queryKey: ['last-case', caseId],
    enabled: caseId !== null,
    queryFn: () => request<CaseView>('GET', `/v1/cases/${encodeURIComponent(caseId ?? '')}`),
    refetchInterval: ({ state }) => (state.data?.payments.every((payment) => payment.decision === 'final') ? false : 2_000),
    retry: false,
  })
  if (!data) return null
  return (
    <div className={styles['last']}>
      <Card title={t('desk.waiting.lastCase')} aside={<Badge>{t(`terms.caseStatus.${data.status}`)}</Badge>}>
        <ul className={styles['payments']}>
          {data.payments.map((payment) => (
            <li key={payment.paymentId}>
              <strong>{format.money(payment.amount)}</strong>
              <span>{payment.payee.name}</span>
              <span>{payment.verdict === null ? '–' : t(`terms.verdict.${payment.verdict}`)}</span>
              <MoneyState payment={payment} actions={data.moneyActions} approvals={data.approvals} />
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}
