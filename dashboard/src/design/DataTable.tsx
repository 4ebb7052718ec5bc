import type { ReactNode } from 'react'
import { ScrollArea } from './ScrollArea'
import table from './Table.module.css'

export interface Column<Row> {
  heading: string
  render: (row: Row) => ReactNode
  className?: string | undefined
}

interface DataTableProps<Row> {
  /** The list's name, for those who do not see it. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** What stands there when there is nothing to list. */
  none?: ReactNode
}

/** A list of things of one kind, one in each row. */
export function DataTable<Row>({ label, columns, rows, keyOf, none }: DataTableProps<Row>) {
  if (rows.length === 0 && none !== undefined) return none
  return (
    <ScrollArea className={table['frame']} label={label}>
      <table className={table['table']}>
        <thead>
          <tr>
            {columns.map(({ heading }) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ heading, render, className }) => (
                <td key={heading} className={className}>
                  {render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}
