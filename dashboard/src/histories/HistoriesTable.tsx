import { createColumnHelper, flexRender, getCoreRowModel, useReactTable } from '@tanstack/react-table'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { CaseSummary } from '../api/supervision'
import { ScrollArea } from '../design/ScrollArea'
import shared from '../design/Table.module.css'
import { CallsCell, MoneyCell, OpenedCell, OutcomeCell, PayerCell, PaymentsCell } from './cells'
import styles from './HistoriesTable.module.css'

const column = createColumnHelper<CaseSummary>()
/** An id is also the name of the column's heading. */
const columns = [
  column.display({ id: 'opened', cell: ({ row }) => <OpenedCell summary={row.original} /> }),
  column.display({ id: 'payer', cell: ({ row }) => <PayerCell summary={row.original} /> }),
  column.display({ id: 'payments', cell: ({ row }) => <PaymentsCell summary={row.original} /> }),
  column.display({ id: 'outcome', cell: ({ row }) => <OutcomeCell summary={row.original} /> }),
  column.display({ id: 'money', cell: ({ row }) => <MoneyCell summary={row.original} /> }),
  column.display({ id: 'calls', cell: ({ row }) => <CallsCell summary={row.original} /> }),
  column.display({ id: 'agent', cell: ({ row }) => row.original.agentName ?? '–' }),
]
type ColumnId = 'opened' | 'payer' | 'payments' | 'outcome' | 'money' | 'calls' | 'agent'

export function HistoriesTable({ cases }: { cases: CaseSummary[] }) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const table = useReactTable({ data: cases, columns, getCoreRowModel: getCoreRowModel(), getRowId: ({ caseId }) => caseId })

  return (
    <ScrollArea className={shared['frame']} label={t('supervision.histories.title')}>
      <table className={`${shared['table']} ${styles['rows']}`}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col">
                  {t(`supervision.histories.${header.id as ColumnId}`)}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            // The whole row is a target for the mouse; the keyboard has the link in its first cell.
            <tr
              key={row.id}
              onClick={(event) => {
                if (event.target instanceof Element && event.target.closest('a') === null) navigate(`/histories/${row.original.caseId}`)
              }}
            >
              {row.getVisibleCells().map((cell) => (
                <td key={cell.id}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
