import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { supervision, type Retention } from '../api/supervision'
import { Card } from '../design/Card'
import { Loaded } from '../design/Loaded'
import { Page } from '../design/Page'
import { ScrollArea } from '../design/ScrollArea'
import table from '../design/Table.module.css'
import { useFormat } from '../design/useFormat'

const kinds = ['recordings', 'cases', 'paymentChecks', 'transferChecks'] as const
const daysOf = { recordings: 'recordings', cases: 'personalData', paymentChecks: 'checks', transferChecks: 'checks' } as const

/** What the next run of retention will take, before it does, and what the last ones took. */
export function RetentionPage() {
  const { t } = useTranslation()
  const retention = useQuery({ queryKey: ['retention'], queryFn: supervision.retention })
  return (
    <Page title={t('nav.retention')}>
      <Loaded query={retention} lines={6}>
        {(outlook) => (
          <>
            <NextRun outlook={outlook} />
            <LastRuns runs={outlook.runs} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function NextRun({ outlook }: { outlook: Retention }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Card title={t('retention.next')}>
      <p>{t('retention.lead', { version: outlook.policyVersion, count: outlook.onHold })}</p>
      <ScrollArea className={table['frame']} label={t('retention.next')}>
        <table className={table['table']}>
          <thead>
            <tr>
              {(['kind', 'days', 'due', 'oldest', 'held'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`retention.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => {
              const { due, oldest, held } = outlook[kind]
              return (
                <tr key={kind}>
                  <td>{t(`retention.kind.${kind}`)}</td>
                  <td>{format.number(outlook.days[daysOf[kind]])}</td>
                  <td>
                    <strong>{format.number(due)}</strong>
                  </td>
                  <td>{oldest ? format.dateTime(oldest) : '–'}</td>
                  <td>{format.number(held)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollArea>
    </Card>
  )
}

function LastRuns({ runs }: { runs: Retention['runs'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (runs.length === 0)
    return (
      <Card title={t('retention.last')}>
        <p className={table['none']}>{t('retention.none')}</p>
      </Card>
    )
  return (
    <Card title={t('retention.last')}>
      <ScrollArea className={table['frame']} label={t('retention.last')}>
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col">{t('retention.column.startedAt')}</th>
              <th scope="col">{t('retention.column.finishedAt')}</th>
              {kinds.map((kind) => (
                <th key={kind} scope="col">
                  {t(`retention.kind.${kind}`)}
                </th>
              ))}
              <th scope="col">{t('retention.column.failed')}</th>
              <th scope="col">{t('retention.column.version')}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.runId}>
                <td>{format.dateTime(run.startedAt)}</td>
                <td>{run.finishedAt ? format.dateTime(run.finishedAt) : t('retention.running')}</td>
                {kinds.map((kind) => (
                  <td key={kind}>{format.number(run[kind])}</td>
                ))}
                <td>{format.number(run.failed)}</td>
                <td>{run.policyVersion}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </Card>
  )
}
