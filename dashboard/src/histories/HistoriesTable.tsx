import { createColumnHelper, flexRender, getCoreRowModel, useReactTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { FundsState } from '../../../domain/money'
import type { CaseSummary } from '../api/supervision'
import { Badge } from '../design/Badge'
import { useFormat } from '../design/useFormat'
import styles from './HistoriesTable.module.css'
import { outcomeTone } from './outcomeTone'

const column = createColumnHelper<CaseSummary>()

export function HistoriesTable({ cases }: { cases: CaseSummary[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [, navigate] = useLocation()

  const columns = useMemo(
    () => [
      column.accessor('openedAt', {
        header: t('supervision.histories.opened'),
        cell: ({ row }) => <Link href={`/histories/${row.original.caseId}`}>{format.dateTime(row.original.openedAt)}</Link>,
      }),
      column.accessor('payer', {
        header: t('supervision.histories.payer'),
        cell: ({ getValue }) => (
          <>
            {getValue().name} <span className={styles['soft']}>{getValue().id}</span>
          </>
        ),
      }),
      column.accessor('amounts', {
        header: t('supervision.histories.payments'),
        cell: ({ row }) => (
          <span className={styles['amount']}>
            {row.original.amounts.map(format.money).join(' + ')}
            {row.original.payments.length > 1 && <span className={styles['soft']}> ×{row.original.payments.length}</span>}
          </span>
        ),
      }),
      column.accessor('status', {
        header: t('supervision.histories.outcome'),
        cell: ({ row: { original } }) => (
          <span className={styles['badges']}>
            {original.outcome === null ? (
              <Badge tone="info">{t(`terms.caseStatus.${original.status}`)}</Badge>
            ) : (
              <Badge tone={outcomeTone(original.outcome)}>{t(`terms.outcome.${original.outcome}`)}</Badge>
            )}
            {original.late && <Badge tone="warn">{t('supervision.histories.late')}</Badge>}
            {original.needsAttention !== null && <Badge tone="danger">{t('supervision.histories.attention')}</Badge>}
          </span>
        ),
      }),
      column.accessor('payments', {
        header: t('supervision.histories.money'),
        cell: ({ getValue }) => [...new Set(getValue().map(({ fundsState }) => fundsState))].map((state) => t(`terms.funds.${state as FundsState}`)).join(', '),
      }),
      column.accessor('attempts', {
        header: t('supervision.histories.calls'),
        cell: ({ row: { original } }) =>
          original.lastAttempt?.outcome ? `${original.attempts} · ${t(`terms.attemptOutcome.${original.lastAttempt.outcome}`)}` : original.attempts,
      }),
      column.accessor('agentName', { header: t('supervision.histories.agent'), cell: ({ getValue }) => getValue() ?? '–' }),
    ],
    [t, format],
  )
  const table = useReactTable({ data: cases, columns, getCoreRowModel: getCoreRowModel(), getRowId: ({ caseId }) => caseId })

  return (
    <div className={styles['frame']} tabIndex={0} role="region" aria-label={t('supervision.histories.title')}>
      <table className={styles['table']}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col">
                  {flexRender(header.column.columnDef.header, header.getContext())}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            // The whole row is a target for the mouse; the keyboard has the link in its first cell.
            <tr key={row.id} onClick={(event) => event.target instanceof Element && event.target.closest('a') === null && navigate(`/histories/${row.original.caseId}`)}>
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
