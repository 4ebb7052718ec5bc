import { useTranslation } from 'react-i18next'
import type { QualityCount } from '../api/quality'
import { Card } from '../design/Card'
import { DataTable } from '../design/DataTable'
import { useFormat } from '../design/useFormat'
import { ScoreBadge } from './ScoreBadge'

/** The worst first, as the server sends them. */
export function ResultsTable({ title, rows, nameOf }: { title: string; rows: readonly QualityCount[]; nameOf: (row: QualityCount) => string }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card title={title}>
      <DataTable
        label={title}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { heading: t('quality.results.name'), render: nameOf },
          { heading: t('quality.results.average'), render: ({ percent }) => <ScoreBadge score={{ percent, failed: false }} /> },
          { heading: t('quality.results.count'), render: ({ count }) => format.number(count) },
          { heading: t('quality.results.zero'), render: ({ failed }) => format.number(failed) },
        ]}
      />
    </Card>
  )
}
