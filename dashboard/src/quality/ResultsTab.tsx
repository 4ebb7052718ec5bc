import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { quality, type QualityCount } from '../api/quality'
import { Card } from '../design/Card'
import { EmptyState } from '../design/EmptyState'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import { Skeleton } from '../design/Skeleton'
import { useFormat } from '../design/useFormat'
import styles from './Quality.module.css'
import { ResultsTable } from './ResultsTable'
import { TrendChart } from './TrendChart'
import { useCardText } from './useCardText'

const periods = [30, 90, 365] as const

/** What reviews found: over time, by agent, by question. */
export function ResultsTab() {
  const { t } = useTranslation()
  const format = useFormat()
  const textOf = useCardText()
  const [days, setDays] = useState<number>(90)
  const report = useQuery({ queryKey: ['quality', days], queryFn: () => quality.report(new Date(Date.now() - days * 86_400_000).toISOString()) })
  const cards = useQuery({ queryKey: ['scorecards'], queryFn: quality.scorecards })
  const texts = new Map<string, string>(cards.data?.flatMap(({ id, settings }) => settings.sections.flatMap(({ questions }) => questions.map((one) => [`${id}/${one.id}`, textOf(one.text)] as const))))
  const nameOf = ({ key, name }: QualityCount) => name ?? texts.get(key) ?? key
  return (
    <>
      <div className={styles['filter']}>
        <Field label={t('quality.results.period')}>
          <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {periods.map((each) => (
              <option key={each} value={each}>
                {t('quality.results.days', { count: each })}
              </option>
            ))}
          </select>
        </Field>
      </div>
      {report.isError ? (
        <ProblemNotice problem={report.error} onRetry={() => void report.refetch()} />
      ) : report.data === undefined ? (
        <Skeleton lines={6} />
      ) : report.data.all.count === 0 ? (
        <EmptyState title={t('quality.results.none')} />
      ) : (
        <>
          <p>
            {t('quality.results.lead', {
              percent: format.percent(report.data.all.percent ?? 0),
              count: report.data.all.count,
              failed: report.data.all.failed,
              disputed: report.data.disputed,
              settled: report.data.settled,
            })}
          </p>
          <Card title={t('quality.results.trend')}>
            <TrendChart weeks={report.data.byWeek} />
          </Card>
          <ResultsTable title={t('quality.results.byAgent')} rows={report.data.byAgent} nameOf={nameOf} />
          <ResultsTable title={t('quality.results.byQuestion')} rows={report.data.byQuestion} nameOf={nameOf} />
        </>
      )}
    </>
  )
}
