import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'wouter'
import { disputeLists, disputes, type DisputeRow } from '../api/disputes'
import { Badge } from '../design/Badge'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Loaded } from '../design/Loaded'
import { useFormat } from '../design/useFormat'
import { DisputeClock } from './DisputeClock'
import styles from './DisputesPage.module.css'
import { ListLinks } from './ListLinks'
import { OpenDispute } from './OpenDispute'

const refreshMillis = 10_000

/** Disputed payments, the nearest clock first. */
export function DisputesPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const [address] = useSearchParams()
  const show = disputeLists.find((list) => list === address.get('show')) ?? 'open'
  const list = useQuery({ queryKey: ['disputes', show], queryFn: () => disputes.list(show), refetchInterval: refreshMillis })
  return (
    <main id="content" className={styles['page']}>
      <h1>{t('nav.disputes')}</h1>
      <Link href="/transfer-help">{t('transferHelp.page')} →</Link>
      <OpenDispute paymentId={address.get('payment') ?? ''} />
      <ListLinks label={t('disputes.lists')} page="/disputes" lists={disputeLists} shown={show} nameOf={(each) => t(`disputes.list.${each}`)} />
      <Loaded query={list} lines={6}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t('disputes.none')}>
              <p>{t('disputes.noneHint')}</p>
            </EmptyState>
          ) : (
            <DataTable
              label={t('nav.disputes')}
              rows={rows}
              keyOf={({ caseId }) => caseId}
              columns={[
                { heading: t('disputes.column.payer'), render: ({ caseId, payer }) => <Link href={`/disputes/${caseId}`}>{payer.name}</Link> },
                { heading: t('disputes.column.amount'), render: ({ amount }) => format.money(amount) },
                { heading: t('disputes.column.reason'), render: ({ reason }) => t(`disputes.reason.${reason}`) },
                { heading: t('disputes.column.status'), render: (row) => <StatusBadge row={row} /> },
                { heading: t('disputes.column.clock'), render: (row) => <DisputeClock dispute={row} none="–" /> },
                {
                  heading: t('disputes.column.evidence'),
                  render: ({ openTasks }) => (openTasks === 0 ? t('disputes.complete') : t('disputes.missing', { count: openTasks })),
                },
                { heading: t('disputes.column.handler'), render: ({ handler }) => handler?.name ?? t('nobody') },
              ]}
            />
          )
        }
      </Loaded>
    </main>
  )
}

function StatusBadge({ row }: { row: DisputeRow }) {
  const { t } = useTranslation()
  return (
    <Badge tone={row.needsAttention === null ? 'neutral' : 'danger'}>
      {row.decision === null ? t(`disputes.status.${row.status}`) : t(`terms.outcome.${row.decision}`)}
    </Badge>
  )
}
