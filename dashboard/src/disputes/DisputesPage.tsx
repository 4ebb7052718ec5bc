import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'wouter'
import { disputeLists, disputes, type DisputeRow } from '../api/disputes'
import { Badge } from '../design/Badge'
import { EmptyState } from '../design/EmptyState'
import { ProblemNotice } from '../design/ProblemNotice'
import { ScrollArea } from '../design/ScrollArea'
import { Skeleton } from '../design/Skeleton'
import table from '../design/Table.module.css'
import { useFormat } from '../design/useFormat'
import { DisputeClock } from './DisputeClock'
import styles from './DisputesPage.module.css'
import { OpenDispute } from './OpenDispute'

const refreshMillis = 10_000

/** Disputed payments, the nearest clock first. */
export function DisputesPage() {
  const { t } = useTranslation()
  const [address] = useSearchParams()
  const show = disputeLists.find((list) => list === address.get('show')) ?? 'open'
  const list = useQuery({ queryKey: ['disputes', show], queryFn: () => disputes.list(show), refetchInterval: refreshMillis })
  return (
    <main id="content" className={styles['page']}>
      <h1>{t('nav.disputes')}</h1>
      <OpenDispute paymentId={address.get('payment') ?? ''} />
      <nav className={styles['lists']} aria-label={t('disputes.lists')}>
        {disputeLists.map((each) => (
          <Link key={each} href={`/disputes?show=${each}`} aria-current={each === show ? 'page' : undefined}>
            {t(`disputes.list.${each}`)}
          </Link>
        ))}
      </nav>
      {list.isError ? (
        <ProblemNotice problem={list.error} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <Skeleton lines={6} />
      ) : list.data.length === 0 ? (
        <EmptyState title={t('disputes.none')}>
          <p>{t('disputes.noneHint')}</p>
        </EmptyState>
      ) : (
        <ScrollArea className={table['frame']} label={t('nav.disputes')}>
          <table className={table['table']}>
            <thead>
              <tr>
                {(['payer', 'amount', 'reason', 'status', 'clock', 'evidence', 'handler'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`disputes.column.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {list.data.map((row) => (
                <Row key={row.caseId} row={row} />
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </main>
  )
}

function Row({ row }: { row: DisputeRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <tr>
      <td>
        <Link href={`/disputes/${row.caseId}`}>{row.payer.name}</Link>
      </td>
      <td>{format.money(row.amount)}</td>
      <td>{t(`disputes.reason.${row.reason}`)}</td>
      <td>
        <Badge tone={row.needsAttention === null ? 'neutral' : 'danger'}>
          {row.decision === null ? t(`disputes.status.${row.status}`) : t(`terms.outcome.${row.decision}`)}
        </Badge>
      </td>
      <td>
        <DisputeClock dispute={row} />
      </td>
      <td>{row.openTasks === 0 ? t('disputes.complete') : t('disputes.missing', { count: row.openTasks })}</td>
      <td>{row.handler?.name ?? t('nobody')}</td>
    </tr>
  )
}
