import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { quality, type QualityCount } from '../api/quality'
import { Card } from '../design/Card'
import { EmptyState } from '../design/EmptyState'
import { Field } from '../design/Field'
import { Loaded } from '../design/Loaded'
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
  const texts = new Map<string, string>(
    cards.data?.flatMap(({ id, settings }) =>
      settings.sections.flatMap(({ questions }) => questions.map((one) => [`${id}/${one.id}`, textOf(one.text)] as const)),
    ),
  )
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
      <Loaded query={report} lines={6}>
        {(results) =>
          results.all.count === 0 ? (
            <EmptyState title={t('quality.results.none')} />
          ) : (
            <>
              <p>
                {t('quality.results.lead', {
                  percent: format.percent(results.all.percent ?? 0),
                  count: results.all.count,
                  failed: results.all.failed,
                  disputed: results.disputed,
                  settled: results.settled,
                })}
              </p>
              <Card title={t('quality.results.trend')}>
                <TrendChart weeks={results.byWeek} />
              </Card>
              <ResultsTable title={t('quality.results.byAgent')} rows={results.byAgent} nameOf={nameOf} />
              <ResultsTable title={t('quality.results.byQuestion')} rows={results.byQuestion} nameOf={nameOf} />
            </>
          )
        }
      </Loaded>
    </>
  )
}
