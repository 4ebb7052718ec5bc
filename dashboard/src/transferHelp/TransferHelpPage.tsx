import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'wouter'
import { helpLists, transferHelp, type HelpRow } from '../api/transferHelp'
import { Badge } from '../design/Badge'
import { DataTable } from '../design/DataTable'
import { EmptyState } from '../design/EmptyState'
import { Loaded } from '../design/Loaded'
import { useFormat } from '../design/useFormat'
import styles from '../disputes/DisputesPage.module.css'
import { ListLinks } from '../disputes/ListLinks'
import { OpenHelp } from './OpenHelp'

const refreshMillis = 10_000

/** Transfers that went wrong, those that wait for a person first. */
export function TransferHelpPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const [address] = useSearchParams()
  const show = helpLists.find((list) => list === address.get('show')) ?? 'open'
  const list = useQuery({ queryKey: ['transfer-helps', show], queryFn: () => transferHelp.list(show), refetchInterval: refreshMillis })
  return (
    <main id="content" className={styles['page']}>
      <Link href="/disputes">← {t('nav.disputes')}</Link>
      <h1>{t('transferHelp.page')}</h1>
      <OpenHelp />
      <ListLinks label={t('transferHelp.lists')} page="/transfer-help" lists={helpLists} shown={show} nameOf={(each) => t(`transferHelp.list.${each}`)} />
      <Loaded query={list} lines={6}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t('transferHelp.none')}>
              <p>{t('transferHelp.noneHint')}</p>
            </EmptyState>
          ) : (
            <DataTable
              label={t('transferHelp.page')}
              rows={rows}
              keyOf={({ caseId }) => caseId}
              columns={[
                { heading: t('transferHelp.column.payer'), render: ({ caseId, payer }) => <Link href={`/transfer-help/${caseId}`}>{payer.name}</Link> },
                { heading: t('transferHelp.column.amount'), render: ({ amount }) => format.money(amount) },
                { heading: t('transferHelp.column.kind'), render: ({ kind }) => t(`transferHelp.kind.${kind}`) },
                { heading: t('transferHelp.column.status'), render: (row) => <HelpBadge help={row} /> },
                { heading: t('transferHelp.column.handler'), render: ({ handler }) => handler?.name ?? t('nobody') },
              ]}
            />
          )
        }
      </Loaded>
    </main>
  )
}

export function HelpBadge({ help }: { help: Pick<HelpRow, 'status' | 'outcome' | 'needsAttention'> }) {
  const { t } = useTranslation()
  const tone = help.needsAttention !== null ? 'danger' : help.outcome === 'returned' || help.outcome === 'settled' ? 'good' : 'info'
  return <Badge tone={tone}>{help.outcome === null ? t(`terms.caseStatus.${help.status}`) : t(`terms.outcome.${help.outcome}`)}</Badge>
}
